import type { Form, Question } from './form';
import type { Numbers } from './numbers';

/** The form with SP accounts and SJ numbers in the business's formats. */
export function withNumbers(form: Form, { parseSpAccount, parseSjNumber }: Numbers): Form {
  const parse = { [form.spQuestion]: parseSpAccount, [form.sjQuestion]: parseSjNumber };
  const read = (question: Question): Question => {
    const own = parse[question.id];
    return own && question.kind === 'text' ? { ...question, parse: own } : question;
  };
  return { ...form, questions: form.questions.map(read) };
}

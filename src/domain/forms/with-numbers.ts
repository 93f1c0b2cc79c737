import type { Form, Question } from './form';
import type { Numbers } from './numbers';

/** A form that takes SP accounts and SJ numbers as the business writes them. */
export function withNumbers(form: Form, { parseSpAccount, parseSjNumber }: Numbers): Form {
  const parse = { [form.spQuestion]: parseSpAccount, [form.sjQuestion]: parseSjNumber };
  const read = (question: Question): Question => {
    const own = parse[question.id];
    return own && question.kind === 'text' ? { ...question, parse: own } : question;
  };
  return { ...form, questions: form.questions.map(read) };
}

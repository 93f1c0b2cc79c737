import { offeredOptions } from './answer';
import type { Answer, Answers, Catalogue, Form, Option, Question } from './form';

/** Between the two codes of an entry that answers two questions at once. No code contains it. */
const BETWEEN = '/';

type Joining = Question & { readonly kind: 'one_of' };

/** The question in whose list this one is asked, or null if it has its own field. */
export const listAsking = (form: Form, questionId: string): Question | null =>
  form.questions.find((question) => joinsOf(question).includes(questionId)) ?? null;

/** A question as asked: with entries that also answer the questions joined to it, and the chosen entry. */
export function asAsked(
  form: Form,
  question: Question,
  answers: Answers,
  catalogue: Catalogue,
): { readonly question: Question; readonly answer: Answer | undefined } {
  const answer = answers[question.id];
  if (question.kind !== 'one_of' || !question.joins) return { question, answer };
  const entries = offeredOptions(question, catalogue).flatMap((option): readonly Option[] => {
    const next = joinedBy(form, question, answers, option.code);
    const further = next ? offeredOptions(next, catalogue) : [];
    return further.length ? further.map((one) => both(option, one)) : [option];
  });
  const next = typeof answer === 'string' ? joinedBy(form, question, answers, answer) : null;
  const chosen = next ? `${String(answer)}${BETWEEN}${String(answers[next.id] ?? '')}` : answer;
  return { question: { ...question, options: () => entries }, answer: chosen };
}

/** What a question's field answers: itself and the joined question that was chosen. */
export function answersIn(form: Form, question: Question, answers: Answers, said: Answer): Answers {
  if (question.kind !== 'one_of' || !question.joins || typeof said !== 'string') return { [question.id]: said };
  const [first = '', second] = said.split(BETWEEN);
  const next = joinedBy(form, question, answers, first);
  return next && second ? { [question.id]: first, [next.id]: second } : { [question.id]: said };
}

/** Whether a question has a field now: not if another one's list asks it, or its answer follows from others. */
export const hasField = (form: Form, question: Question, answers: Answers, catalogue: Catalogue): boolean =>
  !listAsking(form, question.id) && question.follows?.(answers, catalogue) === undefined;

const joinsOf = (question: Question): readonly string[] => (question.kind === 'one_of' ? (question.joins ?? []) : []);

/** The joined question that an option opens. */
const joinedBy = (form: Form, question: Joining, answers: Answers, code: string): Question | null =>
  form.questions.find(({ id, when }) => question.joins?.includes(id) && when?.({ ...answers, [question.id]: code })) ??
  null;

const both = (first: Option, second: Option): Option => ({
  ...second,
  code: `${first.code}${BETWEEN}${second.code}`,
  label: `${first.label}: ${second.label}`,
});

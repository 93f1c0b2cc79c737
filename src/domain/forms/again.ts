import { offeredOptions } from './answer';
import { newAnswersFrom, visibleQuestions } from './engine';
import type { Answers, Catalogue, Form } from './form';
import { asAsked, hasField } from './joined';

/** The choices that a person often makes again, of the questions that ask them. */
export const repeatable = (form: Form, answers: Answers): Answers =>
  Object.fromEntries(
    visibleQuestions(form, answers).flatMap(({ id, again }) => {
      const answer = answers[id];
      return again && answer !== undefined ? [[id, answer]] : [];
    }),
  );

/** What one press can answer. */
export interface Again {
  readonly answers: Answers;
  /** The options' labels, a field after the other. */
  readonly labels: readonly string[];
}

/**
 * What a person chose last time, to be chosen in one press; null once one of the questions is answered, if it would
 * save no press, or if an option is no longer offered.
 */
export function chosenAgain(form: Form, answers: Answers, last: Answers, catalogue: Catalogue): Again | null {
  if (form.questions.some(({ id, again }) => again && answers[id] !== undefined)) return null;
  const offered = newAnswersFrom(form, last, catalogue);
  const together = { ...answers, ...offered };
  const fields = visibleQuestions(form, together).filter(
    (question) => question.again && hasField(form, question, together, catalogue),
  );
  const labels = fields.flatMap((question) => {
    const asked = asAsked(form, question, together, catalogue);
    const codes = [asked.answer ?? []].flat();
    const chosen = offeredOptions(asked.question, catalogue).filter(({ code }) => codes.includes(code));
    return chosen.length ? [chosen.map(({ label }) => label).join(', ')] : [];
  });
  const isWhole = Object.entries(last).every(([id, answer]) => String(offered[id]) === String(answer));
  return isWhole && labels.length > 1 ? { answers: offered, labels } : null;
}

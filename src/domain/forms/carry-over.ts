import { type CaseKind, KINDS, kindThat } from '../kinds';
import { looksHighRisk, newAnswersFrom, prune } from './engine';
import type { Answers, Catalogue, Form } from './form';

/** Where an answer marked ⚠ offers to go on. */
export const WARNED: CaseKind | null = kindThat(({ offer }) => offer?.warned);

/**
 * The answers with which `to` starts when an agent switches to it from `from`: everything that fits, under the same
 * question or translated to one of the same meaning. What does not fit stays behind with the first form.
 */
export function carryOver(from: Form, to: Form, answers: Answers): Answers {
  const given = prune(from, answers);
  return newAnswersFrom(to, { ...given, ...KINDS[to.kind].takes[from.kind]?.(given) }, {});
}

/**
 * The form in which this report had better go on, or null (domain sections 3, 4 and 6): the one that its kind names, or
 * the one to which an option marked ⚠ leads once it is chosen.
 */
export const betterForm = (form: Form, answers: Answers, catalogue: Catalogue): CaseKind | null =>
  KINDS[form.kind].goesOn?.(answers) ?? (looksHighRisk(form, answers, catalogue) ? WARNED : null);

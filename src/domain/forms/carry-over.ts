import { KINDS, kindThat } from '../kinds';
import type { CaseKind } from '../kinds/code';
import { looksHighRisk, newAnswersFrom, prune } from './engine';
import type { Answers, Catalogue, Form } from './form';

/** The form that an answer marked ⚠ offers to continue with. */
export const WARNED: CaseKind | null = kindThat(({ offer }) => offer?.warned);

/**
 * The answers with which `to` starts when an agent switches to it from `from`: everything that fits, under the same
 * question or translated to one with the same meaning. The rest stays with the first form.
 */
export function carryOver(from: Form, to: Form, answers: Answers): Answers {
  const given = prune(from, answers);
  return newAnswersFrom(to, { ...given, ...KINDS[to.kind].takes[from.kind]?.(given) }, {});
}

/**
 * The form that fits this report better, or null (domain sections 3, 4 and 6): the one that its kind names, or the one
 * for a chosen option marked ⚠.
 */
export const betterForm = (form: Form, answers: Answers, catalogue: Catalogue): CaseKind | null =>
  KINDS[form.kind].goesOn?.(answers) ?? (looksHighRisk(form, answers, catalogue) ? WARNED : null);

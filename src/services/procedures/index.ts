import { formOf } from '../../domain/forms';
import type { Answers, Form } from '../../domain/forms/form';
import { KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import type { ServiceDeps } from '../deps';
import { contactFirst } from './contact-first';
import type { Procedure } from './procedure';

/** What a kind of report does besides its form, or nothing. */
export function procedureOf(kind: CaseKind): Procedure {
  const { contactRule, transfer } = KINDS[kind];
  return {
    ...(contactRule ? contactFirst(formOf(kind), contactRule) : {}),
    ...(transfer ? { moves: transfer.moves } : {}),
  };
}

/**
 * The answers with those that the procedure supplies, looked up now, regardless of what an earlier drawing, a draft or
 * a sender has under their names. Rejects if the store is unreachable.
 */
export async function withSupplied(
  deps: ServiceDeps,
  form: Form,
  answers: Answers,
): Promise<{ answers: Answers; supplied: Answers }> {
  const never = new Set(form.questions.filter((question) => question.supplied).map(({ id }) => id));
  const given = Object.fromEntries(Object.entries(answers).filter(([id]) => !never.has(id)));
  const supplied = (await procedureOf(form.kind).supply?.(deps, given)) ?? {};
  return { answers: { ...given, ...supplied }, supplied };
}

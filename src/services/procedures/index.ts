import type { Answers, Form } from '../../domain/forms/form';
import type { CaseKind } from '../../domain/kinds';
import type { ServiceDeps } from '../deps';
import { exception } from './exception';
import { leadership } from './leadership';
import type { Procedure } from './procedure';

const PROCEDURES: Readonly<Partial<Record<CaseKind, Procedure>>> = { exception, leadership };

/** What a kind of report does beyond its form; empty where its form says it all. */
export const procedureOf = (kind: CaseKind): Procedure => PROCEDURES[kind] ?? {};

/**
 * The answers with those that the procedure supplies, looked up now: what an earlier drawing, a draft or a sender says
 * under their names has no say. Rejects when the store cannot be reached.
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

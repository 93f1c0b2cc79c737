import { withInitial } from '../domain/forms/engine';
import type { Answers, Form } from '../domain/forms/form';
import { maskAnswers } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import type { Draft, EndedDraft, WrittenDraft } from './ports/people';

/** How long an untouched draft is kept (domain section 3). */
const DRAFT_LIFE_MS = 24 * 60 * 60_000;

type Deps = Pick<ServiceDeps, 'drafts' | 'now'>;

/** What Warmline remembers of someone's last 24 hours with a form. */
export interface Remembered {
  /** What they left unfinished, or null. */
  readonly draft: Draft | null;
  /** What they chose in their last report; empty if they filed none. */
  readonly again: Answers;
}

/** What someone left unfinished in a form, and what they chose in their last report. */
export async function remembered({ drafts, now }: Deps, user: string, form: Form): Promise<Remembered> {
  const isLive = (at: Date | undefined) => at !== undefined && +now() - +at < DRAFT_LIFE_MS;
  const found = await drafts.find(user, form.kind);
  return {
    draft: found && isLive(found.updatedAt) && Object.keys(found.answers).length ? found : null,
    again: (isLive(found?.again?.at) && found?.again?.answers) || {},
  };
}

/** What someone left unfinished in a form within the last 24 hours, or null. */
export const liveDraft = async (deps: Deps, user: string, form: Form): Promise<Draft | null> =>
  (await remembered(deps, user, form)).draft;

/** All of it, newest first: one draft for each report begun. */
export async function liveDrafts({ drafts, now }: Deps, user: string, form: Form): Promise<readonly Draft[]> {
  const all = await drafts.all(user, form.kind);
  return all.filter(({ updatedAt }) => +now() - +updatedAt < DRAFT_LIFE_MS);
}

/**
 * Stores what was entered, with card numbers and SSNs masked (domain section 10). A form without entries leaves an
 * empty draft, which does not count.
 */
export function keepDraft({ drafts }: Deps, form: Form, draft: Omit<WrittenDraft, 'kind'>): Promise<void> {
  const { answers } = maskAnswers(form, draft.answers);
  return drafts.save({ ...draft, kind: form.kind, answers: isUntouched(form, answers) ? {} : answers });
}

/** Empties a draft: its report was filed, or its writer discarded it. Other windows' drafts stay. */
export const dropDraft = (
  { drafts }: Pick<Deps, 'drafts'>,
  form: Form,
  draft: Omit<EndedDraft, 'kind'>,
): Promise<void> => drafts.end({ ...draft, kind: form.kind });

/** Whether these are the answers that every such form starts with. */
function isUntouched(form: Form, answers: Answers): boolean {
  const initial = withInitial(form, {});
  return Object.entries(answers).every(([id, answer]) => initial[id] === answer);
}

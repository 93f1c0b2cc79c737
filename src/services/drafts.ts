import { withInitial } from '../domain/forms/engine';
import type { Answers, Form } from '../domain/forms/form';
import { maskAnswers } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import type { Draft } from './ports/people';

/** How long an untouched draft is kept (domain section 3). */
const DRAFT_LIFE_MS = 24 * 60 * 60_000;

type Deps = Pick<ServiceDeps, 'drafts' | 'now'>;

/** What someone left unfinished in a form within the last 24 hours, or null. */
export async function liveDraft({ drafts, now }: Deps, user: string, form: Form): Promise<Draft | null> {
  const draft = await drafts.find(user, form.kind);
  return draft && +now() - +draft.updatedAt < DRAFT_LIFE_MS ? draft : null;
}

/**
 * Stores what was entered, with card numbers and SSNs masked (domain section 10). A form without entries leaves an
 * empty draft, which does not count.
 */
export function keepDraft({ drafts }: Deps, form: Form, draft: Omit<Draft, 'kind'>): Promise<void> {
  const { answers } = maskAnswers(form, draft.answers);
  return drafts.save({ ...draft, kind: form.kind, answers: isUntouched(form, answers) ? {} : answers });
}

/** Empties a draft: its report was filed (`filed`: in this window), or its writer discarded it, at `at`. */
export function dropDraft({ drafts }: Deps, user: string, form: Form, at: Date, filed?: string): Promise<void> {
  return drafts.save({
    user,
    kind: form.kind,
    startedAt: at,
    updatedAt: at,
    answers: {},
    metadata: '',
    submitted: null,
    ...(filed === undefined ? {} : { filed }),
  });
}

/** Whether these are the answers that every such form starts with. */
function isUntouched(form: Form, answers: Answers): boolean {
  const initial = withInitial(form, {});
  return Object.entries(answers).every(([id, answer]) => initial[id] === answer);
}

import { isWiderThan, mayKnowOf } from '../domain/access';
import { type Actor, SYSTEM } from '../domain/actor';
import { summarize } from '../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import { inParts } from '../domain/notes';
import { maskAnswers } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import { keepAsNote } from './keep-as-note';
import { type Moved, moveCase } from './move-case';
import { areaOf, personOf } from './standing';

export interface Addition {
  /** The open case to add to. */
  readonly ref: string;
  readonly form: Form;
  readonly answers: Answers;
  readonly by: Actor;
  /** What caused it (of the form's window): a second press adds nothing. */
  readonly key: string;
}

/**
 * Adds everything typed in a form to an open case as a note (or several, if it is too long), instead of filing another
 * case; the person who typed it then follows the case (domain section 3). Refuses, in words, a case that is closed or
 * that this person may not know of.
 */
export async function addToCase(deps: ServiceDeps, addition: Addition): Promise<Moved> {
  const { ref, form, by, key } = addition;
  const [stored, catalogue] = await Promise.all([deps.cases.byRef(ref), deps.directory.catalogue()]);
  if (!stored || !mayKnowOf(stored, await personOf(deps, by, [stored]), await areaOf(deps, stored.area)))
    return { ok: false, reason: `There is no case ${ref} that you can add to.` };
  if (isWiderThan(stored.kind, form.kind))
    return {
      ok: false,
      reason: `People without access read ${ref}, and this report is need-to-know. Press “File another instead”, and submit it.`,
    };
  if (stored.state === 'resolved' || stored.state === 'void')
    return { ok: false, reason: `${ref} was closed in the meantime. File a new report with Submit.` };

  const { answers, masked } = maskAnswers(form, addition.answers);
  for (const [i, text] of inParts(noteOf(form, answers, catalogue)).entries()) {
    const noted = await keepAsNote(deps, { id: stored.id, text, by, key: i ? `${key}:${i + 1}` : key });
    if (!noted.ok) return noted;
  }
  const followed = await moveCase(deps, {
    find: { id: stored.id },
    move: { type: 'follow', follower: by, because: ref },
    by: SYSTEM,
    key: null,
  });
  return followed.ok ? { ...followed, masked } : followed;
}

/** The form's answers as people read them, in its order. */
function noteOf(form: Form, answers: Answers, catalogue: Catalogue): string {
  const lines = summarize(form, answers, catalogue).map(({ label, value, long }) =>
    long ? `${label}:\n${value}` : `${label}: ${value}`,
  );
  return [`From a ${form.title} form:`, ...lines].join('\n');
}

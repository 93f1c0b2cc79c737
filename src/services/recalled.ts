import type { CaseLink } from '../domain/case';
import { recalledBy } from '../domain/move';
import type { Context } from '../domain/moves/context';
import type { Move } from '../domain/moves/declared';
import { type KnownNote, noteIn } from '../domain/notes';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

/** What a move needs beyond the facts at hand. */
export async function recalled(
  deps: ServiceDeps,
  based: StoredCase,
  move: Move,
): Promise<Pick<Context, 'note' | 'link'>> {
  const about = recalledBy(move);
  if (!about) return {};
  if ('note' in about) return { note: await knownNote(deps, based, about.note) };
  return { link: await recalledLink(deps, based, about.link) };
}

/**
 * What is known of a message that may be a note of this case; the only place that looks it up. If its facts do not have
 * it at hand, its history does, where the newest event about a note has its current state: one indexed query, or none
 * while the case's document has everything.
 */
async function knownNote({ history }: ServiceDeps, stored: StoredCase, id: string): Promise<KnownNote> {
  const known = noteIn(stored, id);
  if (known) return known;
  const event = await history.newestAbout(stored, 'note', id);
  if (event?.type === 'note_deleted') return 'gone';
  if (event?.type !== 'note_added' && event?.type !== 'note_edited') return null;
  const { text, revision, edited = event.type === 'note_edited' } = event.data;
  return { id, by: event.actor, at: event.at, text, edited, ...(revision ? { revision } : {}) };
}

/** The newest link to another case if the facts do not have all links at hand; else null. One indexed query. */
async function recalledLink({ history }: ServiceDeps, stored: StoredCase, ref: string): Promise<CaseLink | null> {
  if (stored.links.length === stored.totals.links) return null;
  const event = await history.newestAbout(stored, 'link', ref);
  if (event?.type === 'merged') return { ref, relation: 'duplicate_of' };
  return event?.type === 'linked' ? event.data : null;
}

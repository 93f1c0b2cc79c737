import { type KnownNote, noteIn } from '../domain/notes';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

/**
 * What is known of a message that may be a note of this case: the one place that looks. What its facts do not have at hand
 * is in its history, where the newest event about a note tells how it is now; one indexed question, however long that is,
 * and none while the case's document has all of it.
 */
export async function knownNote({ history }: ServiceDeps, stored: StoredCase, id: string): Promise<KnownNote> {
  const known = noteIn(stored, id);
  if (known) return known;
  const event = await history.newestAbout(stored, 'note', id);
  if (event?.type === 'note_deleted') return 'gone';
  if (event?.type !== 'note_added' && event?.type !== 'note_edited') return null;
  const { text, revision, edited = event.type === 'note_edited' } = event.data;
  return { id, by: event.actor, at: event.at, text, edited, ...(revision ? { revision } : {}) };
}

import { type KnownNote, noteIn } from '../domain/notes';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

/**
 * What is known of a message that may be a note of this case; the only place that looks it up. If its facts do not have
 * it at hand, its history does, where the newest event about a note has its current state: one indexed query, or none
 * while the case's document has everything.
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

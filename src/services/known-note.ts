import { type KnownNote, noteIn } from '../domain/notes';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports';

/**
 * What is known of a message that may be a note of this case: the one place that looks. A case that was stored before
 * deleted notes left a trace has their deletion in its history.
 */
export async function knownNote(_deps: ServiceDeps, stored: StoredCase, id: string): Promise<KnownNote> {
  const known = noteIn(stored, id);
  if (known) return known;
  return stored.events.some(({ type, data }) => type === 'note_deleted' && data.id === id) ? 'gone' : null;
}

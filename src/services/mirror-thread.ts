import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';

/** A person's message in a channel thread, as it is now. `text` null: it was deleted. */
export interface ThreadReply {
  readonly channel: string;
  /** The ts of the message the thread hangs on. */
  readonly threadTs: string;
  readonly ts: string;
  readonly author: string;
  readonly text: string | null;
  /** True for a change of an earlier reply. */
  readonly edited: boolean;
}

/**
 * Keeps a case's notes in step with the thread under its card (domain section 7): a reply becomes a note, its edit and
 * its deletion follow. Gives the case's reference, or null when the thread is not under a card.
 */
export async function mirrorReply(deps: ServiceDeps, reply: ThreadReply): Promise<string | null> {
  const stored = await deps.cases.byPost(reply.channel, reply.threadTs);
  if (!stored) return null;
  const { ts, text, author } = reply;
  const known = stored.notes.some((note) => note.id === ts);
  const make = (move: Parameters<typeof moveCase>[1]['move']) =>
    moveCase(deps, {
      find: { id: stored.id },
      move,
      by: author,
      key: null,
    });
  if (text === null) await make({ type: 'delete_note', id: ts });
  else if (known) await make({ type: 'edit_note', id: ts, text });
  else await make({ type: 'add_note', id: ts, text });
  return stored.ref;
}

import type { PersonalDatum } from '../domain/personal-data';
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

/** What became of a reply. */
export interface Mirrored {
  readonly ref: string;
  /** What was masked in the note; the message in Slack still shows it. */
  readonly masked: readonly PersonalDatum[];
}

/**
 * Keeps a case's notes in step with the thread under its card (domain section 7): a reply becomes a note, its edit and
 * its deletion follow. One under a card that shows no text of the case is shown in the threads of those that do. Null when the thread is not under a card.
 */
export async function mirrorReply(deps: ServiceDeps, reply: ThreadReply): Promise<Mirrored | null> {
  const stored = await deps.cases.byPost(reply.channel, reply.threadTs);
  if (!stored) return null;
  const { ts, text, author } = reply;
  const known = stored.notes.some((note) => note.id === ts);
  const post = stored.posts.find(({ sent }) => sent?.channel === reply.channel && sent.ts === reply.threadTs);
  const aside = post?.show !== 'full';
  const moved = await moveCase(deps, {
    find: { id: stored.id },
    move:
      text === null ? { type: 'delete_note', id: ts } : { type: known ? 'edit_note' : 'add_note', id: ts, text, aside },
    by: author,
    key: null,
  });
  return { ref: stored.ref, masked: moved.ok && moved.changed ? moved.masked : [] };
}

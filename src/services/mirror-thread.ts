import { isRestricted } from '../domain/access';
import type { Aside } from '../domain/event';
import type { Letter } from '../domain/letters';
import { type CardPlace, hadCardAt, openPost } from '../domain/mailbox';
import { allowedMoves } from '../domain/move';
import { type Outsider, quotation } from '../domain/outsider';
import type { PersonalDatum } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { StoredCase } from './ports/cases';

/** A version of a person's message in a channel thread. */
export interface ThreadReply {
  readonly channel: string;
  /** The ts of the thread's parent message. */
  readonly threadTs: string;
  readonly ts: string;
  readonly author: string;
  /** Null: it was deleted. */
  readonly text: string | null;
  /** Which version: see `revisionOf`. */
  readonly revision: string;
  /** `new`: as first sent · `edited` by its author · `changed` by its app. */
  readonly version: 'new' | 'edited' | 'changed';
  /** Slack sent a version with the same text. */
  readonly sameWords: boolean;
}

/** What became of a reply. */
export interface Mirrored {
  readonly ref: string;
  /** Tells its author about the new card if they wrote under a former one; to be sent now. */
  readonly letter: Letter | null;
  /** What was masked in the note; the message in Slack still shows it. */
  readonly masked: readonly PersonalDatum[];
  /** Why it could not be stored, in words for its author, or null. */
  readonly refused: string | null;
}

/** The case under whose current or former card a thread is, or null. */
export const caseOfThread = (
  { cases }: ServiceDeps,
  { channel, threadTs }: Pick<ThreadReply, 'channel' | 'threadTs'>,
): Promise<StoredCase | null> => cases.byPost(channel, threadTs);

/**
 * Keeps a case's notes in step with its card's thread (domain section 7): a reply becomes a note, its edit and its
 * deletion follow, in whatever order and however often Slack sends them. A reply that only its own thread has seen is
 * shown in the threads of full cards. What someone of another company wrote is a quotation, and ignored in a
 * need-to-know case. Null if there was nothing to store.
 */
export async function mirrorReply(
  deps: ServiceDeps,
  stored: StoredCase,
  reply: ThreadReply,
  outsider: Outsider | null,
): Promise<Mirrored | null> {
  if (outsider && isRestricted(stored.kind)) return null;
  const { ts: id, text, author, revision, version, sameWords } = reply;
  const place = { channel: reply.channel, ts: reply.threadTs };
  const words = {
    text: outsider ? quotation(outsider, text ?? '') : (text ?? ''),
    revision,
    ...asideAt(stored, place),
  };
  const moved = await moveCase(deps, {
    find: { id: stored.id },
    move:
      text === null
        ? { type: 'delete_note', id }
        : version === 'new'
          ? { type: 'add_note', id, ...words }
          : { type: 'edit_note', id, ...words, edited: version === 'edited', sameWords },
    by: author,
    key: null,
  });
  const kept = { ref: stored.ref, letter: null, masked: [], refused: null };
  if (!moved.ok) {
    // Only a closed case tells why a reply is not stored; a case's subject is told nothing.
    const isClosed = version === 'new' && !outsider && !allowedMoves(stored).includes('add_note');
    return isClosed ? { ...kept, refused: moved.reason } : kept;
  }
  if (!moved.changed) return kept;
  const isNew = version === 'new' && text !== null && !outsider;
  return {
    ...kept,
    masked: moved.masked,
    letter: isNew ? await newCardLetter(deps, moved.stored, place, author) : null,
  };
}

/** Deletes the note of a deleted message whose thread Slack does not name. Ignores messages that are not notes. */
export async function forgetReply(deps: ServiceDeps, { channel, ts: id }: CardPlace): Promise<void> {
  const stored = await deps.cases.byNote(channel, id);
  const note = stored?.notes.find((one) => one.id === id);
  if (!stored || !note) return;
  await moveCase(deps, { find: { id: stored.id }, move: { type: 'delete_note', id }, by: note.by, key: null });
}

/** Whether the threads of full cards have seen what is written here. */
function asideAt({ posts }: StoredCase, place: CardPlace): { aside?: Aside } {
  const post = posts.find((one) => hadCardAt(one, place));
  if (post?.show !== 'full') return { aside: true };
  return isCard(post.sent, place) ? {} : { aside: 'former' };
}

const isCard = (sent: CardPlace | null, { channel, ts }: CardPlace) => sent?.channel === channel && sent.ts === ts;

/** A person who writes under a card that is gone is told once where the case is now. */
async function newCardLetter(deps: ServiceDeps, stored: StoredCase, place: CardPlace, author: string) {
  const post = stored.posts.find((one) => hadCardAt(one, place));
  if (!post || isCard(post.sent, place)) return null;
  const { ref } = stored;
  const { channel, sent } = post.show === 'pointer' ? openPost(stored) : post;
  const letter: Omit<Letter, 'claims'> = {
    id: `new_card:${ref}:${place.ts}:${author}`,
    to: author,
    about: null,
    content: { type: 'new_card', ref, channel: sent?.channel ?? channel, card: sent },
    at: deps.now(),
  };
  return (await deps.letters.put(letter)) ? { ...letter, claims: 0 } : null;
}

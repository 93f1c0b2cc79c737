import type { CaseFacts } from './case';
import {
  cardOf,
  type Delivery,
  isCard,
  isOfPost,
  type Mailbox,
  type Post,
  redrawOnceMore,
  revived,
  withRedraw,
} from './mailbox';
import { slackLane } from './targets';

/**
 * Posts the card again in another place; what waits for its thread follows. The old one becomes a pointer. One that was
 * not posted yet may be on its way: its delivery stays and looks for it. So may an older redraw of it: the pointer is
 * drawn once more when the card would have been.
 */
export function relocated({ ref, seq }: CaseFacts, before: Mailbox, old: Post, now: Post, at: Date): Mailbox {
  const pointer: Post = { ...old, id: freshId(before.posts, `${old.id}${WAS}${seq}`), show: 'pointer' };
  const outbox = before.outbox.flatMap((delivery): Delivery[] => {
    if (!isOfPost(delivery, old)) return [delivery];
    if (!isCard(delivery.content))
      return [{ ...delivery, lane: slackLane(now.channel), ...(old.sent && { formerly: old.sent }) }];
    if (delivery.waits) return [redrawOnceMore(ref, pointer, delivery.at)];
    const mayArrive = !old.sent && delivery.content.type === 'card';
    return mayArrive ? [{ ...revived(delivery), to: { post: pointer.id } }] : [];
  });
  const leavesPointer = old.sent || outbox.some((delivery) => isOfPost(delivery, pointer));
  // The threads of its former cards stay with the pointer in the old channel.
  const { former: _theirs, ...bare } = now;
  const post: Post = { ...(leavesPointer ? bare : now), sent: null };
  const posts = [...before.posts.flatMap((p) => (p.id === old.id ? (leavesPointer ? [pointer] : []) : [p])), post];
  // If it returns to a channel, an earlier card there may have the same number.
  const isBack = before.posts.some(({ channel, id }) => channel === now.channel && id !== old.id);
  const moved: Mailbox = { posts, outbox: [cardOf(ref, post, at, isBack ? +at : seq), ...outbox] };
  return old.sent ? withRedraw(ref, moved, pointer, at) : moved;
}

const WAS = '-was-';
/** Whether a redraw was of the card that is the pointer of another redraw now; both by their ids. */
export const isOfFormerCard = (redraw: string, ofPointer: string): boolean =>
  ofPointer.startsWith(`${redraw.replace(/:again$/, '')}${WAS}`);

/** A card may move back and forth without any event in between. */
const freshId = (posts: readonly Post[], id: string): string =>
  posts.some((post) => post.id === id) ? freshId(posts, `${id}-again`) : id;

import { isRestricted } from './access';
import { askSent, withOffer, withoutPost } from './asks';
import type { Actor, CaseFacts } from './case';
import { isExposure, withdrawn } from './exposure';
import {
  cardOf,
  type Delivery,
  enqueue,
  isCard,
  isOfPost,
  isShown,
  type Mailbox,
  mainPost,
  type Post,
  redrawOnceMore,
  withoutCard,
  withRedraw,
} from './mailbox';
import { mailboxWithinBounds } from './mailbox-bounds';
import { isMachine, slackLane } from './targets';

/** What became of an attempt to deliver. */
export type Settlement =
  /**
   * Sent; for a card, where it is now. `shownSeq`: the newest event that the message could show. `doubted`: an older
   * try may still arrive and undo it, so the card is drawn once more then.
   */
  | {
      readonly is: 'sent';
      readonly channel: string;
      readonly ts: string;
      readonly shownSeq: number;
      readonly doubted?: Date;
    }
  /** Nothing to say anymore: its reason was answered before it was sent. */
  | { readonly is: 'dropped' }
  /** The card with this ts is gone (deleted by someone): it is posted again. */
  | { readonly is: 'card_gone'; readonly ts: string }
  /** The place cannot be reached: its messages go to the next one. */
  | { readonly is: 'unreachable'; readonly fault: string }
  /** Slack refuses the content itself. `setAside`: or it failed again and again, for no reason that is known. */
  | { readonly is: 'refused'; readonly fault: string; readonly setAside?: true }
  /** The file cannot be had, or not be shared. */
  | { readonly is: 'unshared'; readonly fault: string };

/**
 * The mailbox after an attempt, within its bounds: pure, so that it can be decided again from a fresh read. Null when it changes nothing any
 * more, because the delivery is gone, or goes elsewhere by now. `lastResorts` are admins who get what even the fallback
 * channel cannot take, one after the other.
 */
export function settle(
  facts: CaseFacts,
  mailbox: Mailbox,
  attempted: Delivery,
  settlement: Settlement,
  lastResorts: readonly Actor[],
): Mailbox | null {
  const delivery = mailbox.outbox.find(({ id }) => id === attempted.id);
  if (!delivery) return null;
  if (settlement.is === 'sent') return sent(facts, mailbox, delivery, settlement);
  // A verdict about a place that the delivery has left meanwhile.
  if (delivery.lane !== attempted.lane || delivery.dead !== null) return null;
  const after = unsent(facts, mailbox, delivery, settlement, lastResorts);
  return after && mailboxWithinBounds(after);
}

function unsent(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  settlement: Exclude<Settlement, { is: 'sent' }>,
  lastResorts: readonly Actor[],
): Mailbox | null {
  const post = postOf(mailbox, delivery);
  // Buttons that stay are refused when they are pressed: no one has to be told.
  if (post?.line && (settlement.is === 'unreachable' || settlement.is === 'refused')) return withoutPost(mailbox, post);
  switch (settlement.is) {
    case 'dropped':
      return withoutStray(removed(mailbox, delivery), delivery);
    case 'card_gone':
      return cardGone(facts, mailbox, delivery, settlement.ts);
    case 'unreachable': {
      const next = post && nextPlace(post, lastResorts);
      // A pointer left behind in an old channel is not worth a second home.
      if (post?.show === 'pointer') return withoutStray(removed(mailbox, delivery), delivery);
      if (!post || !next || post.show === 'ask') return buried(facts, mailbox, delivery, settlement, lastResorts);
      return redirected(facts, mailbox, post, next, settlement.fault);
    }
    case 'refused':
      return buried(facts, mailbox, delivery, settlement, lastResorts);
    case 'unshared':
      return unshared(facts, mailbox, delivery, settlement.fault);
  }
}

export const removed = (mailbox: Mailbox, delivery: Delivery): Mailbox => ({
  posts: mailbox.posts,
  outbox: mailbox.outbox.filter((waiting) => waiting.id !== delivery.id),
});

/** A pointer or an ask that never arrived is none. */
const withoutStray = ({ posts, outbox }: Mailbox, delivery: Delivery): Mailbox => ({
  posts: posts.filter((post) => isShown(post) || post.sent || !isOfPost(delivery, post)),
  outbox,
});

export const postOf = ({ posts }: Mailbox, delivery: Delivery): Post | null =>
  posts.find((post) => isOfPost(delivery, post)) ?? null;

const replaced = (posts: readonly Post[], post: Post) => posts.map((old) => (old.id === post.id ? post : old));

function sent(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  { channel, ts, shownSeq, doubted }: Settlement & { is: 'sent' },
): Mailbox {
  const after = removed(mailbox, delivery);
  const before = postOf(mailbox, delivery);
  const { content } = delivery;
  if (before && content.type === 'line' && content.offers)
    return withOffer(facts, after, before, { seq: content.seq, ...content.offers }, { channel, ts });
  if (!before || !isCard(content)) return after;
  const post: Post = { ...before, sent: { channel, ts } };
  // Its time is over, and it says so.
  if (post.line && delivery.waits) return withoutPost(after, post);
  if (post.show === 'ask') return askSent(facts, after, post, shownSeq);
  const again = doubted ? [redrawOnceMore(facts.ref, post, doubted)] : [];
  const shown: Mailbox = { posts: replaced(after.posts, post), outbox: enqueue(after.outbox, ...again) };
  return facts.seq > shownSeq ? withRedraw(facts.ref, shown, post, facts.changedAt) : shown;
}

/** Puts the card of a post (again) at the head of its queue, before what waits for the thread under it. */
export function posted(facts: CaseFacts, mailbox: Mailbox, post: Post): Mailbox {
  const own = mailbox.outbox.filter((d) => isOfPost(d, post));
  const others = mailbox.outbox.filter((d) => !own.includes(d));
  const following = own.filter((d) => !isCard(d.content)).map((d) => ({ ...d, lane: slackLane(post.channel) }));
  const card = cardOf(facts.ref, post, own[0]?.at ?? facts.changedAt, markOf(mailbox, post, facts.seq));
  return { posts: replaced(mailbox.posts, withoutCard(post)), outbox: [card, ...following, ...others] };
}

/** Tells a card from those of the same case that stood, or stand as pointers, in its channel: they are looked for by their numbers. */
function markOf({ posts }: Mailbox, { id, channel, former = [], sent }: Post, seq: number): string {
  const there = posts.filter((post) => post.id !== id && post.channel === channel).length;
  const gone = sent ?? former.at(-1);
  return [seq, ...(there ? [there] : []), ...(gone ? [gone.ts] : [])].join(':');
}

/** No one misses a pointer, nor an ask that they deleted; a card of a case in hand is posted again, and what waits for its thread follows it. */
function cardGone(facts: CaseFacts, mailbox: Mailbox, delivery: Delivery, ts: string): Mailbox | null {
  const post = postOf(mailbox, delivery);
  if (post?.show === 'ask')
    return { posts: mailbox.posts.filter(({ id }) => id !== post.id), outbox: removed(mailbox, delivery).outbox };
  if (!post || post.show === 'pointer') return withoutStray(removed(mailbox, delivery), delivery);
  return post.sent?.ts === ts ? posted(facts, mailbox, post) : null;
}

/** The fallback channel, then one admin's DM after the other; null when all were tried. */
function nextPlace(post: Post, lastResorts: readonly Actor[]): string | null {
  const places = [...new Set([post.fallback, ...lastResorts])];
  return places[places.indexOf(post.channel) + 1] ?? null;
}

function redirected(facts: CaseFacts, mailbox: Mailbox, post: Post, channel: string, fault: string): Mailbox {
  if (isExposure(fault) && post.sent)
    return withdrawn(facts, mailbox, post, { place: channel, why: fault, at: facts.changedAt });
  // Need-to-know text stays behind: the stand-in shows that the case exists, and that its own channel is out of reach.
  const show = isRestricted(facts.kind) && post.show === 'full' ? 'redacted' : post.show;
  const from = post.redirected?.from ?? post.channel;
  const after = posted(facts, mailbox, { ...post, channel, show, redirected: { from, fault } });
  if (show === post.show) return after;
  const outbox = after.outbox.map((one) =>
    isOfPost(one, post) && one.content.type === 'evidence' ? { ...one, dead: fault } : one,
  );
  return { posts: after.posts, outbox };
}

/** Keeps the message as failed and tells the fallback channel about it, once; a letter about a letter is not written. */
function buried(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  { fault, setAside }: { readonly fault: string; readonly setAside?: true },
  lastResorts: readonly Actor[],
): Mailbox {
  const isLetter = delivery.content.type === 'dead_letter';
  const resorts = [mainPost(mailbox).fallback, ...lastResorts];
  const place = isLetter ? resorts[resorts.indexOf(delivery.lane) + 1] : resorts[0];
  const outbox = mailbox.outbox.map((waiting): Delivery => {
    if (waiting.id !== delivery.id) return waiting;
    return { ...waiting, dead: fault, told: true, ...(setAside ? { setAside } : {}) };
  });
  if (!place || delivery.told || isMachine(delivery.lane)) return { posts: mailbox.posts, outbox };
  const letter: Delivery = {
    id: `${delivery.id}:dead:${place}`,
    to: { channel: place },
    content: isLetter
      ? delivery.content
      : { type: 'dead_letter', to: delivery.lane, fault, about: delivery.content.type },
    lane: slackLane(place),
    at: facts.changedAt,
    dead: null,
  };
  return { posts: mailbox.posts, outbox: enqueue(outbox, letter) };
}

/** The file is kept as failed, and its thread says so once. */
function unshared(facts: CaseFacts, mailbox: Mailbox, delivery: Delivery, fault: string): Mailbox {
  const { id, content, to, lane, told } = delivery;
  const outbox = mailbox.outbox.map(
    (waiting): Delivery => (waiting.id === id ? { ...waiting, dead: fault, told: true } : waiting),
  );
  if (content.type !== 'evidence' || told) return { posts: mailbox.posts, outbox };
  const { number, of } = content;
  const line: Delivery = {
    id: `${id}:unshared`,
    to,
    content: { type: 'unshared', number, of, fault },
    lane,
    at: facts.changedAt,
    dead: null,
  };
  return { posts: mailbox.posts, outbox: enqueue(outbox, line) };
}

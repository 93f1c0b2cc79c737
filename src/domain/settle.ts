import { isRestricted } from './access';
import type { Actor } from './actor';
import { askSent, withOffer, withoutPost } from './asks';
import type { CaseFacts } from './case';
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

/** The result of a delivery attempt. */
export type Settlement =
  /**
   * Sent; for a card, where it is now. `shownSeq`: the newest event that the message could show. `doubted`: an earlier
   * try may still arrive and undo it, so the card is redrawn once more then.
   */
  | {
      readonly is: 'sent';
      readonly channel: string;
      readonly ts: string;
      readonly shownSeq: number;
      readonly doubted?: Date;
    }
  /** No longer needed: its reason was answered before it was sent. */
  | { readonly is: 'dropped' }
  /** The card with this ts is gone (deleted by someone): it is posted again. */
  | { readonly is: 'card_gone'; readonly ts: string }
  /** The place is unreachable: its messages go to the next one. */
  | { readonly is: 'unreachable'; readonly fault: string }
  /** Slack refuses the content. `setAside`: it failed again and again for an unknown reason. */
  | { readonly is: 'refused'; readonly fault: string; readonly setAside?: true }
  /** The file cannot be fetched or shared. */
  | { readonly is: 'unshared'; readonly fault: string };

/**
 * The mailbox after an attempt, within its bounds; pure, so that it can be decided again from a fresh read. Null if it
 * changes nothing, because the delivery is gone or goes elsewhere by now. `lastResorts`: admins who get what even the
 * fallback channel cannot take, one after the other.
 */
export function settle(
  facts: CaseFacts,
  mailbox: Mailbox,
  attempted: Delivery,
  settlement: Settlement,
  lastResorts: readonly Actor[],
): Mailbox | null {
  const delivery = mailbox.outbox.find(({ id }) => id === attempted.id);
  if (!delivery) return undone(facts, mailbox, attempted, settlement);
  if (settlement.is === 'sent') return sent(facts, mailbox, delivery, settlement, attempted);
  // The result for a place that the delivery has left.
  if (delivery.lane !== attempted.lane || delivery.dead !== null) return null;
  const after = unsent(facts, mailbox, delivery, settlement, lastResorts);
  return after && mailboxWithinBounds(after);
}

/**
 * A card that was drawn later than someone else drew a newer state, by an instance that had lost its lane meanwhile. By
 * now, the message may be the pointer of a card that moved.
 */
function undone(facts: CaseFacts, mailbox: Mailbox, attempted: Delivery, settlement: Settlement): Mailbox | null {
  if (settlement.is !== 'sent' || !isCard(attempted.content)) return null;
  const { channel, ts, shownSeq } = settlement;
  const post = mailbox.posts.find(({ show, sent }) => show !== 'ask' && sent?.ts === ts && sent.channel === channel);
  if (!post || (isOfPost(attempted, post) && shownSeq >= facts.seq)) return null;
  return withRedraw(facts.ref, mailbox, post, facts.changedAt);
}

function unsent(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  settlement: Exclude<Settlement, { is: 'sent' }>,
  lastResorts: readonly Actor[],
): Mailbox | null {
  const post = postOf(mailbox, delivery);
  // Buttons that stay are refused when pressed, so no one has to be told.
  if (post?.line && (settlement.is === 'unreachable' || settlement.is === 'refused')) return withoutPost(mailbox, post);
  switch (settlement.is) {
    case 'dropped':
      return withoutStray(removed(mailbox, delivery), delivery);
    case 'card_gone':
      return cardGone(facts, mailbox, delivery, settlement.ts);
    case 'unreachable': {
      const next = post && nextPlace(post, lastResorts);
      // A pointer left in an old channel does not need a fallback.
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

/** Drops a pointer or an ask that never arrived. */
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
  attempted: Delivery,
): Mailbox {
  const after = removed(mailbox, delivery);
  const before = postOf(mailbox, delivery);
  const { content } = delivery;
  if (before && content.type === 'line' && content.offers)
    return withOffer(facts, after, before, { seq: content.seq, ...content.offers }, { channel, ts });
  if (!before || !isCard(content)) return after;
  const post: Post = { ...before, sent: { channel, ts } };
  // Its time is over, and the message shows that.
  if (post.line && delivery.waits) return withoutPost(after, post);
  if (post.show === 'ask') return askSent(facts, after, post, shownSeq);
  const again = doubted ? [redrawOnceMore(facts.ref, post, doubted)] : [];
  const shown: Mailbox = { posts: replaced(after.posts, post), outbox: enqueue(after.outbox, ...again) };
  // It was drawn before something outside the case changed, or as another post, which it left meanwhile.
  const isOutdated = +(delivery.asOf ?? 0) !== +(attempted.asOf ?? 0) || !isOfPost(attempted, post);
  return isOutdated || facts.seq > shownSeq ? withRedraw(facts.ref, shown, post, facts.changedAt) : shown;
}

/** Posts a post's card (again), ahead of what waits for its thread. */
export function posted(facts: CaseFacts, mailbox: Mailbox, post: Post): Mailbox {
  const own = mailbox.outbox.filter((d) => isOfPost(d, post));
  const others = mailbox.outbox.filter((d) => !own.includes(d));
  const following = own.filter((d) => !isCard(d.content)).map((d) => ({ ...d, lane: slackLane(post.channel) }));
  const card = cardOf(facts.ref, post, own[0]?.at ?? facts.changedAt, markOf(mailbox, post, facts.seq));
  return { posts: replaced(mailbox.posts, withoutCard(post)), outbox: [card, ...following, ...others] };
}

/** Distinguishes a card from the case's earlier cards and pointers in its channel, found by their numbers. */
function markOf({ posts }: Mailbox, { id, channel, former = [], sent }: Post, seq: number): string {
  const there = posts.filter((post) => post.id !== id && post.channel === channel).length;
  const gone = sent ?? former.at(-1);
  return [seq, ...(there ? [there] : []), ...(gone ? [gone.ts] : [])].join(':');
}

/**
 * No one needs a deleted pointer, or an ask that they deleted; the card of an active case is posted again, and what
 * waits for its thread follows.
 */
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
  // An earlier try may have arrived without an answer: then it becomes a pointer.
  if (isExposure(fault)) return withdrawn(facts, mailbox, post, { place: channel, why: fault, at: facts.changedAt });
  // Need-to-know text stays behind: the substitute shows that the case exists, and that its own channel is unreachable.
  const show = isRestricted(facts.kind) && post.show === 'full' ? 'redacted' : post.show;
  const from = post.redirected?.from ?? post.channel;
  const after = posted(facts, mailbox, { ...post, channel, show, redirected: { from, fault } });
  if (show === post.show) return after;
  const outbox = after.outbox.map((one) =>
    isOfPost(one, post) && one.content.type === 'evidence' ? { ...one, dead: fault } : one,
  );
  return { posts: after.posts, outbox };
}

/** Keeps the message as failed and tells the fallback channel once; a failed notice causes no other notice. */
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

/** Keeps the file as failed, and says so once in its thread. */
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

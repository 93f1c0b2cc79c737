import { isRestricted } from './access';
import type { Actor, CaseFacts } from './case';
import { type Delivery, enqueue, type Mailbox, mainPost, type Post, withoutCard, withRedraw } from './effects';

/** What became of an attempt to deliver. */
export type Settlement =
  /** Sent; for a card, where it stands now. `shownSeq`: the newest event that the message could show. */
  | { readonly is: 'sent'; readonly channel: string; readonly ts: string; readonly shownSeq: number }
  /** Nothing to say any more: its reason was answered before it was sent. */
  | { readonly is: 'dropped' }
  /** The card itself is gone (deleted by somebody): it is posted again. */
  | { readonly is: 'card_gone' }
  /** The place cannot be reached: its messages go to the next one. */
  | { readonly is: 'unreachable'; readonly fault: string }
  /** Slack refuses the content itself. */
  | { readonly is: 'refused'; readonly fault: string };

/**
 * The mailbox after an attempt: pure, so that it can be decided again from a fresh read. `lastResort` is an admin who
 * gets what even the fallback channel cannot take.
 */
export function settle(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  settlement: Settlement,
  lastResort: Actor | null,
): Mailbox {
  switch (settlement.is) {
    case 'sent':
      return sent(facts, mailbox, delivery, settlement);
    case 'dropped':
      return removed(mailbox, delivery);
    case 'card_gone':
      return cardGone(facts, mailbox, delivery);
    case 'unreachable': {
      const post = 'post' in delivery.to ? postOf(mailbox, delivery) : null;
      const next = post && nextPlace(post, lastResort);
      if (!post || !next) return buried(facts, mailbox, delivery, settlement.fault, lastResort);
      return redirected(facts, mailbox, delivery, post, next, settlement.fault);
    }
    case 'refused':
      return buried(facts, mailbox, delivery, settlement.fault, lastResort);
  }
}

const removed = (mailbox: Mailbox, delivery: Delivery): Mailbox => ({
  ...mailbox,
  outbox: mailbox.outbox.filter((waiting) => waiting.id !== delivery.id),
});

function postOf(mailbox: Mailbox, delivery: Delivery): Post {
  const id = 'post' in delivery.to ? delivery.to.post : null;
  return mailbox.posts.find((post) => post.id === id) ?? mainPost(mailbox);
}

const replaced = (posts: readonly Post[], post: Post) => posts.map((old) => (old.id === post.id ? post : old));

function sent(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  { channel, ts, shownSeq }: Settlement & { is: 'sent' },
): Mailbox {
  const after = removed(mailbox, delivery);
  const { type } = delivery.content;
  if (type !== 'card' && type !== 'redraw') return after;
  const post: Post = { ...postOf(mailbox, delivery), sent: { channel, ts } };
  const shown = { ...after, posts: replaced(after.posts, post) };
  return facts.seq > shownSeq ? withRedraw(facts.ref, shown, post, facts.changedAt) : shown;
}

/** Puts the card of a post (again) at the head of its queue, before what waits for the thread under it. */
function posted(facts: CaseFacts, mailbox: Mailbox, post: Post): Mailbox {
  const own = mailbox.outbox.filter((d) => 'post' in d.to && d.to.post === post.id);
  const others = mailbox.outbox.filter((d) => !own.includes(d));
  const card: Delivery = {
    id: `${facts.ref}:card:${post.id}:${post.channel}:${facts.seq}`,
    to: { post: post.id },
    content: { type: 'card' },
    lane: post.channel,
    at: own[0]?.at ?? facts.changedAt,
    dead: null,
  };
  const following = own
    .filter((d) => d.content.type !== 'card' && d.content.type !== 'redraw')
    .map((d) => ({ ...d, lane: post.channel }));
  return {
    posts: replaced(mailbox.posts, withoutCard(post)),
    outbox: [card, ...following, ...others],
  };
}

/** Nobody misses a pointer; a card of a case in hand is posted again, and what waits for its thread follows it. */
function cardGone(facts: CaseFacts, mailbox: Mailbox, delivery: Delivery): Mailbox {
  const post = postOf(mailbox, delivery);
  return post.show === 'pointer' ? removed(mailbox, delivery) : posted(facts, mailbox, post);
}

/** The fallback channel, then an admin's DM; null when both were tried. */
function nextPlace(post: Post, lastResort: Actor | null): string | null {
  if (post.channel !== post.fallback && !post.redirected) return post.fallback;
  return lastResort && post.channel !== lastResort ? lastResort : null;
}

function redirected(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  post: Post,
  channel: string,
  fault: string,
): Mailbox {
  // Need-to-know text stays behind: the stand-in shows that the case exists, and that its own channel is out of reach.
  const show = isRestricted(facts.kind) && post.show === 'full' ? 'redacted' : post.show;
  const moved: Post = { ...post, channel, show, redirected: { from: post.channel, fault } };
  // A pointer left behind in an old channel is not worth a second home.
  if (post.show === 'pointer') return removed(mailbox, delivery);
  return posted(facts, mailbox, moved);
}

/** Keeps the message as failed and tells the fallback channel about it; a letter about a letter is not written. */
function buried(
  facts: CaseFacts,
  mailbox: Mailbox,
  delivery: Delivery,
  fault: string,
  lastResort: Actor | null,
): Mailbox {
  const outbox = mailbox.outbox.map((waiting) => (waiting.id === delivery.id ? { ...waiting, dead: fault } : waiting));
  const { fallback } = mainPost(mailbox);
  const isLetter = delivery.content.type === 'dead_letter';
  const place = isLetter ? (delivery.lane === lastResort ? null : lastResort) : fallback;
  if (!place) return { ...mailbox, outbox };
  const letter: Delivery = {
    id: `${delivery.id}:dead:${place}`,
    to: { channel: place },
    content: isLetter
      ? delivery.content
      : { type: 'dead_letter', to: delivery.lane, fault, about: delivery.content.type },
    lane: place,
    at: facts.changedAt,
    dead: null,
  };
  return { ...mailbox, outbox: enqueue(outbox, letter) };
}

/** What an admin does about messages that were given up. */
export type Remedy =
  | { readonly is: 'retry' }
  | { readonly is: 'dismiss' }
  /** Another channel, or a person. `mayRead`: everybody there may read the case, also where it is need-to-know. */
  | { readonly is: 'redirect'; readonly place: string; readonly isPerson: boolean; readonly mayRead: boolean };

export type Remedied =
  | { readonly ok: true; readonly mailbox: Mailbox }
  /** `gone`: nothing is given up there any more · `closed`: its text is not for everybody there · `in_place`: its card stands, and what failed belongs under it. */
  | { readonly ok: false; readonly is: 'gone' | 'closed' | 'in_place' };

/**
 * The mailbox once an admin has dealt with what was given up on its way to `lane`: sent again as if it were new, sent
 * elsewhere, or given up for good. Pure, so that it can be decided again from a fresh read. A need-to-know card goes only
 * where everybody may read it, and is shown there in full (domain section 10).
 */
export function remedied(facts: CaseFacts, mailbox: Mailbox, lane: string, remedy: Remedy, now: Date): Remedied {
  const dead = mailbox.outbox.filter((delivery) => delivery.dead !== null && delivery.lane === lane);
  if (!dead.length) return { ok: false, is: 'gone' };
  if (remedy.is === 'dismiss') return { ok: true, mailbox: dead.reduce(removed, mailbox) };
  const revived = {
    ...mailbox,
    outbox: mailbox.outbox.map((one) => (dead.includes(one) ? again(mailbox, one, now) : one)),
  };
  return remedy.is === 'retry' ? { ok: true, mailbox: revived } : elsewhere(facts, revived, dead, remedy, now);
}

/** As new, in the channel where its card belongs by now. */
function again({ posts }: Mailbox, delivery: Delivery, at: Date): Delivery {
  const { to } = delivery;
  const post = 'post' in to ? posts.find(({ id }) => id === to.post) : null;
  return { ...delivery, lane: post?.channel ?? delivery.lane, at, dead: null };
}

function elsewhere(
  facts: CaseFacts,
  revived: Mailbox,
  dead: readonly Delivery[],
  { place, isPerson, mayRead }: Remedy & { is: 'redirect' },
  now: Date,
): Remedied {
  const ids = new Set(dead.map(({ id }) => id));
  const posts = revived.posts.filter((post) =>
    dead.some(({ to }) => 'post' in to && to.post === post.id && post.show !== 'pointer'),
  );
  if (posts.some(({ sent: card }) => card)) return { ok: false, is: 'in_place' };
  if (isRestricted(facts.kind) && !mayRead && posts.some(({ show }) => show === 'full'))
    return { ok: false, is: 'closed' };
  const outbox = revived.outbox.map((one): Delivery => {
    if (!ids.has(one.id) || 'post' in one.to) return one;
    return { ...one, id: `${one.id}:to:${place}`, to: isPerson ? { user: place } : { channel: place }, lane: place };
  });
  const at = { ...facts, changedAt: now };
  return {
    ok: true,
    mailbox: posts.reduce<Mailbox>((moved, post) => posted(at, moved, rehoused(facts, post, place, mayRead)), {
      ...revived,
      outbox,
    }),
  };
}

/** What stood in for a need-to-know card without its text shows all of it again, once everybody there may read it. */
function rehoused({ kind }: CaseFacts, post: Post, place: string, mayRead: boolean): Post {
  const isWhole = isRestricted(kind) && mayRead && post.id !== 'area';
  return { ...post, channel: place, show: isWhole ? 'full' : post.show, redirected: null };
}

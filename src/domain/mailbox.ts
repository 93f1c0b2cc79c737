import type { Actor, CaseFacts } from './case';
import type { Destination } from './routing';
import { isChannel, isPerson, type Lane, slackLane } from './targets';

export interface CardPlace {
  readonly channel: string;
  readonly ts: string;
}

/** What takes a second person: an outcome that is approved, the early end of an SP's standing or ban, or of a legal hold. */
export const ASKED_FOR = ['approval', 'sanction', 'legal_hold'] as const;
export type AskedFor = (typeof ASKED_FOR)[number];

/**
 * Deletes a card, what Warmline said and shared in its thread, and nothing of anyone else's. Null when all of it is gone;
 * else why Slack refuses. Rejects when Slack cannot be reached, or limits for too long.
 */
export type Unpost = (place: CardPlace) => Promise<string | null>;

/** Gives the address of a message, as people open it in Slack, without a call for each; null while Slack does not tell the workspace's own. */
export type LinkTo = (posted: CardPlace) => Promise<string | null>;

/**
 * Where a case's card lives. It has a main post, and may have copies; one it moved away from stays as a pointer. An
 * `ask` is what waits for an answer, in a person's DM or in the thread of a card, until someone has given it.
 */
export interface Post extends Omit<Destination, 'show'> {
  readonly show: Destination['show'] | 'pointer' | 'ask';
  /** What an ask waits for; absent: a second approval, as all once did. */
  readonly asks?: AskedFor;
  /** The event that answered an ask. */
  readonly answered?: number;
  /** Of an ask that is a line in the thread of a card: the event that it tells of, and whom what it offers is about. */
  readonly line?: { readonly seq: number; readonly about: Actor };
  /** The card's ts and real channel id, once posted. */
  readonly sent: CardPlace | null;
  /** Cards of this post that are gone, newest last: people go on writing in their threads. */
  readonly former?: readonly CardPlace[];
  /** The channel it could not reach, with Slack's reason, when it was redirected to the fallback. */
  readonly redirected: { readonly from: string; readonly fault: string } | null;
}

/** A line has buttons about this person, which go once an event (`settled`) has answered it, or at that moment. */
export interface Offered {
  readonly about: Actor;
  readonly until?: Date;
  readonly settled?: number;
}

/** What a message says; it is rendered from the state of the case at the moment of sending. */
export type Content =
  /** The card itself, or its newest state. */
  | { readonly type: 'card' }
  | { readonly type: 'redraw'; readonly seq?: number }
  /** One line in the thread for the event with this number, naming these people where it calls someone. */
  | {
      readonly type: 'line';
      readonly seq: number;
      readonly names?: readonly Actor[];
      readonly offers?: Offered;
    }
  /** What happened up to the event with this number, in the thread of a card that came to another channel. */
  | { readonly type: 'story'; readonly seq: number }
  /** A file handed in as evidence, the `number`th `of` so many (domain section 4); only ever in a full post's thread. */
  | { readonly type: 'evidence'; readonly file: string; readonly number: number; readonly of: number }
  /** The line in its place: the file could not be had, with the reason. */
  | { readonly type: 'unshared'; readonly number: number; readonly of: number; readonly fault: string }
  /** A DM about the event with this number. */
  | { readonly type: 'dm'; readonly seq: number }
  /** A DM that a rung brings; what waits for one person at one time becomes one message. `acts`: they answer for the case. */
  | { readonly type: 'nudge'; readonly seq: number; readonly acts: boolean }
  /** Tells a channel of the event with this number, with a link to the card. */
  | { readonly type: 'notice'; readonly seq: number }
  /** The event with this number, for a machine. */
  | { readonly type: 'event'; readonly seq: number }
  /** The words of the event with this number, for people outside of the workspace. */
  | { readonly type: 'told'; readonly seq: number }
  /** What the case has done about its SP, for the directory. */
  | { readonly type: 'sanction' }
  /** What the event with this number has decided, for the case that it is about. */
  | { readonly type: 'decision'; readonly seq: number }
  /** What the event with this number says of who may read the case, for the access log; of one that waits, its end. */
  | { readonly type: 'access'; readonly seq: number }
  /** So many messages that there was no room for one by one: see `mailboxWithinBounds`. */
  | { readonly type: 'more'; readonly count: number }
  /** A message that could not be delivered to `to`, with the reason. */
  | { readonly type: 'dead_letter'; readonly to: Lane; readonly fault: string; readonly about: string };

/** A message a case owes someone: an entry of its outbox (architecture section 3). */
export interface Delivery {
  /** Made of domain facts, e.g. `SPF-000123:line:4:main`; travels with the message as metadata. */
  readonly id: string;
  readonly to:
    | { readonly post: string }
    | { readonly user: Actor }
    | { readonly channel: string }
    /** An address outside Slack. */
    | { readonly address: Lane };
  readonly content: Content;
  /** The address whose queue it is in. */
  readonly lane: Lane;
  /** Its place in that queue, and the moment before which it is not sent. */
  readonly at: Date;
  /** It is meant for that moment (the end of quiet hours, a second redraw); else its moment is the one at which it was caused. */
  readonly waits?: true;
  /** Why it was given up, or null while it is to be sent. */
  readonly dead: string | null;
  /** It was given up though no one knows how to mend it: after many tries that failed while others went out. */
  readonly setAside?: true;
  /** Since when it may have arrived after all, where it was given up and is tried again: it is looked for first. */
  readonly tried?: Date;
  /** The card in whose thread it may already be, if its case moved before anyone knew. It is looked for there first. */
  readonly formerly?: CardPlace;
  /** Word of its failure has gone out once: what fails again after *Try again* is not said again. */
  readonly told?: true;
}

/** What a case owes to people, wherever it stands beside other things. */
export interface Owed {
  readonly posts: readonly Post[];
  readonly outbox: readonly Delivery[];
}
/** The same and nothing else: a whole case is none, so that spreading it over newer facts undoes nothing. */
export interface Mailbox extends Owed {
  readonly ref?: never;
}
export const mailboxOf = ({ posts, outbox }: Owed): Mailbox => ({ posts, outbox });

/** Whom a message to this address is for. */
export function placeOf(lane: Lane): Exclude<Delivery['to'], { readonly post: string }> {
  if (isPerson(lane)) return { user: lane };
  return isChannel(lane) ? { channel: lane } : { address: lane };
}

/** A message for the thread of a card waits until the card is posted, however long that takes. */
const isHeld = (posts: readonly Post[], { to, content }: Delivery): boolean =>
  'post' in to && !isCard(content) && posts.some(({ id, sent }) => id === to.post && !sent);

/** Whether it can be sent: not given up, and nothing has to come before it. */
export const isReady = (posts: readonly Post[], delivery: Delivery): boolean =>
  delivery.dead === null && !isHeld(posts, delivery);

export const isCard = ({ type }: Content): boolean => type === 'card' || type === 'redraw';
/** Whether it is a message of its own, as a rule, and no new state of one that stands. */
export const isNew = ({ type }: Content): boolean => type !== 'redraw';
export const isOfPost = ({ to }: Delivery, post: Pick<Post, 'id'>): boolean => 'post' in to && to.post === post.id;
/** To be tried again. */
export const revived = ({ setAside: _, ...delivery }: Delivery): Delivery => ({
  ...delivery,
  dead: null,
  ...(delivery.dead === null ? {} : { tried: delivery.tried ?? delivery.at }),
});

/** Whether a post shows the case in a channel; pointers and asks do not. */
export const isShown = ({ show }: Pick<Post, 'show'>): boolean => show !== 'pointer' && show !== 'ask';

const isMain = (post: Post) => isShown(post) && post.id.startsWith('main');
export const mainPost = (mailbox: Pick<Mailbox, 'posts'>): Post => {
  const post = mailbox.posts.find(isMain);
  if (!post) throw new Error('A case always has a main post.');
  return post;
};

/** The post that stands for the case outside its need-to-know channel: the area's redacted one, else the main one. */
export const openPost = (mailbox: Pick<Mailbox, 'posts'>): Post =>
  mailbox.posts.find((post) => post.show === 'redacted') ?? mainPost(mailbox);

/** Whether a message is, or was, the card of a post. */
export const stoodAt = ({ sent, former = [] }: Post, { channel, ts }: CardPlace): boolean =>
  [...former, ...(sent ? [sent] : [])].some((place) => place.channel === channel && place.ts === ts);

const MOST_FORMER = 20;
/** The post without its card, whose thread still belongs to the case. */
export const withoutCard = ({ sent, former = [], ...post }: Post): Post => ({
  ...post,
  sent: null,
  ...(sent || former.length ? { former: [...former, ...(sent ? [sent] : [])].slice(-MOST_FORMER) } : {}),
});

/** The posts that show the case, and have a thread of it. */
export const live = (mailbox: Mailbox) => mailbox.posts.filter(isShown);

/** A card to be posted; `mark` tells it from earlier ones of its post. */
export const cardOf = (ref: string, post: Post, at: Date, mark: number | string | null = null): Delivery => ({
  id: `${ref}:card:${post.id}${mark === null ? '' : `:${post.channel}:${mark}`}`,
  to: { post: post.id },
  content: { type: 'card' },
  lane: slackLane(post.channel),
  at,
  dead: null,
});

/**
 * A new case's mailbox: its cards go to the places it was routed to, and the files of its evidence into the threads of
 * those that show it in full.
 */
export function firstMailbox(
  ref: string,
  destinations: readonly Destination[],
  at: Date,
  evidence: readonly string[] = [],
): Mailbox {
  const posts = destinations.map((destination): Post => ({ ...destination, sent: null, redirected: null }));
  const files = posts
    .filter(({ show }) => show === 'full')
    .flatMap((post) =>
      evidence.map(
        (file, i): Delivery => ({
          id: `${ref}:evidence:${file}:${post.id}`,
          to: { post: post.id },
          content: { type: 'evidence', file, number: i + 1, of: evidence.length },
          lane: slackLane(post.channel),
          at,
          dead: null,
        }),
      ),
    );
  return { posts, outbox: [...posts.map((post) => cardOf(ref, post, at)), ...files] };
}

/** Adds a message unless the outbox already holds it. */
export const enqueue = (outbox: readonly Delivery[], ...added: readonly Delivery[]): readonly Delivery[] => [
  ...outbox,
  ...added.filter((delivery) => !outbox.some((waiting) => waiting.id === delivery.id)),
];

/**
 * A mailbox in which nothing stands still because it was caused by a clock that was ahead: what waits for no moment may
 * go out at `now`, in the order in which it stands. The same mailbox when there is nothing to mend.
 */
export function inTime(mailbox: Mailbox, now: Date): Mailbox {
  const isAhead = ({ at, waits, dead }: Delivery) => !waits && dead === null && at > now;
  if (!mailbox.outbox.some(isAhead)) return mailbox;
  return { ...mailbox, outbox: mailbox.outbox.map((one) => (isAhead(one) ? { ...one, at: now } : one)) };
}

const redrawOf = (ref: string, post: Post, at: Date): Delivery => ({
  id: `${ref}:redraw:${post.id}`,
  to: { post: post.id },
  content: { type: 'redraw' },
  lane: slackLane(post.channel),
  at,
  dead: null,
});

/** A redraw at that moment, beside whatever is owed before. */
export const redrawOnceMore = (ref: string, post: Post, at: Date): Delivery => ({
  ...redrawOf(ref, post, at),
  id: `${ref}:redraw:${post.id}:again`,
  waits: true,
});

/**
 * A redraw of a post's card; a card that waits to be posted or redrawn already will show the newest state anyway. One
 * that was given up is tried again with what it shows now.
 */
export function withRedraw(ref: string, mailbox: Mailbox, post: Post, at: Date): Mailbox {
  const own = mailbox.outbox.filter((d) => isOfPost(d, post) && isCard(d.content) && !d.waits);
  if (own.some(({ dead }) => dead === null)) return mailbox;
  const others = mailbox.outbox.filter((d) => !own.includes(d));
  if (!post.sent) {
    const given = own.find(({ content }) => content.type === 'card');
    const card = given ? { ...revived(given), lane: slackLane(post.channel), at } : cardOf(ref, post, at, +at);
    return { posts: mailbox.posts, outbox: [card, ...others] };
  }
  const redraw = { ...redrawOf(ref, post, at), ...(own.some(({ told }) => told) ? { told: true as const } : {}) };
  return { posts: mailbox.posts, outbox: [...others, redraw] };
}

/**
 * The card is posted again at another place, and what waits for its thread follows it. The old one becomes a pointer. One
 * that was not posted yet may be on its way anyway: its delivery stays, and looks for it.
 */
export function rehoused({ ref, seq }: CaseFacts, before: Mailbox, old: Post, now: Post, at: Date): Mailbox {
  const pointer: Post = { ...old, id: freshId(before.posts, `${old.id}-was-${seq}`), show: 'pointer' };
  const outbox = before.outbox.flatMap((delivery): Delivery[] => {
    if (!isOfPost(delivery, old)) return [delivery];
    if (!isCard(delivery.content))
      return [{ ...delivery, lane: slackLane(now.channel), ...(old.sent && { formerly: old.sent }) }];
    const mayArrive = !old.sent && delivery.content.type === 'card';
    return mayArrive ? [{ ...revived(delivery), to: { post: pointer.id } }] : [];
  });
  const leavesPointer = old.sent || outbox.some((delivery) => isOfPost(delivery, pointer));
  // The threads of its former cards stay with what is left in the old channel.
  const { former: _theirs, ...bare } = now;
  const post: Post = { ...(leavesPointer ? bare : now), sent: null };
  const posts = [...before.posts.flatMap((p) => (p.id === old.id ? (leavesPointer ? [pointer] : []) : [p])), post];
  // Where it stood before, an earlier card may carry the same number.
  const isBack = before.posts.some(({ channel, id }) => channel === now.channel && id !== old.id);
  const moved: Mailbox = { posts, outbox: [cardOf(ref, post, at, isBack ? +at : seq), ...outbox] };
  return old.sent ? withRedraw(ref, moved, pointer, at) : moved;
}

/** A card may go to and fro without any event in between. */
const freshId = (posts: readonly Post[], id: string): string =>
  posts.some((post) => post.id === id) ? freshId(posts, `${id}-again`) : id;

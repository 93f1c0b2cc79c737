import type { Actor } from './actor';
import type { Destination } from './route';
import { isChannel, isPerson, type Lane, slackLane } from './targets';

export interface CardPlace {
  readonly channel: string;
  readonly ts: string;
}

/** What takes a second person: approving an outcome, or ending an SP's standing or ban, or a legal hold. */
export const ASKED_FOR = ['approval', 'sanction', 'legal_hold'] as const;
export type AskedFor = (typeof ASKED_FOR)[number];

/**
 * Deletes a card and Warmline's own lines and files in its thread. Null when all are gone; else why Slack refuses.
 * Rejects if Slack is unreachable or rate-limits for too long.
 */
export type Unpost = (place: CardPlace) => Promise<string | null>;

/** A message's link, without a call for each; null until Slack has returned the workspace's address. */
export type LinkTo = (posted: CardPlace) => Promise<string | null>;

/**
 * Where a case's card is. There is a main post, and there may be copies; one that moved stays as a pointer. An `ask`
 * waits for an answer, in a person's DM or in a card's thread.
 */
export interface Post extends Omit<Destination, 'show'> {
  readonly show: Destination['show'] | 'pointer' | 'ask';
  /** What an ask waits for; absent: a second approval (older data). */
  readonly asks?: AskedFor;
  /** The event that answered an ask. */
  readonly answered?: number;
  /** For an ask in a card's thread: the event it shows, and whom its offer is about. */
  readonly line?: { readonly seq: number; readonly about: Actor };
  /** The card's ts and real channel id, once posted. */
  readonly sent: CardPlace | null;
  /** Earlier cards of this post, newest last: people may still write in their threads. */
  readonly former?: readonly CardPlace[];
  /** If it was redirected to the fallback: the unreachable channel and Slack's reason. */
  readonly redirected: { readonly from: string; readonly fault: string } | null;
}

/** A line has buttons about this person, which disappear once an event (`settled`) has answered it, or at that time. */
export interface Offered {
  readonly about: Actor;
  readonly until?: Date;
  readonly settled?: number;
}

/** What a message shows; it is rendered from the case at the moment of sending. */
export type Content =
  /** The card itself, or its newest state. */
  | { readonly type: 'card' }
  | { readonly type: 'redraw'; readonly seq?: number }
  /** A thread line for the event with this number; if it calls people, with these names. */
  | {
      readonly type: 'line';
      readonly seq: number;
      readonly names?: readonly Actor[];
      readonly offers?: Offered;
    }
  /** What happened up to the event with this number, in the thread of a card that moved to another channel. */
  | { readonly type: 'story'; readonly seq: number }
  /** An evidence file, the `number`th `of` all (domain section 4); only in a full post's thread. */
  | { readonly type: 'evidence'; readonly file: string; readonly number: number; readonly of: number }
  /** The line that replaces a file that could not be shared, with the reason. */
  | { readonly type: 'unshared'; readonly number: number; readonly of: number; readonly fault: string }
  /** A DM about the event with this number. */
  | { readonly type: 'dm'; readonly seq: number }
  /**
   * A DM from a rung; those for one person at the same time become one message. `acts`: they answer for the case;
   * `outside`: they may not read it.
   */
  | { readonly type: 'nudge'; readonly seq: number; readonly acts: boolean; readonly outside?: true }
  /** Tells a channel about the event with this number, with a link to the card. */
  | { readonly type: 'notice'; readonly seq: number }
  /** The event with this number, for a machine. */
  | { readonly type: 'event'; readonly seq: number }
  /** The text of the event with this number, for people outside the workspace. */
  | { readonly type: 'told'; readonly seq: number }
  /** The case's effect on its SP, for the directory. */
  | { readonly type: 'sanction' }
  /** The decision in the event with this number, for the case it is about. */
  | { readonly type: 'decision'; readonly seq: number }
  /** The access change of the event with this number, for the access log; if delayed, the end of access. */
  | { readonly type: 'access'; readonly seq: number }
  /** This many messages were combined: see `mailboxWithinBounds`. */
  | { readonly type: 'more'; readonly count: number }
  /** A message that could not be delivered to `to`, with the reason. */
  | { readonly type: 'dead_letter'; readonly to: Lane; readonly fault: string; readonly about: string };

/** A message a case owes someone: an entry of its outbox (architecture section 3). */
export interface Delivery {
  /** Made of domain facts, e.g. `SPF-000123:line:4:main`; in the message's metadata. */
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
  /** Its place in that queue, and the earliest time to send it. */
  readonly at: Date;
  /** It is meant for that time (the end of quiet hours, a second redraw); otherwise `at` is when it was caused. */
  readonly waits?: true;
  /** Why it was given up, or null. */
  readonly dead: string | null;
  /** It was given up after many tries failed while other messages went out; the cause is unknown. */
  readonly setAside?: true;
  /** Something outside its case changed then: a card drawn before that is drawn again. */
  readonly asOf?: Date;
  /** Given up and tried again, it may have arrived since then: look for it first. */
  readonly tried?: Date;
  /** The card in whose thread it may already be, if its case moved meanwhile. Look there first. */
  readonly formerly?: CardPlace;
  /** Its failure was reported once and is not reported again after *Try again*. */
  readonly told?: true;
}

/** A case's messages, as part of something else. */
export interface Owed {
  readonly posts: readonly Post[];
  readonly outbox: readonly Delivery[];
}
/** A case's messages and nothing else: a whole case does not fit, so spreading it over newer facts is impossible. */
export interface Mailbox extends Owed {
  readonly ref?: never;
}
export const mailboxOf = ({ posts, outbox }: Owed): Mailbox => ({ posts, outbox });

/** The recipient of a message to this address. */
export function placeOf(lane: Lane): Exclude<Delivery['to'], { readonly post: string }> {
  if (isPerson(lane)) return { user: lane };
  return isChannel(lane) ? { channel: lane } : { address: lane };
}

/** A message for a card's thread waits until the card is posted, however long that takes. */
const isHeld = (posts: readonly Post[], { to, content }: Delivery): boolean =>
  'post' in to && !isCard(content) && posts.some(({ id, sent }) => id === to.post && !sent);

/** Whether it can be sent: not given up, and not waiting for its card. */
export const isReady = (posts: readonly Post[], delivery: Delivery): boolean =>
  delivery.dead === null && !isHeld(posts, delivery);

export const isCard = ({ type }: Content): boolean => type === 'card' || type === 'redraw';
/** Whether it is usually a message of its own, rather than an edit of one. */
export const isNew = ({ type }: Content): boolean => type !== 'redraw';
export const isOfPost = ({ to }: Delivery, post: Pick<Post, 'id'>): boolean => 'post' in to && to.post === post.id;
/** The delivery, to be tried again. */
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

/** The post that shows the case outside its need-to-know channel: the area's redacted one, else the main one. */
export const openPost = (mailbox: Pick<Mailbox, 'posts'>): Post =>
  mailbox.posts.find((post) => post.show === 'redacted') ?? mainPost(mailbox);

/** Whether a message is, or was, the card of a post. */
export const hadCardAt = ({ sent, former = [] }: Post, { channel, ts }: CardPlace): boolean =>
  [...former, ...(sent ? [sent] : [])].some((place) => place.channel === channel && place.ts === ts);

const MOST_FORMER = 20;
/** The post without its card, whose thread still belongs to the case. */
export const withoutCard = ({ sent, former = [], ...post }: Post): Post => ({
  ...post,
  sent: null,
  ...(sent || former.length ? { former: [...former, ...(sent ? [sent] : [])].slice(-MOST_FORMER) } : {}),
});

/** The posts that show the case and have a thread. */
export const live = (mailbox: Mailbox) => mailbox.posts.filter(isShown);

/** A card to be posted; `mark` distinguishes it from earlier ones of its post. */
export const cardOf = (ref: string, post: Post, at: Date, mark: number | string | null = null): Delivery => ({
  id: `${ref}:card:${post.id}${mark === null ? '' : `:${post.channel}:${mark}`}`,
  to: { post: post.id },
  content: { type: 'card' },
  lane: slackLane(post.channel),
  at,
  dead: null,
});

/** A new case's mailbox: its cards go where it was routed, and its evidence into the threads of full cards. */
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

/** Adds a message unless the outbox already has it. */
export const enqueue = (outbox: readonly Delivery[], ...added: readonly Delivery[]): readonly Delivery[] => [
  ...outbox,
  ...added.filter((delivery) => !outbox.some((waiting) => waiting.id === delivery.id)),
];

/**
 * A mailbox in which nothing waits because a clock was ahead: all but delayed messages may go out at `now`, in their
 * order. The same mailbox if there is nothing to fix.
 */
export function inTime(mailbox: Mailbox, now: Date): Mailbox {
  const isAhead = ({ at, waits, dead }: Delivery) => !waits && dead === null && at > now;
  if (!mailbox.outbox.some(isAhead)) return mailbox;
  return { ...mailbox, outbox: mailbox.outbox.map((one) => (isAhead(one) ? { ...one, at: now } : one)) };
}

/** `seq`: the event that it has to show at least. */
export const redrawOf = (ref: string, post: Post, at: Date, seq?: number): Delivery => ({
  id: `${ref}:redraw:${post.id}`,
  to: { post: post.id },
  content: { type: 'redraw', ...(seq === undefined ? {} : { seq }) },
  lane: slackLane(post.channel),
  at,
  dead: null,
});

/** A redraw at that time, in addition to others. */
export const redrawOnceMore = (ref: string, post: Post, at: Date): Delivery => ({
  ...redrawOf(ref, post, at),
  id: `${ref}:redraw:${post.id}:again`,
  waits: true,
});

/**
 * A redraw of a post's card; a card that already waits to be posted or redrawn will show the newest state anyway. One
 * that was given up is tried again.
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

/** A redraw because something outside the case changed: a card that is on its way may not show it. */
export function withRedrawAsOf(ref: string, mailbox: Mailbox, post: Post, at: Date): Mailbox {
  const { posts, outbox } = withRedraw(ref, mailbox, post, at);
  const isIt = (one: Delivery) => isOfPost(one, post) && isCard(one.content) && !one.waits;
  return { posts, outbox: outbox.map((one) => (isIt(one) ? { ...one, asOf: at } : one)) };
}

import type { Actor, CaseEvent, CaseFacts } from './case';

/** Where a case's card lives. A case has one main post; a post it moved away from stays behind as a pointer. */
export interface Post {
  /** `main`, or `main-2` … after moves to another area. */
  readonly id: string;
  /** Channel id; or the user id of a person whose DM with the app stands in for a channel. */
  readonly channel: string;
  /** Where messages go when this channel cannot be reached. */
  readonly fallback: string;
  /** The card's ts and real channel id, once posted. */
  readonly sent: { readonly channel: string; readonly ts: string } | null;
  /** The channel it could not reach, with Slack's reason, when it was redirected to the fallback. */
  readonly redirected: { readonly from: string; readonly fault: string } | null;
  /** True when the case's main post is elsewhere now. */
  readonly moved: boolean;
}

/** What a message says; it is rendered from the state of the case at the moment of sending. */
export type Content =
  /** The card itself, or its newest state. */
  | { readonly type: 'card' }
  | { readonly type: 'redraw' }
  /** One line in the thread for the event with this number. */
  | { readonly type: 'line'; readonly seq: number }
  /** A DM about the event with this number. */
  | { readonly type: 'dm'; readonly seq: number }
  /** A message that could not be delivered to `to`, with the reason. */
  | { readonly type: 'dead_letter'; readonly to: string; readonly fault: string; readonly about: string };

/** A message a case owes somebody: an entry of its outbox (architecture section 3). */
export interface Delivery {
  /** Made of domain facts, e.g. `SPF-000123:line:4:main`; travels with the message as metadata. */
  readonly id: string;
  readonly to: { readonly post: string } | { readonly user: Actor } | { readonly channel: string };
  readonly content: Content;
  /** The channel or user whose queue it stands in. */
  readonly lane: string;
  /** Its place in that queue. */
  readonly at: Date;
  /** Why it was given up, or null while it is to be sent. */
  readonly dead: string | null;
}

/** The parts of a stored case that deliveries are planned from. */
export interface Mailbox {
  readonly posts: readonly Post[];
  readonly outbox: readonly Delivery[];
}

export const MAIN = 'main';
export const mainPost = (mailbox: Mailbox): Post => {
  const post = mailbox.posts.findLast((p) => !p.moved);
  if (!post) throw new Error('A case always has a main post.');
  return post;
};

/** A new case's mailbox: its card goes to the channel it was routed to. */
export function firstMailbox(ref: string, channel: string, fallback: string, at: Date): Mailbox {
  const post: Post = { id: MAIN, channel, fallback, sent: null, redirected: null, moved: false };
  const card: Delivery = {
    id: `${ref}:card:${MAIN}`,
    to: { post: MAIN },
    content: { type: 'card' },
    lane: channel,
    at,
    dead: null,
  };
  return { posts: [post], outbox: [card] };
}

/** Adds a message unless the outbox already holds it. */
export const enqueue = (outbox: readonly Delivery[], ...added: readonly Delivery[]): readonly Delivery[] => [
  ...outbox,
  ...added.filter((delivery) => !outbox.some((waiting) => waiting.id === delivery.id)),
];

/** A redraw of a post's card; a card that waits to be posted or redrawn already will show the newest state anyway. */
export function withRedraw(ref: string, mailbox: Mailbox, post: Post, at: Date): Mailbox {
  const waiting = mailbox.outbox.some(
    (d) =>
      !d.dead && 'post' in d.to && d.to.post === post.id && (d.content.type === 'card' || d.content.type === 'redraw'),
  );
  if (waiting) return mailbox;
  const redraw: Delivery = {
    id: `${ref}:redraw:${post.id}`,
    to: { post: post.id },
    content: { type: 'redraw' },
    lane: post.channel,
    at,
    dead: null,
  };
  return { ...mailbox, outbox: enqueue(mailbox.outbox, redraw) };
}

/**
 * The mailbox after these events: the card is redrawn once, each event gets its line in the thread, and the people it
 * concerns get a DM (domain sections 7 and 8). `moveTo` is the new channel when an event moved the case to another area.
 */
export function effects(
  facts: CaseFacts,
  events: readonly CaseEvent[],
  before: Mailbox,
  moveTo: { readonly channel: string; readonly fallback: string } | null,
  deputy: Actor | null,
): Mailbox {
  const at = facts.changedAt;
  let mailbox = before;
  if (moveTo && moveTo.channel !== mainPost(before).channel) mailbox = movedTo(facts.ref, before, moveTo, at);
  for (const event of events) {
    const post = mainPost(mailbox);
    const line: Delivery = {
      id: `${facts.ref}:line:${event.seq}:${post.id}`,
      to: { post: post.id },
      content: { type: 'line', seq: event.seq },
      lane: post.channel,
      at,
      dead: null,
    };
    const dms = told(facts, event, deputy).map(
      (user): Delivery => ({
        id: `${facts.ref}:dm:${event.seq}:${user}`,
        to: { user },
        content: { type: 'dm', seq: event.seq },
        lane: user,
        at,
        dead: null,
      }),
    );
    mailbox = { ...mailbox, outbox: enqueue(mailbox.outbox, ...(hasLine(event, dms) ? [line] : []), ...dms) };
  }
  return withRedraw(facts.ref, mailbox, mainPost(mailbox), at);
}

/** The card is posted anew in the other channel; the old one becomes a pointer to it. */
function movedTo(
  ref: string,
  before: Mailbox,
  { channel, fallback }: { readonly channel: string; readonly fallback: string },
  at: Date,
): Mailbox {
  const old = mainPost(before);
  const pointer: Post = { ...old, moved: true };
  const post: Post = {
    id: `${MAIN}-${before.posts.length + 1}`,
    channel,
    fallback,
    sent: null,
    redirected: null,
    moved: false,
  };
  const card: Delivery = {
    id: `${ref}:card:${post.id}`,
    to: { post: post.id },
    content: { type: 'card' },
    lane: channel,
    at,
    dead: null,
  };
  const posts = [...before.posts.map((p) => (p.id === old.id ? pointer : p)), post];
  const withPointer = withRedraw(ref, { ...before, posts }, pointer, at);
  return { posts, outbox: enqueue(withPointer.outbox, card) };
}

/** Notes mirrored from the thread need no line of their own; a nudge has one unless it goes to somebody by DM. */
function hasLine(event: CaseEvent, dms: readonly unknown[]): boolean {
  if (event.type === 'note_added') return event.data.id.startsWith('n');
  if (event.type === 'note_edited' || event.type === 'note_deleted') return false;
  if (event.type === 'nudged') return dms.length === 0;
  return true;
}

/** Who gets a DM about an event: the reporter when it is acknowledged or resolved, an owner who was handed it, whoever a rung names. */
function told(facts: CaseFacts, event: CaseEvent, deputy: Actor | null): Actor[] {
  switch (event.type) {
    case 'acknowledged':
    case 'resolved':
      return event.actor === facts.reporter ? [] : [facts.reporter];
    case 'reassigned':
      return event.actor === event.data.owner ? [] : [event.data.owner];
    case 'nudged': {
      if (event.data.to === 'owner') return facts.owner ? [facts.owner] : [];
      if (event.data.to === 'deputy') return deputy ? [deputy] : [];
      return event.data.to.startsWith('user:') ? [event.data.to.slice('user:'.length)] : [];
    }
    default:
      return [];
  }
}

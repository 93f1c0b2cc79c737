import type { Actor } from './actor';
import type { CaseFacts } from './case';
import {
  ASKED_FOR,
  type AskedFor,
  type CardPlace,
  type Delivery,
  enqueue,
  isOfPost,
  type Mailbox,
  type Offered,
  type Post,
  redrawOf,
} from './mailbox';
import { slackLane } from './targets';

/** What waits for a second person. */
export interface Waits {
  readonly is: AskedFor;
  readonly by: Actor;
  /** Who may agree and was told so; absent in older data. */
  readonly from?: readonly Actor[];
}

/** The moves that answer it: yes and no. */
export const ANSWERS = {
  approval: ['approve', 'refuse_approval'],
  sanction: ['lift_sanction', 'refuse_lifting'],
  legal_hold: ['lift_hold', 'refuse_lifting'],
} as const satisfies Readonly<Record<AskedFor, readonly string[]>>;

/** What in a case waits for a second person. */
export function waitsOf({ approval, sanction, legalHold }: Waiting): readonly Waits[] {
  const all = { approval, sanction: sanction?.lifting, legal_hold: legalHold?.lifting };
  return ASKED_FOR.flatMap((is) => {
    const asked = all[is];
    return asked ? [{ is, by: asked.by, ...(asked.from ? { from: asked.from } : {}) }] : [];
  });
}
type Waiting = Partial<Pick<CaseFacts, 'approval' | 'sanction' | 'legalHold'>>;

/** The mailbox with a DM to each of these people that asks them and stays until it is answered. */
export function withAsks(
  { ref, changedAt }: CaseFacts,
  { posts, outbox }: Mailbox,
  seq: number,
  asked: readonly { readonly to: Actor; readonly at: Date; readonly is: AskedFor }[],
): Mailbox {
  const made = asked.map(({ to, at, is }) => {
    const post: Post = {
      id: `ask-${seq}-${to}`,
      channel: to,
      fallback: to,
      show: 'ask',
      asks: is,
      sent: null,
      redirected: null,
    };
    const delivery: Delivery = {
      id: `${ref}:ask:${seq}:${to}`,
      to: { post: post.id },
      content: { type: 'card' },
      lane: slackLane(to),
      at,
      ...(at > changedAt ? { waits: true } : {}),
      dead: null,
    };
    return { post, delivery };
  });
  return {
    posts: [...posts, ...made.map(({ post }) => post)],
    outbox: enqueue(outbox, ...made.map(({ delivery }) => delivery)),
  };
}

const isWaiting = ({ show, answered, line }: Post) => show === 'ask' && answered === undefined && !line;
export const askedFor = ({ asks = 'approval' }: Pick<Post, 'asks'>): AskedFor => asks;

/** The mailbox once the event with this number has answered the question: all DMs that ask it lose their buttons. */
export function withAsksAnswered(facts: CaseFacts, mailbox: Mailbox, seq: number): Mailbox {
  const open = waitsOf(facts).map(({ is }) => is);
  return answeredWhere((post) => isWaiting(post) && !open.includes(askedFor(post)), facts, mailbox, seq);
}

/** Without a post and its deliveries. */
export const withoutPost = ({ posts, outbox }: Mailbox, post: Pick<Post, 'id'>): Mailbox => ({
  posts: posts.filter(({ id }) => id !== post.id),
  outbox: outbox.filter((one) => !isOfPost(one, post)),
});

function answeredWhere(
  isAnswered: (post: Post) => boolean,
  { ref, changedAt }: Pick<CaseFacts, 'ref' | 'changedAt'>,
  mailbox: Mailbox,
  seq: number,
): Mailbox {
  const answered = mailbox.posts.filter(isAnswered);
  if (!answered.length) return mailbox;
  const redraws = answered.flatMap((post): Delivery[] => (post.sent ? [redrawOf(ref, post, changedAt, seq)] : []));
  return {
    posts: mailbox.posts.map((post) => (isAnswered(post) ? { ...post, answered: seq } : post)),
    outbox: enqueue(mailbox.outbox, ...redraws),
  };
}

/** The mailbox once an event has settled what earlier lines about this person offered: those lose their buttons. */
export function withOffersSettled(facts: CaseFacts, mailbox: Mailbox, seq: number, about: Actor): Mailbox {
  const isSettled = ({ line, answered }: Post) =>
    line !== undefined && line.about === about && line.seq < seq && answered === undefined;
  const { posts, outbox } = answeredWhere(isSettled, facts, mailbox, seq);
  // A line that is still being sent is redrawn as soon as it is posted.
  const told = outbox.map((one): Delivery => {
    const { content } = one;
    if (content.type !== 'line' || content.offers?.about !== about || content.seq >= seq) return one;
    return { ...one, content: { ...content, offers: { about, settled: content.offers.settled ?? seq } } };
  });
  return { posts, outbox: told };
}

/** The mailbox once a line with an offer is posted: it is then an ask, redrawn when it is settled or expires. */
export function withOffer(
  { ref, changedAt }: CaseFacts,
  { posts, outbox }: Mailbox,
  under: Post,
  { seq, about, until, settled }: { readonly seq: number } & Offered,
  sent: CardPlace,
): Mailbox {
  const { channel, fallback } = under;
  const id = `line-${seq}-${under.id}`;
  const post: Post = { id, channel, fallback, show: 'ask', sent, redirected: null, line: { seq, about } };
  if (settled !== undefined) {
    const redraw = redrawOf(ref, post, changedAt, settled);
    return { posts: [...posts, { ...post, answered: settled }], outbox: enqueue(outbox, redraw) };
  }
  const end = {
    id: `${ref}:redraw:${id}:end`,
    to: { post: id },
    content: { type: 'redraw' as const },
    lane: slackLane(channel),
  };
  const ends: Delivery[] = until ? [{ ...end, at: until, waits: true, dead: null }] : [];
  return { posts: [...posts, post], outbox: enqueue(outbox, ...ends) };
}

/** An ask after it was sent: redrawn if it was answered meanwhile, and removed if it shows the answer. */
export function askSent({ ref, changedAt }: CaseFacts, mailbox: Mailbox, post: Post, shownSeq: number): Mailbox {
  const { answered } = post;
  if (answered !== undefined && shownSeq >= answered) return withoutPost(mailbox, post);
  const posts = mailbox.posts.map((one) => (one.id === post.id ? post : one));
  if (answered === undefined) return { posts, outbox: mailbox.outbox };
  return { posts, outbox: enqueue(mailbox.outbox, redrawOf(ref, post, changedAt, answered)) };
}

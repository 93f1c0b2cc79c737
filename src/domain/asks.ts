import type { Actor, CaseFacts } from './case';
import { type Delivery, enqueue, isOfPost, type Mailbox, type Post } from './mailbox';
import { slackLane } from './targets';

/** The mailbox with a DM to each of these that asks them, and goes on standing until it is answered. */
export function withAsks(
  { ref, changedAt }: CaseFacts,
  { posts, outbox }: Mailbox,
  seq: number,
  asked: readonly { readonly to: Actor; readonly at: Date }[],
): Mailbox {
  const made = asked.map(({ to, at }) => {
    const post: Post = { id: `ask-${seq}-${to}`, channel: to, fallback: to, show: 'ask', sent: null, redirected: null };
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

const isWaiting = ({ show, answered }: Post) => show === 'ask' && answered === undefined;

/** The mailbox once the event with this number has answered what was asked: the buttons go from every DM that has them. */
export function withAsksAnswered({ ref, changedAt }: CaseFacts, mailbox: Mailbox, seq: number): Mailbox {
  const answered = mailbox.posts.filter(isWaiting);
  if (!answered.length) return mailbox;
  const redraws = answered.flatMap((post): Delivery[] => (post.sent ? [redrawn(ref, post, seq, changedAt)] : []));
  return {
    posts: mailbox.posts.map((post) => (isWaiting(post) ? { ...post, answered: seq } : post)),
    outbox: enqueue(mailbox.outbox, ...redraws),
  };
}

/** Where an ask stands by now: one that was answered on its way is drawn once more, one that says so is done with. */
export function askSent(
  { ref, changedAt }: CaseFacts,
  { posts, outbox }: Mailbox,
  post: Post,
  shownSeq: number,
): Mailbox {
  const others = posts.filter(({ id }) => id !== post.id);
  const { answered } = post;
  if (answered === undefined) return { posts: posts.map((one) => (one.id === post.id ? post : one)), outbox };
  if (shownSeq >= answered) return { posts: others, outbox: outbox.filter((one) => !isOfPost(one, post)) };
  return { posts: [...others, post], outbox: enqueue(outbox, redrawn(ref, post, answered, changedAt)) };
}

const redrawn = (ref: string, post: Post, seq: number, at: Date): Delivery => ({
  id: `${ref}:redraw:${post.id}`,
  to: { post: post.id },
  content: { type: 'redraw', seq },
  lane: slackLane(post.channel),
  at,
  dead: null,
});

import type { CardPlace, Content, Delivery, Mailbox, Post } from './mailbox';

/** How many messages may wait for one place or person, or be given up there, before some are combined. */
const MOST_WAITING = { each: 50, newest: 20 } as const;
/** Above this total, each place and person keeps this many. */
const MOST_IN_ALL = 1_500;
const FEW_WAITING = { each: 3, newest: 1 } as const;
/** How many earlier places of a card are kept here, newest last; the store keeps the rest. */
const MOST_LEFT_PLACES = 20;

/** How many places of its messages outside of its cards' threads a case keeps, newest last; the store keeps the rest. */
const MOST_SAID = 50;
/** The places that a case keeps, and those that the store keeps for it. */
export const saidWithinBounds = (said: readonly CardPlace[]) => ({
  kept: said.slice(-MOST_SAID),
  beyond: said.slice(0, -MOST_SAID),
});

const FOLDED: readonly Content['type'][] = ['line', 'dm', 'notice', 'nudge', 'dead_letter', 'more', 'event'];

/**
 * The mailbox within bounds, however long a channel is out of reach: of many messages that wait for one place, the
 * oldest and the newest stay, and those between become one that says how many there were. The oldest may be on its way
 * right now, so it is never touched.
 */
export function mailboxWithinBounds(mailbox: Mailbox): Mailbox {
  const within = withFewPlaces(mailbox);
  const folded = foldedTo(within.outbox, MOST_WAITING);
  return { ...within, outbox: folded.length > MOST_IN_ALL ? foldedTo(folded, FEW_WAITING) : folded };
}

function foldedTo(outbox: readonly Delivery[], { each, newest }: { readonly each: number; readonly newest: number }) {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of outbox) {
    if (!FOLDED.includes(delivery.content.type)) continue;
    const key = JSON.stringify([delivery.to, delivery.lane, delivery.dead !== null]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(delivery);
  }
  const instead = new Map<Delivery, Delivery | null>();
  for (const group of groups.values()) {
    if (group.length <= each) continue;
    const between = group.sort((a, b) => +a.at - +b.at).slice(1, -newest);
    for (const delivery of between) instead.set(delivery, null);
    // A reminder that a later one repeats is redundant.
    const [first, ...rest] = between.filter(({ content }) => content.type !== 'nudge');
    if (first) instead.set(first, foldedInto(first, rest));
  }
  if (!instead.size) return outbox;
  return outbox.flatMap((delivery) => {
    const one = instead.get(delivery);
    return one === undefined ? [delivery] : one === null ? [] : [one];
  });
}

const countOf = ({ content }: Delivery): number => (content.type === 'more' ? content.count : 1);

function foldedInto(first: Delivery, rest: readonly Delivery[]): Delivery {
  if (!rest.length) return first;
  const count = rest.reduce((sum, delivery) => sum + countOf(delivery), countOf(first));
  return first.content.type === 'more'
    ? { ...first, content: { type: 'more', count } }
    : { ...first, id: `${first.id}:more`, content: { type: 'more', count } };
}

/**
 * Without the oldest earlier places of its card, except where a message still waits. Of places in one lane where it may
 * still arrive, only the first can be on its way.
 */
function withFewPlaces(mailbox: Mailbox): Mailbox {
  const { posts, outbox } = mailbox;
  const oldestFirst = outbox.filter(({ dead }) => dead === null).sort((a, b) => +a.at - +b.at);
  const waitsFor = ({ id }: Post) => oldestFirst.find(({ to }) => 'post' in to && to.post === id);
  const left = posts.filter(({ show }) => show === 'pointer');
  const mayArrive = left.filter((post) => !post.sent && waitsFor(post));
  const isFirst = (post: Post) => {
    const own = waitsFor(post);
    return own === oldestFirst.find(({ lane, content }) => lane === own?.lane && content.type === 'card');
  };
  const gone = new Set<string>(
    [
      ...left.filter((post) => !waitsFor(post)).slice(0, -MOST_LEFT_PLACES),
      ...mayArrive.filter((post) => !isFirst(post)).slice(0, -MOST_LEFT_PLACES),
    ].map(({ id }) => id),
  );
  if (!gone.size) return mailbox;
  return {
    ...mailbox,
    posts: posts.filter(({ id }) => !gone.has(id)),
    outbox: outbox.filter(({ to }) => !('post' in to && gone.has(to.post))),
  };
}

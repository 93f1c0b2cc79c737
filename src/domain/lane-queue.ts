import { type Delivery, isReady, type Owed } from './mailbox';
import { isChannel, isPerson, type Lane, storedLane } from './targets';

const FILES = ':files';
/** What is sent in order, under one lease: `queueOf` says which one a delivery is in. */
export type Queue = string & { readonly [QUEUE]: true };
declare const QUEUE: unique symbol;

/** A queue as it was stored. */
export const storedQueue = (text: string): Queue => text as Queue;

/** The queue of a lane's messages, its files apart. */
export const messagesOf = (lane: Lane): Queue => storedQueue(lane);

/**
 * The queue a delivery stands in: its lane's, and for a file one beside it, so that what takes long to fetch or cannot
 * be had holds up no message of the channel.
 */
export const queueOf = ({ lane, content }: Pick<Delivery, 'lane' | 'content'>): Queue =>
  content.type === 'evidence' ? storedQueue(`${lane}${FILES}`) : messagesOf(lane);

const withoutFiles = (queue: Queue): string => queue.slice(0, -FILES.length);

/** Files go into channels alone, and with a card that no channel took, to a person: an address outside Slack may end alike. */
export const isFilesQueue = (queue: Queue): boolean =>
  queue.endsWith(FILES) && [isChannel, isPerson].some((is) => is(withoutFiles(queue)));

/** The lane whose messages are in a queue. */
export const laneOfQueue = (queue: Queue): Lane => storedLane(isFilesQueue(queue) ? withoutFiles(queue) : queue);

/** The queues in which something can be sent, at its moment. */
export const queuesOf = ({ posts, outbox }: Owed): Queue[] => [
  ...new Set(outbox.filter((delivery) => isReady(posts, delivery)).map(queueOf)),
];

import { type Delivery, isReady, type Owed } from './mailbox';
import { isChannel, isPerson, type Lane, storedLane } from './targets';

const FILES = ':files';
/** What is sent in order, under one lease; `queueOf` gives a delivery's queue. */
export type Queue = string & { readonly [QUEUE]: true };
declare const QUEUE: unique symbol;

/** A queue as it was stored. */
export const storedQueue = (text: string): Queue => text as Queue;

/** The queue of a lane's messages, without its files. */
export const messagesOf = (lane: Lane): Queue => storedQueue(lane);

/** A delivery's queue: its lane's, or for a file a second one, so that a slow file delays no message. */
export const queueOf = ({ lane, content }: Pick<Delivery, 'lane' | 'content'>): Queue =>
  content.type === 'evidence' ? storedQueue(`${lane}${FILES}`) : messagesOf(lane);

const withoutFiles = (queue: Queue): string => queue.slice(0, -FILES.length);

/** Only channels have files, and people whose card no channel took: other addresses may end the same way. */
export const isFilesQueue = (queue: Queue): boolean =>
  queue.endsWith(FILES) && [isChannel, isPerson].some((is) => is(withoutFiles(queue)));

/** The lane of a queue. */
export const laneOfQueue = (queue: Queue): Lane => storedLane(isFilesQueue(queue) ? withoutFiles(queue) : queue);

/** The queues in which something can be sent at its time. */
export const queuesOf = ({ posts, outbox }: Owed): Queue[] => [
  ...new Set(outbox.filter((delivery) => isReady(posts, delivery)).map(queueOf)),
];

import type { Queue } from '../../domain/lane-queue';

/** A message that failed and is tried again while others go on; its tries, no matter who made them. */
export interface Trouble {
  readonly id: string;
  readonly tries: number;
  /** Of these, how many failed though something else went out meanwhile, so that the message itself is to blame. */
  readonly blamed: number;
  /** Since when it fails; absent where another version did not say. */
  readonly since?: Date;
}

/** What the holder of a queue leaves to the next one. */
export interface LaneState {
  /** Whatever the last holder had in hand may have arrived: it died. */
  readonly orphaned: boolean;
  /** Deliveries of which the last holder could not tell whether they arrived. */
  readonly suspects: readonly string[];
  readonly troubles: readonly Trouble[];
  /** The next message may go out so many ms from now. */
  readonly restMs: number;
  /** Slack's code, when it refuses everything until someone repairs the installation. */
  readonly blocked: string | null;
}

/**
 * The exclusive right to send in a queue, held by one instance at a time and lost when it stops renewing it. No two
 * machines' clocks are compared: a holder counts a beat up, and another takes over what it has itself seen stand still.
 */
export interface LaneLeases {
  /** Null while someone else holds it. */
  claim(queue: Queue): Promise<Omit<LaneState, 'blocked'> | null>;
  /** Whether this instance still holds the queue; false once its lease ran out unrenewed, as after a long pause. */
  holds(queue: Queue): boolean;
  /** Extends the leases of this instance, as far as the store confirms that they are its own. */
  renew(): Promise<void>;
  /** Gives the queue back. */
  release(queue: Queue, state: LaneState): Promise<void>;
}

/** What is known of queues beside who holds them. Rejects when the store cannot be reached. */
export interface LaneReports {
  /** Queues whose last holder found that Slack refuses everything, with its code. */
  blocked(): Promise<ReadonlyMap<Queue, string>>;
}

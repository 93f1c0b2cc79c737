import type { Queue } from '../../domain/lane-queue';

/** A failing message that is retried while others go out, with its tries on all instances. */
export interface Trouble {
  readonly id: string;
  readonly tries: number;
  /** How many of these failed while something else went out, so that the message itself is at fault. */
  readonly blamed: number;
  /** Since when it fails; absent if another version did not say. */
  readonly since?: Date;
}

/** What the holder of a queue leaves to the next one. */
export interface LaneState {
  /** The last holder died, so whatever it was sending may have arrived. */
  readonly orphaned: boolean;
  /** Deliveries of the last holder that may or may not have arrived. */
  readonly suspects: readonly string[];
  readonly troubles: readonly Trouble[];
  /** The next message may go out after this many ms. */
  readonly restMs: number;
  /** Slack's code if it refuses everything until someone fixes the installation. */
  readonly blocked: string | null;
}

/**
 * The exclusive right to send in a queue, held by one instance at a time until it stops renewing it. No two machines'
 * clocks are compared: a holder increments a beat, and another takes over if it has seen the beat unchanged.
 */
export interface LaneLeases {
  /** Null while someone else holds it. */
  claim(queue: Queue): Promise<Omit<LaneState, 'blocked'> | null>;
  /** Whether this instance still holds the queue; false once its lease ran out, as after a long pause. */
  holds(queue: Queue): boolean;
  /** Extends the leases of this instance, if the store confirms that it still holds them. */
  renew(): Promise<void>;
  release(queue: Queue, state: LaneState): Promise<void>;
}

/** What is known about queues besides who holds them. Rejects if the store is unreachable. */
export interface LaneReports {
  /** Queues whose last holder found that Slack refuses everything, with its code. */
  blocked(): Promise<ReadonlyMap<Queue, string>>;
}

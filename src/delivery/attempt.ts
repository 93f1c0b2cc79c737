import type { Logger } from 'pino';
import type { Actor } from '../domain/actor';
import type { Queue } from '../domain/lane-queue';
import type { CaseStore } from '../services/ports/cases';
import type { CasesAtHand } from './at-hand';
import type { Marks } from './marks';
import type { Pace } from './pace';
import type { TargetFor } from './targets/target';
import type { Troubles } from './troubles';

/** The result of trying to send one message. */
export type Attempt =
  | { readonly is: 'done' }
  /** A card has to be posted again, before what is still on the page. */
  | { readonly is: 'reordered' }
  /** Nothing in the queue goes out for this long. `fault`: Slack refuses everything until the app is let in again. */
  | { readonly is: 'blocked'; readonly ms: number; readonly fault?: string }
  /** It failed for an unknown reason: the next message is tried before this one is tried again. */
  | { readonly is: 'probe' }
  /** The message is at fault and is tried again later; others continue. */
  | { readonly is: 'aside' };

/** What an attempt needs. */
export interface DispatchDeps {
  readonly cases: CaseStore;
  readonly targetFor: TargetFor;
  readonly log: Logger;
  /** Business time. */
  readonly now: () => Date;
  readonly lastResorts: readonly Actor[];
  readonly pace: Pace;
  /** Deliveries whose last attempt may have arrived, with their queues. */
  readonly uncertain: Map<string, Queue>;
  readonly troubles: Troubles;
  readonly atHand: CasesAtHand;
  readonly marks: Marks;
  readonly backoff: (queue: Queue) => number;
  /** How long a queue waits for someone to let the app post again, ms. */
  readonly repairMs: number;
  readonly kick: (queues: readonly Queue[]) => void;
  /** A message was given up and is kept as failed. Must not throw or block. */
  readonly onGivenUp: () => void;
  /** Why nothing may be sent in this queue now, or null. */
  readonly mayGoOn: (queue: Queue) => Attempt | null;
}

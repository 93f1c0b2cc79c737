import type { Logger } from 'pino';
import type { Actor } from '../domain/actor';
import type { CaseStore } from '../services/ports/cases';
import type { LaneLeases } from '../services/ports/lanes';
import type { TargetFor } from './targets/target';

/** What delivery needs from the rest of Warmline. */
export interface DeliveryDeps {
  readonly cases: CaseStore;
  readonly leases: LaneLeases;
  readonly targetFor: TargetFor;
  readonly log: Logger;
  /** Business time: a delayed message is not sent before its time. */
  readonly now: () => Date;
  /** Admins who get what even the fallback channel cannot take, one after the other. */
  readonly lastResorts: readonly Actor[];
  /** A message was given up and is kept as failed. Must not throw or block. */
  readonly onGivenUp: () => void;
  /** How long a queue waits for someone to let the app post again, ms. */
  readonly repairMs: number;
  /** How often leases are renewed and forgotten queues looked for, ms. */
  readonly heartbeatMs: number;
  /** How long notified queues are collected, ms. */
  readonly gatherMs: number;
}

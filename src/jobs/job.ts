import type { Logger } from 'pino';
import type { ServiceDeps } from '../services/deps';

export interface JobDeps extends ServiceDeps {
  readonly log: Logger;
}

/** A job is idempotent: what it did is in the store, and a second run finds nothing left to do. Gives what it did, for the log. */
export type Job = (deps: JobDeps) => Promise<Record<string, number>>;

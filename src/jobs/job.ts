import type { Logger } from 'pino';
import type { Unpost } from '../domain/mailbox';
import type { Reception } from '../services/catch-up';
import type { ServiceDeps } from '../services/deps';
import type { SendLetter } from '../services/ports/letters';
import type { HeardUntil } from '../services/ports/watch';

export interface JobDeps extends ServiceDeps {
  readonly log: Logger;
  /** Called after every run with its duration, and whether it succeeded. */
  readonly onRun: (job: string, seconds: number, ok: boolean) => void;
  readonly sendLetter: SendLetter;
  readonly unpost: Unpost;
  readonly reception: Reception;
  readonly heardUntil: HeardUntil;
  /** Resolves when no one waits for this instance, or after `patienceMs`: for use between two steps of background work. */
  readonly givesWay: (patienceMs: number) => Promise<void>;
}

/**
 * A job is idempotent: its results are in the store, and a second run finds nothing left to do. Returns what it did,
 * for the log.
 */
export type Job = (deps: JobDeps) => Promise<Record<string, number>>;

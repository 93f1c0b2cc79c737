import type { Logger } from 'pino';
import type { Unpost } from '../domain/mailbox';
import type { ServiceDeps } from '../services/deps';
import type { SendLetter } from '../services/ports/letters';

export interface JobDeps extends ServiceDeps {
  readonly log: Logger;
  /** Called after every run with its duration, and whether it succeeded. */
  readonly onRun: (job: string, seconds: number, ok: boolean) => void;
  readonly sendLetter: SendLetter;
  readonly unpost: Unpost;
  /** Resolves when no one waits for this instance, or after `patienceMs`: for between two background steps. */
  readonly givesWay: (patienceMs: number) => Promise<void>;
}

/** Idempotent: its results are stored, and a second run finds nothing to do. Returns what it did, for the log. */
export type Job = (deps: JobDeps) => Promise<Record<string, number>>;

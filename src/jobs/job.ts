import type { Logger } from 'pino';
import type { Unpost } from '../domain/mailbox';
import type { Hearing } from '../services/catch-up';
import type { ServiceDeps } from '../services/deps';
import type { SendLetter } from '../services/ports/letters';
import type { HeardUntil } from '../services/ports/watch';

export interface JobDeps extends ServiceDeps {
  readonly log: Logger;
  /** Hears of every run: how long it took, and whether it went through. */
  readonly onRun: (job: string, seconds: number, ok: boolean) => void;
  readonly sendLetter: SendLetter;
  readonly unpost: Unpost;
  readonly hearing: Hearing;
  readonly heardUntil: HeardUntil;
  /** Resolves when nobody waits for this instance, or after so long, ms: between two steps of what can wait. */
  readonly givesWay: (patienceMs: number) => Promise<void>;
}

/** A job is idempotent: what it did is in the store, and a second run finds nothing left to do. Gives what it did, for the log. */
export type Job = (deps: JobDeps) => Promise<Record<string, number>>;

import type { Calendar } from '../domain/calendar';
import type { Engine, JobRun } from '../domain/health';
import type { Policy } from '../domain/policy';
import { within } from './deadline';
import type { ServiceDeps } from './deps';
import type { Backlog } from './ports/cases';

/** Warmline's state; what could not be read in time is null. */
export interface Health {
  readonly engine: Engine | null;
  readonly backlog: Backlog | null;
  readonly runs: readonly JobRun[] | null;
  readonly policy: Policy | null;
  /** Calendars that cannot be read, longest first. */
  readonly calendars: readonly Calendar[] | null;
}

/** How long a page waits for each of them, ms. */
const PATIENCE_MS = 1200;
const MOST_CALENDARS = 10;

/** The state of the database, the message queue and the jobs. Never rejects: no answer is information, too. */
export async function healthOf(
  { engine, cases, jobRuns, directory, calendars }: ServiceDeps,
  onFault: (error: unknown) => void,
): Promise<Health> {
  const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
    within(PATIENCE_MS, asked).catch((error: unknown) => {
      onFault(error);
      return null;
    });
  const [told, backlog, runs, policy, failing] = await Promise.all([
    orNull(engine()),
    orNull(cases.backlog()),
    orNull(jobRuns.all()),
    orNull(directory.policy()),
    orNull(calendars.failing(MOST_CALENDARS)),
  ]);
  return { engine: told, backlog, runs, policy, calendars: failing };
}

import { type ScheduledTask, schedule } from 'node-cron';
import type { JobRun } from '../domain/health';
import { audit } from './audit';
import { calendars } from './calendars';
import { catchUp } from './catch-up';
import { deliver } from './deliver';
import { digest, weekly } from './digest';
import type { Job, JobDeps } from './job';
import { lapse } from './lapse';
import { letters } from './letters';
import { nudge } from './nudge';
import { prove } from './prove';
import { purge } from './purge';
import { watch } from './watch';
import { createWatchdog } from './watchdog';
import { words } from './words';

/** Everything that runs by itself. None is started again while its last run continues. */
export const JOBS: readonly { name: string; cron: string; timeZone: string; run: Job; deletes?: true }[] = [
  { name: 'nudge', cron: '* * * * *', timeZone: 'UTC', run: nudge },
  { name: 'catch_up', cron: '* * * * *', timeZone: 'UTC', run: catchUp },
  { name: 'deliver', cron: '* * * * *', timeZone: 'UTC', run: deliver },
  { name: 'lapse', cron: '* * * * *', timeZone: 'UTC', run: lapse },
  { name: 'watch', cron: '* * * * *', timeZone: 'UTC', run: watch },
  { name: 'digest', cron: '* * * * *', timeZone: 'UTC', run: digest },
  { name: 'weekly', cron: '*/10 * * * *', timeZone: 'UTC', run: weekly },
  { name: 'audit', cron: '*/10 * * * *', timeZone: 'UTC', run: audit },
  { name: 'calendars', cron: '*/10 * * * *', timeZone: 'UTC', run: calendars },
  { name: 'letters', cron: '* * * * *', timeZone: 'UTC', run: letters },
  { name: 'prove', cron: '*/10 * * * *', timeZone: 'UTC', run: prove },
  { name: 'purge', cron: '*/10 * * * *', timeZone: 'UTC', run: purge, deletes: true },
  { name: 'words', cron: '*/10 * * * *', timeZone: 'UTC', run: words },
];

/** The minutes between two runs of a schedule in the table. */
const everyMinutes = (cron: string) => Number(/^\*\/(\d+)/.exec(cron)?.[1] ?? 1);

/** Runs a job now and returns and logs what it did. A failure is logged and returns null; the next run tries again. */
export async function runJob(
  deps: JobDeps,
  { name, cron, run }: (typeof JOBS)[number],
): Promise<Readonly<Record<string, number>> | null> {
  const startedAt = performance.now();
  const sinceStart = () => Math.round(performance.now() - startedAt);
  const at = deps.now();
  const took = async (did: JobRun['did'], fault: string | null) => {
    const ms = sinceStart();
    deps.onRun(name, ms / 1000, did !== null);
    await deps.jobRuns.keep({ name, everyMinutes: everyMinutes(cron), at, ms, did, fault }).catch((error: unknown) => {
      deps.log.warn({ err: error, job: name }, 'the run of a job could not be saved for the health page');
    });
  };
  try {
    const did = await run(deps);
    const busy = Object.values(did).some((count) => count > 0);
    deps.log[busy ? 'info' : 'debug']({ job: name, ms: sinceStart(), ...did }, 'job done');
    await took(did, null);
    return did;
  } catch (error) {
    deps.log.error({ err: error, job: name }, 'job failed; its next run tries again');
    await took(null, error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** A run that takes longer than this waits for an answer that never comes, ms. Two runs at once are like two instances. */
const LONGEST_RUN_MS = 30 * 60_000;

/**
 * Starts the table's schedules. A run that still continues when the next is due is not started twice. `hold`: a stop
 * waits for it.
 */
export function startJobs(deps: JobDeps, hold: (run: Promise<unknown>) => Promise<unknown>): { stop(): Promise<void> } {
  const running = new Map<string, number>();
  const run = (job: (typeof JOBS)[number]) => {
    const [now, since] = [performance.now(), running.get(job.name)];
    if (since !== undefined && now - since < LONGEST_RUN_MS) return;
    if (since !== undefined)
      deps.log.error({ job: job.name }, 'a job has not ended for half an hour; it is started again');
    watchdog.started(job.name);
    running.set(job.name, now);
    void hold(runJob(deps, job)).finally(() => running.get(job.name) === now && running.delete(job.name));
  };
  // A late run is never skipped: the database decides what is due.
  const options = { missedExecutionTolerance: Number.POSITIVE_INFINITY };
  const scheduled = (): ScheduledTask[] =>
    JOBS.map((job) => schedule(job.cron, () => run(job), { ...options, name: job.name, timezone: job.timeZone }));
  const periods = new Map(JOBS.map(({ name, cron }) => [name, everyMinutes(cron) * 60_000]));
  const watchdog = createWatchdog(periods, {
    clockMoved(by) {
      deps.log.warn(by, 'the clock of this machine was set, or the machine was paused: every job runs now');
      for (const task of tasks) void task.destroy();
      tasks = scheduled();
      for (const job of JOBS) run(job);
    },
    overdue: (name) => JOBS.filter((job) => job.name === name).forEach(run),
  });
  let tasks = scheduled();
  return {
    async stop() {
      watchdog.stop();
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}

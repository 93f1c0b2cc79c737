import { type ScheduledTask, schedule } from 'node-cron';
import type { Job, JobDeps } from './job';
import { nudge } from './nudge';
import { remind } from './remind';

/** Everything that runs by itself, at a glance. */
export const JOBS: readonly { name: string; cron: string; timeZone: string; run: Job }[] = [
  { name: 'nudge', cron: '* * * * *', timeZone: 'UTC', run: nudge },
  { name: 'remind', cron: '* * * * *', timeZone: 'UTC', run: remind },
];

/** Runs one job now and logs what it did; a failure is logged and the next tick tries again. */
export async function runJob(deps: JobDeps, { name, run }: (typeof JOBS)[number]): Promise<void> {
  const startedAt = Date.now();
  try {
    const did = await run(deps);
    const busy = Object.values(did).some((count) => count > 0);
    deps.log[busy ? 'info' : 'debug']({ job: name, ms: Date.now() - startedAt, ...did }, 'job done');
  } catch (error) {
    deps.log.error({ err: error, job: name }, 'job failed; its next run tries again');
  }
}

/** Starts the table's schedules. A run that still goes on when the next is due is not started twice. */
export function startJobs(deps: JobDeps): { stop(): Promise<void> } {
  const tasks: ScheduledTask[] = JOBS.map((job) =>
    schedule(job.cron, () => runJob(deps, job), { name: job.name, timezone: job.timeZone, noOverlap: true }),
  );
  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}

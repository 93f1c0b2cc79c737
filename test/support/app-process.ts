import { createApp, type Timing } from '../../src/app';
import { readConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import { catchUnhandled } from '../../src/unhandled';

/** Warmline in its own process, as `src/main.ts` starts it, with a test's timing and its workspace's clock. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const timing: Partial<Timing> = JSON.parse(process.env.TEST_TIMING ?? '{}');
  const offsetMs = Number(process.env.TEST_CLOCK_OFFSET_MS ?? 0);
  const log = makeLog(read.config);
  const app = await createApp({
    config: read.config,
    log,
    unwatched: catchUnhandled(log),
    now: () => new Date(Date.now() + offsetMs),
    timing,
    schedule: process.env.TEST_SCHEDULE === 'cron' ? 'cron' : 'by_hand',
  });
  process.once('SIGTERM', async () => {
    await app.stop();
    process.exit(0);
  });
  process.on('SIGUSR2', () => app.runJobs());
  await app.start();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

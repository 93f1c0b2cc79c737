import { createApp, type Timing } from '../../src/app';
import { readConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import { catchUnhandled } from '../../src/unhandled';
import type { Answer, Ask } from './app-protocol';
import { setClock } from './shifted-clock';

const MB = 1024 * 1024;
const tell = (answer: Answer) => process.send?.(answer);

/** Warmline as `main.ts` starts it, with a soak's timing and a settable clock. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const timing: Partial<Timing> = JSON.parse(process.env.SOAK_TIMING ?? '{}');
  setClock(Number(process.env.SOAK_CLOCK_OFFSET_MS ?? 0));
  const log = makeLog(read.config);
  const app = await createApp({
    config: read.config,
    log,
    timing,
    schedule: 'by_hand',
    unwatched: catchUnhandled(log),
  });
  let running = false;
  /** Like the schedule: none is started again while its last run continues. */
  const runJobs = async () => {
    if (running) return;
    running = true;
    await app.runJobs().finally(() => {
      running = false;
    });
  };
  process.on('message', (message: Ask) => {
    if (message.ask === 'clock') setClock(message.offsetMs);
    if (message.ask === 'jobs') void runJobs();
    if (message.ask === 'memory') tell({ is: 'memory', usedMb: kept() });
  });
  process.once('disconnect', () => process.exit(1)); // the driver is gone
  process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
  await app.start();
  tell({ is: 'ready' });
}

/** The heap after garbage collection, MB: resident memory depends on when V8 collects on a busy machine. */
function kept(): number {
  gc?.();
  return Math.round(process.memoryUsage().heapUsed / MB);
}

main().catch((error: unknown) => {
  console.error('Warmline could not start:', error instanceof Error ? error.message : error);
  process.exit(1);
});

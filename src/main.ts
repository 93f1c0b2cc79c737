import 'dotenv/config';
import { createApp } from './app';
import { readConfig } from './config';
import { makeLog } from './log';
import { catchUnwatched } from './unwatched';

/** A stop that takes longer is cut short, ms: orchestrators kill after 30 s. */
const LONGEST_STOP_MS = 20_000;

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error(`Warmline cannot start:\n${read.faults.map((fault) => `  - ${fault}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  const log = makeLog(read.config);
  const unwatched = catchUnwatched(log);
  const created = createApp({ config: read.config, log, unwatched });

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping: no new work is taken, work in progress is finished');
    setTimeout(() => {
      log.warn('the stop is cut short: unfinished work is looked up at the next start');
      process.exit(0);
    }, LONGEST_STOP_MS).unref();
    created
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopped with an error');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const app = await created;
  if (!stopping) await app.start();
}

main().catch((error: unknown) => {
  console.error('Warmline could not start:', error instanceof Error ? error.message : error);
  process.exit(1);
});

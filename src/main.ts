import './early-stop';
import 'dotenv/config';
import { createApp } from './app';
import { readConfig } from './config';
import { makeLog } from './log';
import { catchUnhandled } from './unhandled';

/** A longer stop is cut short, ms: orchestrators kill after 30 s. */
const LONGEST_STOP_MS = 20_000;

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error(`Warmline cannot start:\n${read.faults.map((fault) => `  - ${fault}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  const log = makeLog(read.config);
  const unwatched = catchUnhandled(log);
  const onUnfit = (why: string) => {
    log.fatal(why);
    end(1);
  };
  const created = createApp({ config: read.config, log, unwatched, onUnfit });

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    log.info({ signal }, 'stopping: no new work is taken, work in progress is finished');
    end(0);
  };
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      log.warn('the stop is cut short: unfinished work is looked up at the next start');
      process.exit(code);
    }, LONGEST_STOP_MS).unref();
    created
      .then((app) => app.stop())
      .then(
        () => process.exit(code),
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

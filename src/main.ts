import 'dotenv/config';
import { createApp } from './app';
import { readConfig } from './config';
import { makeLog } from './log';

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error(`Warmline cannot start:\n${read.faults.map((fault) => `  - ${fault}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  const log = makeLog(read.config);
  const app = await createApp({ config: read.config, log });

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping: no new work is taken, what is in hand is finished');
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopped with an error');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await app.start();
}

main().catch((error: unknown) => {
  console.error('Warmline could not start:', error instanceof Error ? error.message : error);
  process.exit(1);
});

import { createApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import { answerSuite } from './app-protocol';

/** Warmline as `main.ts` starts it, with the rhythm of posts that the suite sets. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const postIntervalMs = Number(process.env.BENCH_POST_INTERVAL_MS);
  const app = await createApp({ config: read.config, log: makeLog(read.config), timing: { postIntervalMs } });
  await app.start();
  answerSuite(async ({ ask }) => {
    if (ask === 'idle') return app.delivered();
    if (ask === 'stop') return app.stop();
    throw new Error(`Warmline cannot be asked to ${ask}.`);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

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
  let purging: { on: boolean; over: Promise<void> } | null = null;
  const purge = (on: boolean): Promise<void> => {
    if (on) {
      const run = { on, over: Promise.resolve() };
      run.over = (async () => {
        while (run.on) await app.runJobs('purge');
      })();
      purging = run;
      return Promise.resolve();
    }
    if (purging) purging.on = false;
    return purging?.over ?? Promise.resolve();
  };
  answerSuite(async (message) => {
    const { ask } = message;
    if (ask === 'purge') return purge(message.on);
    if (ask === 'idle') return app.delivered();
    if (ask === 'stop') {
      await purge(false);
      return app.stop();
    }
    throw new Error(`Warmline cannot be asked to ${ask}.`);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

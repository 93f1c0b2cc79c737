import mongoose, { type mongo } from 'mongoose';
import { createApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { makeLog } from '../../src/log';
import { answerSuite } from './app-protocol';

/** Warmline as `main.ts` starts it, with the suite's rate of posts. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const postIntervalMs = Number(process.env.BENCH_POST_INTERVAL_MS);
  const app = await createApp({ config: read.config, log: makeLog(read.config), timing: { postIntervalMs } });
  const commands = overheard();
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
    if (ask === 'purge') await purge(message.on);
    else if (ask === 'idle') await app.delivered();
    else if (ask === 'stop') {
      await purge(false);
      await app.stop();
    } else if (ask === 'commands') return { is: 'commands', commands: commands.splice(0) };
    else throw new Error(`Warmline cannot be asked to ${ask}.`);
    return undefined;
  });
}

/** The commands sent to the database, if its address asks the driver to report them. */
function overheard(): string[] {
  const commands: string[] = [];
  for (const connection of mongoose.connections.slice(1))
    connection.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
      commands.push(`${command[commandName]}.${commandName}`);
    });
  return commands;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

import { startDatabase } from '../../sandbox/database';
import { buildApps } from './app-process';
import { delivery } from './delivery';
import { exports } from './export';
import { fleet } from './fleet';
import { history } from './history';
import { home } from './home';
import { insert } from './insert';
import { intake } from './intake';
import { memory } from './memory';
import { million } from './million';
import { purge } from './purge';
import { start } from './start';
import { sweep } from './sweep';

const SUITES = {
  intake,
  insert,
  memory,
  start,
  delivery,
  fleet,
  export: exports,
  sweep,
  home,
  history,
  purge,
  million,
};
type Suite = keyof typeof SUITES;
/** These take an hour, and run only when named. */
const LONG: readonly string[] = ['million'] satisfies Suite[];

/** `npm run bench [-- suite …]`: one JSON line per suite on stdout, progress on stderr. */
async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in SUITES));
  const all = Object.keys(SUITES);
  if (unknown.length) throw new Error(`There is no suite ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  const progress = (line: string) => void process.stderr.write(`${line}\n`);

  await buildApps();
  const database = await startDatabase({ log: progress });
  const { engine, hasSecondaryIndexes } = database;
  try {
    for (const suite of (asked.length ? asked : all.filter((name) => !LONG.includes(name))) as Suite[]) {
      progress(`${suite}: started`);
      const figures = await SUITES[suite](database, progress);
      process.stdout.write(`${JSON.stringify({ suite, engine, hasSecondaryIndexes, ...figures })}\n`);
    }
  } finally {
    await database.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

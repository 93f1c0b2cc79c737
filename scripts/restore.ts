import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import dotenv from 'dotenv';
import { readToolConfig } from '../src/config';
import { checkBackup, restoreLines } from '../src/db/backup';
import { connect } from '../src/db/connection';
import { dataVersion } from '../src/db/data-version';
import { makeLog } from '../src/log';

const USAGE = `Puts a backup into an empty database.

  npm run restore -- FILE.gz [--over]

  --over   replaces whatever is in the database; the counters of references never go back
No instance of Warmline may run on it meanwhile. A restore that was cut short is run again as it was. Then check the
records: npm run records -- FILE.ndjson && npm run verify -- FILE.ndjson
Exit code: 0 restored, 1 not restored (what went wrong is said).`;
/** An instance increments its beat more often than this. */
const BEAT_MS = 3_000;

/** Restores a backup into the configured database; returns the exit code. */
async function restore(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<0 | 1> {
  const wanted = readArguments(args);
  if (!wanted) {
    say(USAGE);
    return args.includes('--help') ? 0 : 1;
  }
  const read = readToolConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) say(fault);
    return 1;
  }
  let connection: Awaited<ReturnType<typeof connect>> | null = null;
  try {
    connection = await connect(read.config.mongodbUri, makeLog({ ...read.config, logLevel: 'silent' }));
    if (connection.readyState !== 1)
      throw new Error('the database at MONGODB_URI does not answer: start it or correct the address');
    if (await someoneRuns(dataVersion(connection)))
      throw new Error('an instance of Warmline runs on this database: stop all of them first');
    // All of it, before anything is replaced.
    await checkBackup(linesOf(wanted.path));
    const counts = await restoreLines(connection, linesOf(wanted.path), { ...wanted, now: new Date() });
    for (const [name, count] of Object.entries(counts)) say(`${name}: ${count.toLocaleString('en-US')}`);
    say('Restored. Check the records: npm run records -- FILE.ndjson && npm run verify -- FILE.ndjson');
    return 0;
  } catch (error) {
    say(`The backup was not restored: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await connection?.close();
  }
}

function readArguments(args: readonly string[]): { path: string; over: boolean } | null {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: { over: flag, help: flag },
  });
  const [path, ...more] = positionals;
  const isKnown = Object.entries(values).every(([name, value]) => name === 'over' || value === false);
  return path && !more.length && isKnown ? { path, over: values.over === true } : null;
}

/** Whether an instance's beat changes; a dead one's does not. */
async function someoneRuns(data: ReturnType<typeof dataVersion>): Promise<boolean> {
  const before = await data.running();
  if (!before.length) return false;
  await sleep(BEAT_MS);
  const beats = new Map(before.map(({ id, beat }) => [id, beat]));
  return (await data.running()).some(({ id, beat }) => beats.get(id) !== beat);
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const packed = createReadStream(path).on('error', (error) => unpacked.destroy(error));
  let rest = '';
  for await (const chunk of packed.pipe(unpacked).setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

dotenv.config({ quiet: true });
void restore(process.argv.slice(2), process.env, (line) => console.log(line)).then((code) => {
  process.exitCode = code;
});

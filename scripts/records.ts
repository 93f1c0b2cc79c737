import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import dotenv from 'dotenv';
import { createApp } from '../src/app';
import { readConfig } from '../src/config';
import { makeLog } from '../src/log';
import { exportRecords } from '../src/services/proof/export-records';

const USAGE = `Writes all records, with their whole history, into one file that proves itself.

  npm run records -- FILE.ndjson
  npm run verify -- FILE.ndjson

The file holds what people wrote: keep it as safe as the database. It must not be there yet. docs/records.md has its format.
Exit code: 0 written, 1 not written (what went wrong is said).`;

/** Writes the records of the configured database to a new file; returns the exit code. */
export async function writeRecords(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<0 | 1> {
  const [path, ...more] = args;
  if (!path || more.length || path.startsWith('-')) {
    say(USAGE);
    return path === '--help' ? 0 : 1;
  }
  const read = readConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) say(fault);
    return 1;
  }
  const log = makeLog({ ...read.config, logLevel: 'error' }, process.stderr);
  let app: Awaited<ReturnType<typeof createApp>> | null = null;
  try {
    app = await createApp({ config: read.config, log });
    const { jobDeps } = app;
    const why = await app.unfit();
    if (why) throw new Error(why);
    const cases = await written(path, (write) => exportRecords(jobDeps, write));
    say(
      `${cases === 1 ? '1 case is' : `${cases.toLocaleString('en-US')} cases are`} in ${path}. Check it: npm run verify -- ${path}`,
    );
    return 0;
  } catch (error) {
    say(`The records were not written: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await app?.stop();
  }
}

/** Writes a new file; half of one, as on a full disk, is removed again. */
async function written<T>(path: string, all: (write: (line: string) => Promise<void>) => Promise<T>): Promise<T> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(file, 'open');
  // The next write gets it, or the end.
  file.on('error', () => undefined);
  try {
    const result = await all(async (line) => {
      if (file.errored) throw file.errored;
      if (!file.write(line)) await once(file, 'drain');
    });
    file.end();
    await finished(file);
    return result;
  } catch (error) {
    file.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

if (require.main === module) {
  dotenv.config({ quiet: true });
  void writeRecords(process.argv.slice(2), process.env, (line) => console.log(line)).then((code) => {
    process.exitCode = code;
  });
}

import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import dotenv from 'dotenv';
import { readToolConfig } from '../src/config';
import { backupLines } from '../src/db/backup';
import { connect } from '../src/db/connection';
import { makeLog } from '../src/log';

const USAGE = `Writes everything in the database into one file, while Warmline runs.

  npm run backup -- FILE.gz
  npm run restore -- FILE.gz

The file holds what people wrote: keep it as safe as the database. It must not be there yet. docs/operations.md says what
the backup holds together. MONGODB_URI and SLACK_BOT_TOKEN come from the environment or from .env.
Exit code: 0 written, 1 not written (what went wrong is said).`;

/** Writes a backup of the configured database to a new file; returns the exit code. */
async function backUp(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<0 | 1> {
  const [path, ...more] = args;
  if (!path || more.length || path.startsWith('-')) {
    say(USAGE);
    return path === '--help' ? 0 : 1;
  }
  const read = readToolConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) say(fault);
    return 1;
  }
  let connection: Awaited<ReturnType<typeof connect>> | null = null;
  let isOurs = false;
  try {
    connection = await connect(read.config.mongodbUri, makeLog({ ...read.config, logLevel: 'silent' }));
    if (connection.readyState !== 1)
      throw new Error('the database at MONGODB_URI does not answer: start it or correct the address');
    const file = await open(path, 'wx', 0o600);
    isOurs = true;
    const from = connection;
    const lines = { count: 0 };
    const counted = async function* () {
      for await (const line of backupLines(from, new Date())) {
        lines.count++;
        yield line;
      }
    };
    await pipeline(Readable.from(counted()), createGzip(), file.createWriteStream({ flush: true }));
    say(`${(lines.count - 2).toLocaleString('en-US')} documents are in ${path}. Keep it as safe as the database.`);
    return 0;
  } catch (error) {
    if (isOurs) await rm(path, { force: true });
    say(`No backup was written: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await connection?.close();
  }
}

dotenv.config({ quiet: true });
void backUp(process.argv.slice(2), process.env, (line) => console.log(line)).then((code) => {
  process.exitCode = code;
});

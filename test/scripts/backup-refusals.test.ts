import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { RESTORE } from '../../src/db/data-version';
import { freshDatabase } from '../support/engine';
import { program } from '../support/programs';
import { DEMO } from './importing';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let folder: string;
let backup: string;
beforeEach(async () => {
  [database, folder] = [await freshDatabase(), await mkdtemp(join(tmpdir(), 'backup-'))];
  connection = await connect(database.uri, pino({ level: 'silent' }));
  backup = join(folder, 'warmline.gz');
  await areas().insertMany([{ _id: 'West' }, { _id: 'East' }]);
});
afterEach(async () => {
  await connection.close();
  await database.drop();
  await rm(folder, { recursive: true });
});
const areas = () => connection.collection<{ _id: string }>('areas');

/** Runs a tool in a process of its own. */
function run(
  tool: 'backup' | 'restore' | 'records' | 'person' | 'import',
  args: readonly string[],
  uri = database.uri,
) {
  const slack = { SLACK_MODE: 'http', SLACK_BOT_TOKEN: 'xoxb-drill', SLACK_SIGNING_SECRET: 'drill-drill' };
  const env = { PATH: process.env.PATH, MONGODB_URI: uri, ...slack };
  return new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [program(`scripts/${tool}.ts`), ...args], { env, cwd: folder }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), said: out + err }),
    );
  });
}

it('replaces nothing with a backup of which a part is missing', async () => {
  expect(await run('backup', [backup])).toMatchObject({ code: 0 });
  await areas().insertOne({ _id: 'North' });
  const whole = await readFile(backup);
  const lines = gunzipSync(whole).toString().split('\n');
  const cut = [
    whole.subarray(0, whole.length - 20),
    gzipSync(lines.slice(0, -2).join('\n')),
    gzipSync(lines.filter((line) => !line.includes('"West"')).join('\n')),
  ];
  for (const [i, bytes] of cut.entries()) {
    await writeFile(join(folder, `${i}.gz`), bytes);
    const { code, said } = await run('restore', [join(folder, `${i}.gz`), '--over']);
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/^The backup was not restored: .*(incomplete|end of file)/),
    ]);
    expect(await areas().distinct('_id')).toEqual(['East', 'North', 'West']);
    expect(await connection.collection('schema').countDocuments()).toBe(0);
  }
  expect(await run('restore', [backup, '--over'])).toMatchObject({ code: 0 });
  expect(await areas().distinct('_id')).toEqual(['East', 'West']);
});

it.each([
  ['backup', 'all.gz'],
  ['records', 'all.ndjson'],
  ['person', 'find', '--phone', '555-010-4477'],
  ['import', '--areas', `${DEMO}/areas.csv`],
] as const)('does nothing with data of which a restore has brought only a part: %s', async (tool, ...args) => {
  await connection.collection<{ _id: string }>('schema').insertOne({ _id: RESTORE });
  const { code, said } = await run(tool, args);
  expect([code, said]).toEqual([1, expect.stringContaining('A restore into this database did not finish')]);
  expect(await readdir(folder)).toEqual([]);
});

it.each(['backup', 'restore', 'records'] as const)('says in a sentence why %s cannot connect', async (tool) => {
  const { code, said } = await run(tool, [backup], 'mongodb://warmline:s3cret-p%zz@localhost/warmline');
  expect(code).toBe(1);
  expect(said).toMatch(/^(No backup was written|The \w+ (was|were) not \w+): MONGODB_URI cannot be used/);
  expect(said).not.toMatch(/s3cret|\n.*\n/);
});

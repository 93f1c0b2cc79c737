import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/db/connection';
import { ROOT } from '../support/compiled';
import { freshDatabase } from '../support/engine';
import { fileFeedback } from '../support/feedback';
import { program } from '../support/programs';
import { startWorld, type World } from '../support/world';

const folder = mkdtempSync(join(tmpdir(), 'warmline-backup-'));
let target: Awaited<ReturnType<typeof freshDatabase>>;
let world: World;
beforeAll(async () => {
  target = await freshDatabase();
  world = await startWorld();
});
afterAll(async () => {
  await world.stop();
  await target.drop();
  rmSync(folder, { recursive: true });
});

/** Runs a script like a person, in its own process. */
function run(script: string, args: readonly string[], uri = world.databaseUri, command = process.execPath) {
  const { botToken, appToken, apiUrl } = world.workspace;
  const env = {
    PATH: process.env.PATH,
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: uri,
  };
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = execFile(command, [script, ...args], { cwd: ROOT, env }, (_error, out, err) =>
      resolve({ code: child.exitCode, said: out + err }),
    );
  });
}
const script = (name: string) => program(`scripts/${name}.ts`);

it('backs up while cases are filed, restores elsewhere, and the records verify', async () => {
  const file = join(folder, 'warmline.gz');
  await fileFeedback(world.workspace.as('amira'), '840000');
  let backing = true;
  const backup = run(script('backup'), [file]).finally(() => {
    backing = false;
  });
  let sj = 840_001;
  while (backing) await fileFeedback(world.workspace.as('amira'), String(sj++));
  expect(await backup).toMatchObject({ code: 0, said: expect.stringContaining(`documents are in ${file}`) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // Nothing is overwritten: no file, no database that an instance uses. Half a file is not a backup.
  const half = join(folder, 'half.gz');
  writeFileSync(half, readFileSync(file).subarray(0, statSync(file).size / 2));
  const refused = await Promise.all([
    run(script('backup'), [file]),
    run(script('restore'), [file, '--over']),
    run(script('restore'), [half], target.uri),
  ]);
  expect(refused.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(refused[0]?.said).toContain('EEXIST');
  expect(refused[1]?.said).toContain('an instance of Warmline runs on this database');

  expect(await run(script('restore'), [file], target.uri)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^cases: [1-9]/m),
  });
  const records = join(folder, 'records.ndjson');
  // The disk is full after 4 KB: half a file is no proof, and does not keep the next one away.
  const full = await run(
    '-c',
    [`ulimit -f 8; exec '${process.execPath}' '${script('records')}' '${records}'`],
    target.uri,
    'sh',
  );
  expect(full).toMatchObject({ code: 1, said: expect.stringMatching(/^The records were not written: EFBIG/m) });
  expect((await run(script('records'), [records], target.uri)).code).toBe(0);
  const verified = await run(join(ROOT, 'src/proof/verify.cjs'), [records]);
  expect(verified).toMatchObject({ code: 0 });

  const connection = await connect(target.uri, world.log);
  const cases = await connection.collection<{ _id: string; ref: string }>('cases').find().toArray();
  const counter = await connection
    .collection<{ _id: string; last: number }>('counters')
    .findOne({ _id: 'sp_feedback' });
  await connection.close();
  expect(cases.length).toBeGreaterThan(0);
  for (const { ref } of cases) expect(Number(ref.slice(4))).toBeLessThanOrEqual(counter?.last ?? 0);
}, 60_000);

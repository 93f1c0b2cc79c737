import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from 'mongoose';
import { writeRecords } from '../../scripts/records';
import { connect } from '../../src/db/connection';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { openRecords } from './records';

const VERIFIER = join(__dirname, '../../src/proof/verify.cjs');

let work: CaseWork;
let connection: Connection;
let folder: string;
beforeAll(async () => {
  work = await startCaseWork();
  connection = await connect(work.world.databaseUri, work.world.log);
  folder = await mkdtemp(join(tmpdir(), 'records-'));
});
afterAll(async () => {
  await connection.close();
  await work.stop();
  await rm(folder, { recursive: true });
});

/** Checks a share of the records, as the schedule does, and delivers the messages. */
async function prove(): Promise<void> {
  for (const job of ['prove', 'audit', 'letters']) await work.world.app.runJobs(job);
  await work.world.settled();
}
const alarmsTold = () =>
  work
    .as('ada')
    .dm()
    .filter(({ text }) => text.startsWith('Warmline raised'));

it('a record changed in the database raises an alarm that names the case and the event, until it is restored', async () => {
  const { stored } = await work.file(work.as('amira'));
  const other = await work.file(work.as('amira'));
  await prove();
  expect(alarmsTold()).toEqual([]);

  const documents = connection.collection<{ _id: string }>('cases');
  const before = await documents.findOne({ _id: stored.id });
  if (!before) throw new Error('the case');
  await documents.updateOne({ _id: stored.id }, { $set: { 'events.0.data.sp.account': 'ACC200' } });
  await prove();
  const [told] = alarmsTold();
  expect(JSON.stringify(told?.blocks)).toContain(`The record of ${stored.ref} does not hold at event 1`);
  expect(JSON.stringify(told?.blocks)).not.toContain(other.stored.ref);
  await prove();
  expect(alarmsTold()).toHaveLength(1);

  await documents.replaceOne({ _id: stored.id }, before);
  work.world.workspace.clock.advance(HOUR);
  await prove();
  expect(await connection.collection('alarms').countDocuments({ kind: 'broken_record' })).toBe(0);
});

it('the hash of all records is posted once a day where the policy says, and covers what changed since', async () => {
  const { channels } = work.world.workspace.ids;
  const records = await openRecords(work.world);
  const policy = await records.directory.policy();
  await records.directory.savePolicy(
    { ...policy, channels: { ...policy.channels, proof: channels['admin-review'] ?? '' } },
    'a test',
  );
  await records.close();
  const posted = () => work.world.workspace.messages('admin-review').filter(({ text }) => text.startsWith('Anchor'));
  const newest = async () =>
    (await connection.collection<{ _id: number; hash: string }>('anchors').find().sort({ _id: -1 }).toArray())[0];

  work.world.workspace.clock.advance(24 * HOUR);
  await prove();
  await prove();
  const first = await newest();
  expect(posted().map(({ text }) => text)).toEqual([`Anchor ${first?._id} of the records: ${first?.hash}`]);
  await work.file(work.as('amira'));
  work.world.workspace.clock.advance(24 * HOUR);
  await prove();
  expect(posted()).toHaveLength(2);
  expect((await newest())?._id).toBe((first?._id ?? 0) + 1);
});

it('all records go into one file, which a single-file verifier proves on plain Node', async () => {
  const { botToken, appToken, apiUrl, ids } = work.world.workspace;
  const env = {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: work.world.databaseUri,
    ADMIN_USERS: ids.users.ada,
  };
  // As copied from a document: its line ends are not those of a file.
  await work.file(work.as('amira'), { details: 'No one came.\u2028They called twice.\u2029\u0085Then\vnothing.' });
  const said: string[] = [];
  const path = join(folder, 'all.ndjson');
  expect(await writeRecords([path], env, (line) => void said.push(line))).toBe(0);
  const cases = await connection.collection('cases').countDocuments();
  expect(said).toEqual([`${cases} cases are in ${path}. Check it: npm run verify -- ${path}`]);
  expect(await writeRecords([path], env, (line) => void said.push(line))).toBe(1);
  expect(said.at(-1)).toContain('The records were not written');

  const verify = (file: string) => promisify(execFile)(process.execPath, [VERIFIER, file], { cwd: folder });
  expect((await verify(path)).stdout).toContain('whole.');
  const received = join(folder, 'anchors.ndjson');
  const hashes = (await readFile(path, 'utf8')).split('\n').flatMap((line) => JSON.parse(line || '{}').anchor ?? []);
  const compare = async (lines: readonly object[]) => {
    await writeFile(received, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return promisify(execFile)(process.execPath, [VERIFIER, path, '--anchors', received], { cwd: folder });
  };
  const [one, ...more] = hashes.map(({ number, hash }) => ({ type: 'records.anchored', data: { number, hash } }));
  expect((await compare([one ?? {}, ...more])).stdout).toContain('whole.');
  const others = [
    { number: 1, hash: 'other' },
    { number: 99, hash: 'gone' },
  ];
  await expect(compare(others)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/anchor 1 is not the one that was received.*anchor 99 is missing/s),
  });
  const forged = join(folder, 'forged.ndjson');
  await writeFile(forged, (await readFile(path, 'utf8')).replace('"type":"filed"', '"type":"moved"'));
  await expect(verify(forged)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('event 1 was changed'),
  });
});

it('there is no channel for the hash until an admin chooses one', () => {
  expect(DEFAULT_POLICY.channels.proof).toBeNull();
});

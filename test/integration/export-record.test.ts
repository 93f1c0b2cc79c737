import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WebClient } from '@slack/web-api';
import { unzipSync } from 'fflate';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { fillForm } from '../support/fill-form';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';

const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4096, 7)]);

let work: CaseWork;
let folder: string;
beforeAll(async () => {
  work = await startCaseWork();
  folder = await mkdtemp(join(tmpdir(), 'record-'));
});
afterAll(async () => {
  await work.stop();
  await rm(folder, { recursive: true });
});

type Members = Record<string, Uint8Array>;
async function exported(who: Actor, card: MessageReading): Promise<{ name: string; members: Members }> {
  await work.open(who, 'Timeline', card);
  await who.press('Export record');
  const { files } = await who.waitForDm(({ text }) => text.includes('as it is now'));
  const { botToken, apiUrl } = work.world.workspace;
  const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: files[0] ?? '' });
  const response = await fetch(file?.url_private_download ?? '', { headers: { authorization: `Bearer ${botToken}` } });
  return { name: file?.name ?? '', members: unzipSync(new Uint8Array(await response.arrayBuffer())) };
}

/** Unpacks an export and verifies it, as its recipient would. */
async function verified(members: Members, name: string): Promise<{ code: number; stdout: string }> {
  const to = join(folder, name);
  for (const [path, content] of Object.entries(members)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), content);
  }
  return promisify(execFile)(process.execPath, [join(to, 'verify.cjs')]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
}
const text = (members: Members, path: string) => Buffer.from(members[path] ?? []).toString('utf8');

it('the record of a case is a readable file that proves itself, for people who may read it, and is on the access log', async () => {
  const [amira, rosa] = [work.as('amira'), work.as('rosa')];
  await openReport(amira, '/high-risk', 'ACC100 990001');
  await fillForm(amira, {
    ...UNSAFE,
    'What happened': 'He said <b>“I know where you live”</b>.',
    Evidence: [amira.upload('door.jpg', PHOTO)],
  });
  const stored = await fileReport(work.world, work.records, amira);
  const { name, members } = await exported(rosa, cardIn(work.world, stored, 'main'));

  expect(name).toBe(`${stored.ref}-record.zip`);
  expect(Object.keys(members).sort()).toEqual([
    'README.txt',
    'case.html',
    'case.json',
    'files/01-door.jpg',
    'manifest.json',
    'schema.json',
    'verify.cjs',
  ]);
  expect(Buffer.from(members['files/01-door.jpg'] ?? [])).toEqual(PHOTO);
  expect(text(members, 'case.html')).toContain('He said &lt;b&gt;“I know where you live”&lt;/b&gt;.');
  expect(text(members, 'case.html')).toContain('filed this');
  expect(JSON.parse(text(members, 'case.json'))).toMatchObject({
    format: 'warmline-case/1',
    case: { ref: stored.ref },
  });
  expect(await verified(members, 'whole')).toMatchObject({ code: 0, stdout: expect.stringContaining('whole.') });

  const forge = (path: string, from: string, to: string): Members => ({
    ...members,
    [path]: Buffer.from(text(members, path).replaceAll(from, to)),
  });
  for (const [forged, fault] of [
    [forge('case.json', 'I know where you live', 'Good day'), 'event 1 was changed'],
    [{ ...members, 'files/01-door.jpg': Buffer.alloc(PHOTO.length, 1) }, 'files/01-door.jpg was changed'],
    [forge('case.html', 'filed this', 'found this'), 'case.html was changed'],
    [{ ...members, 'files/02-more.jpg': PHOTO }, 'files/02-more.jpg is not part of the export'],
  ] as const)
    expect(await verified(forged, fault.replace(/\W/g, '-'))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(fault),
    });

  const connection = await connect(work.world.databaseUri, work.world.log);
  const reads = await connection.collection('access_log').find({ ref: stored.ref, how: 'record' }).toArray();
  await connection.close();
  expect(reads.map(({ who }) => who)).toEqual([rosa.id]);
});

it('people who may not read all of it, or do not answer for it, are not offered its record', async () => {
  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 990002');
  await amira.fill(UNSAFE);
  const stored = await fileReport(work.world, work.records, amira);
  const dana = work.as('dana');
  const seen = await work.open(dana, 'Timeline', cardIn(work.world, stored, 'area'));
  expect(seen.buttons).not.toContain('Export record');
  await dana.close();
});

import type { ServerResponse } from 'node:http';
import type { Actor } from '../../sandbox/workspace';
import { retryAll } from '../../src/services/failed-messages';
import type { StoredCase } from '../../src/services/ports/cases';
import { fillForm } from '../support/fill-form';
import { type Front, frontFor } from '../support/front';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4096, 7)]);
const SIGN_IN = '<!DOCTYPE html><html lang="en-US"><head><title>Sign in | Slack</title></head></html>';

let world: World;
let records: Records;
let front: Front;
let amira: Actor;
beforeAll(async () => {
  world = await startWorld({
    retry: { firstMs: 5, longestMs: 20 },
    between: frontFor((made) => {
      front = made;
    }),
  });
  records = await openRecords(world);
  amira = world.workspace.as('amira');
});
afterAll(async () => {
  await records.close();
  await world.stop();
});
afterEach(() => front.on('files.info', null));

let lastSj = 950_000;
/** From now on, people's files, or those with one name, are read from the proxy with this answer. */
function handsOut(answer: (response: ServerResponse) => void, origin = front.origin, only = ''): void {
  front.serve(answer);
  front.on('files.info', async (_args, forward) => {
    const body = await forward();
    const file = body.file as Record<string, unknown>;
    if (only && file.name !== only) return { body };
    const url = `${origin}/files/${String(file.id)}`;
    return { body: { ...body, file: { ...file, url_private: url, url_private_download: url } } };
  });
}
async function filed(content: Buffer, name = 'door.jpg'): Promise<StoredCase> {
  const photo = amira.upload(name, content);
  await openReport(amira, '/high-risk', `ACC100 ${++lastSj}`);
  await fillForm(amira, { ...UNSAFE, Evidence: [photo] });
  return fileReport(world, records, amira);
}
const repliesOf = (stored: StoredCase) => under(world, cardIn(world, stored, 'main'));
/** The case, once the file was given up. */
async function givenUp(ref: string): Promise<StoredCase> {
  return until(async () => {
    const stored = await records.of(ref);
    return stored.outbox.some(({ dead }) => dead !== null) && stored;
  }, `a message of ${ref} to be given up`);
}

it('is shared although the file has no name', async () => {
  front.on('files.info', async (_args, forward) => {
    const body = await forward();
    return { body: { ...body, file: { ...(body.file as object), name: null, mimetype: null } } };
  });
  const stored = await filed(JPEG);
  await until(() => repliesOf(stored).some(({ files }) => files.length === 1), 'the evidence in its thread');
});

it.each<[string, string, (response: ServerResponse) => void]>([
  [
    'a sign-in page',
    'file_no_access',
    (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN),
  ],
  [
    'a sign-in page that says it is a picture',
    'file_no_access',
    (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(SIGN_IN),
  ],
  [
    'a redirect to one',
    'file_no_access',
    (response) => response.writeHead(302, { location: 'https://acme.slack.com/' }).end(),
  ],
  ['nothing', 'file_empty', (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end()],
  [
    'a part',
    'file_cut_short',
    (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(JPEG.subarray(0, 100)),
  ],
  [
    'more than there is',
    'file_not_itself',
    (response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(Buffer.concat([JPEG, JPEG])),
  ],
])(
  'a file for which Slack returns %s is not shared: its thread says so once, and it can be tried again',
  async (_, fault, answer) => {
    handsOut(answer);
    const stored = await givenUp((await filed(JPEG)).ref);
    const [line] = await until(() => {
      const replies = repliesOf(stored);
      return replies.length ? replies : null;
    }, 'the line');
    expect(line?.content).toContain('Evidence 1 of 1 could not be shared here');
    expect(line?.content).toContain('Amira Haddad');
    expect(repliesOf(stored).flatMap(({ files }) => files)).toEqual([]);
    expect(stored.outbox.flatMap(({ content, dead }) => (dead ? [[content.type, dead]] : []))).toEqual([
      ['evidence', fault],
    ]);

    expect(await retryAll(world.app.jobDeps)).toBe(1);
    await givenUp(stored.ref);
    expect(repliesOf(stored)).toHaveLength(1);
    front.on('files.info', null);
    expect(await retryAll(world.app.jobDeps)).toBe(1);
    await until(() => repliesOf(stored).some(({ files }) => files.length > 0), 'the file');
    await world.settled();
    expect(repliesOf(stored)).toHaveLength(2);
    expect((await records.of(stored.ref)).outbox).toEqual([]);
  },
);

it('a file that cannot be fetched is reported to the admins with how to fix it', async () => {
  handsOut((response) => response.writeHead(200, { 'content-type': 'text/html' }).end(SIGN_IN));
  const { ref } = await givenUp((await filed(JPEG)).ref);
  const ada = world.workspace.as('ada');
  await ada.openHome();
  await ada.waitForHome(({ buttons }) => buttons.includes('Admin'));
  await ada.press('Admin', { in: 'home' });
  await ada.waitForHome(({ text }) => text.includes('could not be delivered'));
  await ada.choose('Failed messages', { in: 'home', from: 'Choose what to see' });
  const { text } = await ada.waitForHome((home) => home.text.includes(ref));
  expect(text).toContain('A file of evidence');
  expect(text).toContain('the app lacks files:read, or must be reinstalled');
  front.on('files.info', null);
  await retryAll(world.app.jobDeps);
  await world.settled();
});

it('a file with a blocked host delays nothing in its channel, and is finally set aside', async () => {
  handsOut(() => undefined, 'http://127.0.0.1:9', 'stuck.jpg');
  const stuck = await filed(JPEG, 'stuck.jpg');
  const other = await filed(JPEG, 'porch.jpg');
  await until(() => repliesOf(other).some(({ files }) => files.length > 0), "the other's file");
  expect(repliesOf(stuck).flatMap(({ files }) => files)).toEqual([]);
  const stored = await givenUp(stuck.ref);
  const [evidence] = stored.outbox.filter(({ dead }) => dead !== null);
  expect(evidence).toMatchObject({ content: { type: 'evidence' }, setAside: true });
  expect(evidence?.dead).toContain('the file could not be read');
  front.on('files.info', null);
  expect(await retryAll(world.app.jobDeps)).toBe(1);
  await until(() => repliesOf(stuck).some(({ files }) => files.length > 0), 'the file at last');
});

it('a page that is the file itself is shared, whatever its name', async () => {
  const stored = await filed(Buffer.from('<html><body>Saved from the browser.</body></html>'), 'page.jpg');
  await until(() => repliesOf(stored).some(({ files }) => files.length > 0), 'the page');
});

it('a large file arrives unchanged', async () => {
  const large = Buffer.alloc(9_500_000, 'evidence ');
  const stored = await filed(large, 'film.mp4');
  const shared = await until(() => repliesOf(stored).find(({ files }) => files.length > 0), 'the film');
  const { file } = (await front.call('files.info', world.workspace.botToken, { file: shared.files[0] ?? '' })) as {
    file: { size: number; url_private: string; name: string };
  };
  expect([file.size, file.name]).toEqual([large.length, 'film.mp4']);
  const headers = { authorization: `Bearer ${world.workspace.botToken}` };
  const content = Buffer.from(await (await fetch(file.url_private, { headers })).arrayBuffer());
  expect(content.equals(large)).toBe(true);
});

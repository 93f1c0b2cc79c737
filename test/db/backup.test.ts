import type { Connection } from 'mongoose';
import pino from 'pino';
import { anchorStore } from '../../src/db/anchors';
import { backupLines, restoreLines } from '../../src/db/backup';
import { caseHistory } from '../../src/db/case-history';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { dataVersion } from '../../src/db/data-version';
import { directoryStore } from '../../src/db/directory';
import { letterStore } from '../../src/db/letters';
import { recordStore } from '../../src/db/records';
import { references } from '../../src/db/references';
import type { CaseFacts } from '../../src/domain/case';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { CaseEvent } from '../../src/domain/event';
import { mailboxOf } from '../../src/domain/mailbox';
import { verifyLines } from '../../src/proof/verify.cjs';
import type { ServiceDeps } from '../../src/services/deps';
import { anchorCases } from '../../src/services/proof/anchor';
import { exportRecords } from '../../src/services/proof/export-records';
import { later, MONDAY, minutes, moved, storedCase, WEST } from '../support/cases';
import { freshDatabase } from '../support/engine';

const NOW = later(MONDAY, minutes(60));
const databases: Awaited<ReturnType<typeof freshDatabase>>[] = [];
const connections: Connection[] = [];
afterAll(async () => {
  for (const connection of connections) await connection.close();
  for (const { drop } of databases) await drop();
});

/** The stores of an empty database. */
async function opened() {
  const database = await freshDatabase();
  databases.push(database);
  const connection = await connect(database.uri, pino({ level: 'silent' }));
  connections.push(connection);
  const store = caseStore(connection);
  const history = caseHistory(connection);
  const directory = directoryStore(connection, { now: () => NOW });
  const deps = { records: recordStore(connection), history, anchors: anchorStore(connection), now: () => NOW };
  return { connection, store, history, directory, deps, references: references(connection) };
}
type Opened = Awaited<ReturnType<typeof opened>>;

/** Adds this many notes, up to 60 in one write. */
async function noted({ store }: Pick<Opened, 'store'>, id: string, count: number): Promise<void> {
  const based = await store.byId(id);
  if (!based) throw new Error(`There is no case ${id}.`);
  let facts: CaseFacts = based;
  const events: CaseEvent[] = [];
  for (let i = 0; i < Math.min(count, 60); i++) {
    const move = { type: 'add_note', id: null, text: `Note ${i}` } as const;
    const after = moved(facts, move, later(facts.changedAt, minutes(1)));
    facts = after.facts;
    events.push(...after.events);
  }
  await store.save(based, { facts, events, mailbox: mailboxOf(based) });
  if (count > 60) await noted({ store }, id, count - 60);
}
const anchored = ({ deps }: Opened) =>
  anchorCases({ ...deps, directory: { policy: async () => DEFAULT_POLICY } } as unknown as ServiceDeps);
/** The offline verifier's result for all records. */
async function verified({ deps }: Opened) {
  let text = '';
  await exportRecords(deps, async (line) => {
    text += line;
  });
  return verifyLines(streamed(text.trimEnd().split('\n')));
}
async function* streamed(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const area = (name: string) =>
  ({ what: 'area', key: 'West', by: 'U1', at: NOW, after: { ...WEST, manager: name } }) as const;

it('is consistent whatever happens while it is written, and work continues from there', async () => {
  const from = await opened();
  await from.references.next('sp_feedback');
  await from.store.insert(storedCase('case-a'));
  await from.store.insert(storedCase('case-b'));
  await from.directory.configuration.write({ ...area('U2'), expected: null });
  await noted(from, 'case-a', 3);
  await anchored(from);

  const lines: string[] = [];
  let isPast = false;
  for await (const line of backupLines(from.connection, NOW)) {
    lines.push(line);
    if (isPast || !line.startsWith('["cases"') || lines.filter((one) => one.startsWith('["cases"')).length < 2)
      continue;
    // All cases are read: one grows beyond its document, others are filed, the configuration changes.
    isPast = true;
    await noted(from, 'case-a', 110);
    await from.store.insert(storedCase('case-c'));
    for (let i = 0; i < 4; i++) await from.references.next('sp_feedback');
    await from.directory.configuration.write({ ...area('U3'), expected: 1 });
  }
  expect(lines.some((line) => line.startsWith('["case_events"'))).toBe(true);

  const to = await opened();
  const counts = await restoreLines(to.connection, streamed(lines), { over: false });
  expect(counts).toMatchObject({ cases: 2, counters: 1, areas: 1, config_events: 2 });
  expect((await verified(to)).faults).toEqual([]);
  expect((await to.store.byId('case-a'))?.notes).toHaveLength(3);
  // Copies of what the document has, and nothing that came later.
  expect(await to.connection.collection('case_events').countDocuments({ 'event.seq': { $gt: 5 } })).toBe(0);
  expect(await to.directory.configuration.countHistory({}, 10)).toBe(1);
  // No reference is used twice, although the cases between are not in it.
  expect(await to.references.next('sp_feedback')).toBe('SPF-000006');
  // What waited may have arrived since: it is looked for first.
  const lanes = await to.connection.collection('lanes').find().toArray();
  expect(lanes.length).toBeGreaterThan(0);
  expect(lanes.every(({ orphaned }) => orphaned === true)).toBe(true);

  await noted(to, 'case-a', 110);
  expect(await to.directory.configuration.write({ ...area('U4'), expected: 1 })).toMatchObject({ version: 2 });
  expect((await verified(to)).faults).toEqual([]);
});

it('keeps the history of every kind of configuration, and drops what was changed after it was read', async () => {
  const from = await opened();
  const held = (reason: string) =>
    ({
      what: 'sp_hold',
      key: 'ACC100',
      by: 'U1',
      at: NOW,
      after: { account: 'ACC100', by: 'U1', at: NOW.toISOString(), reason, lifting: null },
    }) as const;
  const { write } = from.directory.configuration;
  await write({ ...area('U2'), expected: null });
  await write({ ...held('A lawsuit.'), expected: null });
  await write({ what: 'texts', key: 'texts', by: 'U1', at: NOW, expected: null, after: {} });
  const lines: string[] = [];
  for await (const line of backupLines(from.connection, NOW)) {
    lines.push(line);
    if (line.startsWith('["sp_holds"')) await write({ ...held('Another one.'), expected: 1 });
  }
  expect(lines.filter((line) => line.startsWith('["config_events"'))).toHaveLength(4);

  const to = await opened();
  await restoreLines(to.connection, streamed(lines), { over: false });
  const events = await to.directory.configuration.history({}, { skip: 0, limit: 10 });
  expect(events.map(({ what, version }) => `${what} ${version}`).sort()).toEqual(['area 1', 'sp_hold 1', 'texts 1']);
});

it('uses no number twice after a counter was lost or set back: a process continues after the existing cases', async () => {
  const { connection, store } = await opened();
  const refs = ['SPF-000007', 'SPF-000012', 'SPF-000009'];
  for (const [i, ref] of refs.entries()) await store.insert({ ...storedCase(`V${i}`, later(MONDAY, minutes(i))), ref });
  const next = () => references(connection).next('sp_feedback');
  expect(await next()).toBe('SPF-000013');
  await connection.collection<{ _id: string }>('counters').updateOne({ _id: 'sp_feedback' }, { $set: { last: 2 } });
  expect(await next()).toBe('SPF-000013');
  const one = references(connection);
  expect([await one.next('sp_feedback'), await one.next('sp_feedback')]).toEqual(['SPF-000014', 'SPF-000015']);
  expect(await one.next('high_risk')).toMatch(/-000001$/);
});

it('gives no reference again that was given after the backup, although no counter is left that says so', async () => {
  const from = await opened();
  for (let i = 0; i < 80; i++) {
    const ref = await from.references.next('sp_feedback');
    await from.store.insert({ ...storedCase(`V${i}`, later(NOW, -minutes(i))), ref });
  }
  const lines: string[] = [];
  for await (const line of backupLines(from.connection, NOW)) lines.push(line);
  // As many come in the next hour, one more than that of another kind, and then the database is gone.
  const lost: string[] = [];
  for (let i = 0; i < 80; i++) lost.push(await from.references.next('sp_feedback'));
  lost.push(await from.references.next('high_risk'));

  const [to, over] = [await opened(), from];
  const hour = { over: false, now: later(NOW, minutes(60)) };
  await restoreLines(to.connection, streamed(lines), hour);
  for (const kind of ['sp_feedback', 'high_risk'] as const) expect(lost).not.toContain(await to.references.next(kind));
  expect(await to.references.next('high_risk')).toBe('HRR-000102');
  // Where the counters are still there, nothing is skipped.
  await restoreLines(over.connection, streamed(lines), { ...hour, over: true });
  expect(await references(over.connection).next('sp_feedback')).toBe('SPF-000161');
});

it('looks for letters that may have been sent since; one whose time has not come waits for it', async () => {
  const from = await opened();
  const write = (id: string, at: Date) =>
    letterStore(from.connection).put({ id, to: 'U1', about: null, content: { type: 'alarms', about: ['A.'] }, at });
  await write('waits', NOW);
  await write('in-an-hour', later(NOW, minutes(60)));
  await write('tomorrow', later(NOW, minutes(24 * 60)));
  const lines: string[] = [];
  for await (const line of backupLines(from.connection, NOW)) lines.push(line);

  const to = await opened();
  await restoreLines(to.connection, streamed(lines), { over: false, now: later(NOW, minutes(120)) });
  const letters = await letterStore(to.connection).due(later(NOW, minutes(48 * 60)), 10);
  expect(letters.map(({ id, claims }) => [id, claims])).toEqual([
    ['waits', 1],
    ['in-an-hour', 1],
    ['tomorrow', 0],
  ]);
});

it('overwrites nothing unless told, keeps instances away until it is complete, and can be repeated if interrupted', async () => {
  const from = await opened();
  await from.references.next('sp_feedback');
  for (const id of ['case-a', 'case-b']) await from.store.insert(storedCase(id));
  const lines: string[] = [];
  for await (const line of backupLines(from.connection, NOW)) lines.push(line);

  const to = await opened();
  for (let i = 0; i < 9; i++) await to.references.next('sp_feedback');
  await to.store.insert(storedCase('other'));
  const restore = (some: readonly string[], over = false) => restoreLines(to.connection, streamed(some), { over });
  await expect(restore(lines)).rejects.toThrow('This database is not empty');
  await expect(restore(['{"other":1}'], true)).rejects.toThrow('This is not a Warmline backup');
  expect(await to.store.byId('other')).not.toBeNull();

  await expect(restore(lines.slice(0, -1), true)).rejects.toThrow('The backup is incomplete');
  expect(await dataVersion(to.connection).read()).toMatchObject({ isRestoring: true });
  await expect(restore(lines.filter((line) => !line.includes('case-a')))).rejects.toThrow('The backup is incomplete');
  expect(await restore(lines)).toMatchObject({ cases: 2 });
  expect(await dataVersion(to.connection).read()).toMatchObject({ isRestoring: false });
  expect(await to.store.byId('other')).toBeNull();
  // The database's counter was ahead of the backup's.
  expect(await to.references.next('sp_feedback')).toBe('SPF-000010');
});

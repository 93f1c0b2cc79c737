import { anchorStore } from '../../src/db/anchors';
import { draftStore } from '../../src/db/drafts';
import { replay } from '../../src/domain/apply';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { holdReason } from '../../src/domain/legal-hold';
import { mailboxOf } from '../../src/domain/mailbox';
import { verifyLines } from '../../src/proof/verify.cjs';
import type { ServiceDeps } from '../../src/services/deps';
import type { Retention } from '../../src/services/ports/retention';
import { anchorCases } from '../../src/services/proof/anchor';
import { checkRecord } from '../../src/services/proof/check-record';
import { purge } from '../../src/services/retention/purge';
import { later, MONDAY, minutes, moved, storedCase } from '../support/cases';
import { migrated } from '../support/migrated';
import { DAY, MARKER, MUCH_LATER, retaining } from './retaining';

let work: Awaited<ReturnType<typeof retaining>>;
beforeEach(async () => {
  work = await retaining();
});
afterEach(() => work.stop());

async function* streamed(lines: readonly string[]) {
  yield* lines;
}

it('nothing is deleted while someone waits for an answer', async () => {
  await work.closedCase('patient');
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const purging = purge({ ...work.depsAt(MUCH_LATER), givesWay: () => answered });
  expect(await work.read('patient')).toMatchObject({ state: 'resolved' });
  answer();
  expect(await purging).toMatchObject({ cases: 1 });
});

it('every message about a case is deleted in Slack, however many there were', async () => {
  await work.store.insert(storedCase('talked'));
  const said = Array.from({ length: 120 }, (_, i) => ({ channel: 'D0DANA', ts: `7.${String(i).padStart(3, '0')}` }));
  for (let sent = 40; sent <= said.length; sent += 40) {
    const based = await work.read('talked');
    const known = [...(based.said ?? []), ...said.slice(sent - 40, sent)];
    await work.store.save(based, { facts: based, events: [], mailbox: mailboxOf(based), said: known });
  }
  expect((await work.read('talked')).said).toEqual(said.slice(-50));
  expect(await work.store.byPost('D0DANA', '7.000')).toBeNull();
  await work.move('talked', { type: 'resolve', outcome: 'no_fault_found', text: MARKER });
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 1, posts: said.length });
  expect([...work.asked].sort()).toEqual(said.map(({ channel, ts }) => `${channel}:${ts}`));
});

it('a severity is kept as long as the policy says', async () => {
  for (const id of ['severe', 'plain', 'trifle']) await work.closedCase(id);
  const as = (id: string, severity: string) =>
    work.connection.collection<{ _id: string }>('cases').updateOne({ _id: id }, { $set: { severity } });
  await Promise.all([as('severe', 'critical'), as('trifle', 'low')]);
  const deps = (days: number) => {
    const by_severity = { sp_feedback: { critical: 10 * 365, low: 30 } };
    const policy = { ...DEFAULT_POLICY, retention: { ...DEFAULT_POLICY.retention, by_severity } };
    return { ...work.depsAt(later(MONDAY, days * DAY)), directory: { policy: async () => policy } as never };
  };
  const left = () => work.connection.collection<{ _id: string }>('cases').distinct('_id');
  expect(await purge(deps(31))).toMatchObject({ cases: 1 });
  expect(await left()).toEqual(['plain', 'severe']);
  expect(await purge(deps(4 * 365))).toMatchObject({ cases: 1 });
  expect(await left()).toEqual(['severe']);
  expect(await purge(deps(11 * 365))).toMatchObject({ cases: 1 });
});

it('a case whose time is over leaves its reference, its dates and hashes; the chain still holds, and so does the export', async () => {
  await work.closedCase('short');
  await work.closedCase('long', 130);
  await work.store.insert(storedCase('open'));
  expect(await work.everything()).toContain(MARKER);
  const anchoring = {
    ...work.depsAt(MONDAY),
    records: work.records,
    anchors: anchorStore(work.connection),
    letters: {},
  } as unknown as ServiceDeps;
  await anchorCases(anchoring);

  expect(await purge(work.depsAt(later(MONDAY, 2 * 365 * DAY)))).toMatchObject({ cases: 0, held: 0 });
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 2, held: 0, posts: 2, refused: 0 });

  expect(await work.everything()).not.toContain('Zebulon');
  expect(await work.connection.collection('cases').distinct('_id')).toEqual(['open']);
  expect(work.asked.sort()).toEqual(['C0WEST:1.long', 'C0WEST:1.short']);
  const tombstone = await work.retention.byRef('SPF-long');
  expect(tombstone).toMatchObject({ ref: 'SPF-long', outcome: 'no_fault_found', deletedAt: MUCH_LATER });
  for (const id of ['SPF-short', 'SPF-long']) {
    const buried = await work.records.byRef(id);
    expect(buried && (await checkRecord(work.history, buried))).toBeNull();
  }
  const { faults, notes } = await verifyLines(streamed(await work.exported()));
  expect(faults).toEqual([]);
  expect(notes[0]).toMatch(/^3 cases, \d+ events \(137 of them erased/);
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 0, posts: 0 });
});

it('a changed, dropped or moved event of a deleted case is found', async () => {
  await work.closedCase('long', 130);
  await purge(work.depsAt(MUCH_LATER));
  const lines = await work.exported();
  const forge = (edit: (events: Record<string, unknown>[]) => void) =>
    lines.map((text) => {
      const line = JSON.parse(text);
      if (line.events) edit(line.events);
      return JSON.stringify(line);
    });
  const edits: ((events: Record<string, unknown>[]) => void)[] = [
    (events) => Object.assign(events[3] ?? {}, { at: MONDAY.toISOString().replace('2026', '2025') }),
    (events) => Object.assign(events[100] ?? {}, { type: 'voided' }),
    (events) => Object.assign(events[100] ?? {}, { data: { text: 'put in' } }),
    (events) => void events.splice(50, 1),
    (events) => void events.splice(50, 2, events[51] ?? {}, events[50] ?? {}),
  ];
  for (const edit of edits) expect((await verifyLines(streamed(forge(edit)))).faults.length).toBeGreaterThan(1);
});

it("nothing is deleted by a clock years ahead of Slack's, nor while Slack does not return the time", async () => {
  await work.closedCase('one');
  const ahead = { ...work.depsAt(MUCH_LATER), slackNow: async () => later(MONDAY, 2 * DAY) };
  expect(await purge(ahead)).toMatchObject({ cases: 0, clocks_apart: 1 });
  expect(work.raised).toMatchObject([
    { id: 'clocks_apart', about: expect.stringContaining('1,458 days ahead of Slack') },
  ]);
  const silent = async () => {
    throw new Error('no way out');
  };
  expect(await purge({ ...work.depsAt(MUCH_LATER), slackNow: silent })).toMatchObject({ cases: 0, postponed: 1 });
  expect(await work.everything()).toContain(MARKER);
  const hours = { ...work.depsAt(MUCH_LATER), slackNow: async () => later(MUCH_LATER, -23 * 60 * minutes(1)) };
  expect(await purge(hours)).toMatchObject({ cases: 1 });
});

it('a hold keeps a case, automatic or placed by a person, and it is counted', async () => {
  for (const id of ['named', 'by-hand', 'lifted', 'free']) await work.closedCase(id);
  await work.connection
    .collection<{ _id: string }>('cases')
    .updateOne({ _id: 'named' }, { $set: { marks: ['lawsuit'] }, $unset: { held: '', keys: '' } });
  await migrated(work.connection);
  await work.move('by-hand', { type: 'put_on_hold', reason: 'a claim' });
  await work.move('lifted', { type: 'put_on_hold', reason: 'a claim' });
  await work.move('lifted', { type: 'lift_hold', reason: 'settled' });
  expect(holdReason(await work.read('lifted'))).toBe('a claim');
  const based = await work.read('lifted');
  const { facts, events } = moved(based, { type: 'lift_hold', reason: '' }, later(based.changedAt, minutes(1)), {
    actor: 'U0TOM',
  });
  await work.store.save(based, { facts, events, mailbox: mailboxOf(based) });
  expect(holdReason(await work.read('named'))).toBe('A lawsuit is named.');

  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 2, held: 2 });
  expect((await work.connection.collection<{ _id: string }>('cases').distinct('_id')).sort()).toEqual([
    'by-hand',
    'named',
  ]);
  const whole = await work.read('by-hand');
  expect(await checkRecord(work.history, whole)).toBeNull();
  expect(replay(whole.events).legalHold?.reason).toBe('a claim');
});

it('a crash between any two steps leaves the case intact, or the rest for the next run', async () => {
  const crash = async () => {
    throw new Error('the machine died');
  };
  await work.closedCase('one', 130);
  // Both tombstone and case exist: the case was changed, or put on hold, before it was deleted.
  const before = await work.connection.collection<{ _id: string }>('cases').findOne({ _id: 'one' });
  await work.retention.bury(['one'], MUCH_LATER, []);
  if (!before) throw new Error('the case');
  await work.connection.collection<{ _id: string }>('cases').insertOne(before);
  await work.connection.collection('case_tombstones').updateMany({}, { $set: { gone: false } });
  await work.move('one', { type: 'put_on_hold', reason: 'a claim' });
  expect((await work.records.page(null, 10)).map(({ id }) => id)).toEqual(['one']);
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 0, held: 1, posts: 0 });
  expect(await work.retention.byRef('SPF-one')).toBeNull();
  expect(await checkRecord(work.history, await work.read('one'))).toBeNull();
  expect(work.asked).toEqual([]);

  await work.closedCase('two', 130);
  const faults: string[] = [];
  const failing = (over: Partial<Retention>) => ({
    ...work.depsAt(MUCH_LATER, over),
    onFault: (ref: string) => void faults.push(ref),
  });
  expect(await purge(failing({ bury: crash }))).toMatchObject({ cases: 0 });
  expect(await purge(failing({ clear: crash }))).toMatchObject({ cases: 1, posts: 0 });
  expect(await work.everything()).toContain(`${MARKER} 0`);
  expect(await purge(failing({ keepLeftovers: crash }))).toMatchObject({ cases: 0, posts: 0 });
  expect(faults).toEqual(['SPF-two', 'SPF-two', 'SPF-two']);
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 0, posts: 1 });
  const buried = await work.records.byRef('SPF-two');
  expect(buried && (await checkRecord(work.history, buried))).toBeNull();
  expect((await verifyLines(streamed(await work.exported()))).faults).toEqual([]);
});

it('what Slack refuses to delete is listed and tried again, later each time', async () => {
  await work.closedCase('one');
  work.answerWith('is_archived');
  expect(await purge(work.depsAt(MUCH_LATER))).toMatchObject({ cases: 1, posts: 0, refused: 1 });
  expect(await purge(work.depsAt(later(MUCH_LATER, minutes(5))))).toMatchObject({ refused: 1 });
  expect(work.asked).toHaveLength(1);
  await purge(work.depsAt(later(MUCH_LATER, minutes(10))));
  expect(work.asked).toHaveLength(2);
  work.answerWith(null);
  expect(await purge(work.depsAt(later(MUCH_LATER, minutes(30))))).toMatchObject({ posts: 1, refused: 0 });
  await purge(work.depsAt(later(MUCH_LATER, 9 * DAY)));
  expect(work.asked).toHaveLength(3);
});

it('2,000 cases are deleted in small steps, on any number of instances', async () => {
  await work.closedCase('template');
  const document = await work.connection.collection<{ _id: string }>('cases').findOne({ _id: 'template' });
  const copies = Array.from({ length: 1_999 }, (_, i) => ({
    ...document,
    _id: `many-${String(i).padStart(4, '0')}`,
    ref: `SPF-9${i}`,
  }));
  for (let i = 0; i < copies.length; i += 200)
    await work.connection.collection<{ _id: string }>('cases').insertMany(copies.slice(i, i + 200));
  let [largest, buried, runs] = [0, 0, 0];
  const watched: Partial<Retention> = {
    due: async (...query) => {
      const found = await work.retention.due(...query);
      largest = Math.max(largest, found.length);
      return found;
    },
  };
  for (let left = true; left; runs++) {
    const both = await Promise.all([purge(work.depsAt(MUCH_LATER, watched)), purge(work.depsAt(MUCH_LATER, watched))]);
    left = both.some(({ cases }) => cases > 0);
    buried += both.reduce((sum, { cases }) => sum + cases, 0);
  }
  expect({ buried, largest }).toEqual({ buried: 2_000, largest: 50 });
  expect(runs).toBeGreaterThan(2);
  expect(await work.connection.collection('cases').countDocuments()).toBe(0);
  expect(await work.connection.collection('case_tombstones').countDocuments()).toBe(2_000);
}, 120_000);

it('what is kept outside of cases is deleted at its own age', async () => {
  const drafts = draftStore(work.connection);
  const draft = {
    user: 'U0AMIRA',
    kind: 'sp_feedback' as const,
    startedAt: MONDAY,
    updatedAt: MONDAY,
    answers: { a: 'b' },
  };
  await drafts.save(draft as never);
  const put = (name: string, documents: object[]) => work.connection.collection(name).insertMany(documents as never[]);
  await put('letters', [
    { at: MONDAY, dueAt: null, failedAt: null },
    { at: MONDAY, dueAt: null, failedAt: MONDAY, content: {} },
    { at: MONDAY, dueAt: MUCH_LATER, failedAt: null },
  ]);
  await put('access_log', [{ at: MONDAY }, { at: MONDAY, how: 'granted' }, { at: later(MONDAY, 10 * 365 * DAY) }]);
  await put('homes', [{ at: MONDAY }]);
  await put('contacts', [{ sj: '556677', at: MONDAY, by: 'U0AMIRA', reached: false }]);
  await put('transfers', [{ askedAt: MONDAY }, { askedAt: later(MONDAY, 10 * DAY) }]);
  const gone = (days: number) => purge(work.depsAt(later(MONDAY, days * DAY)));
  expect(await gone(0.5)).toMatchObject({ drafts: 0, letters: 0, transfers: 0, access_log: 0, homes: 0 });
  expect(await gone(1)).toMatchObject({ drafts: 1, letters: 0, transfers: 0, homes: 0 });
  expect(await gone(31)).toMatchObject({ drafts: 0, letters: 1, transfers: 1, homes: 0 });
  expect(await gone(91)).toMatchObject({ letters: 0, transfers: 1, access_log: 0, homes: 1 });
  expect(await gone(366)).toMatchObject({ access_log: 0, access_grants: 1, contacts: 0 });
  expect(await gone(3 * 365 + 1)).toMatchObject({ contacts: 1, access_log: 0 });
  expect(await gone(7 * 365)).toMatchObject({ access_log: 1, access_grants: 0 });
  expect(await work.connection.collection('letters').countDocuments()).toBe(2);
});

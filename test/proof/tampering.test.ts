import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import pino from 'pino';
import { anchorStore } from '../../src/db/anchors';
import { caseHistory } from '../../src/db/case-history';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { recordStore } from '../../src/db/records';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { mailboxOf } from '../../src/domain/mailbox';
import { verifyLines } from '../../src/proof/verify.cjs';
import type { ServiceDeps } from '../../src/services/deps';
import type { StoredCase } from '../../src/services/ports/cases';
import { anchorCases } from '../../src/services/proof/anchor';
import { checkRecord } from '../../src/services/proof/check-record';
import { exportRecords } from '../../src/services/proof/export-records';
import { type Random, randomOf } from '../soak/random';
import { later, MONDAY, minutes, moved, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';
import { NIGHTLY } from '../support/nightly';

const [OF_AN_EXPORT, OF_THE_DATABASE] = NIGHTLY ? [1_000, 1_000] : [300, 40];
jest.setTimeout(NIGHTLY ? 10 * 60_000 : 60_000);
/** Cases, and how many notes each has: the last one has more than its document can hold. */
const NOTES = [0, 1, 2, 3, 5, 8, 130];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let history: ReturnType<typeof caseHistory>;
let store: ReturnType<typeof caseStore>;
let deps: Pick<ServiceDeps, 'records' | 'history' | 'anchors' | 'now'>;
let lines: readonly string[];

beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = caseStore(connection);
  history = caseHistory(connection);
  const anchors = anchorStore(connection);
  await Promise.all([store.ensureIndexes(), anchors.ensureIndexes()]);
  let now = later(MONDAY, minutes(60));
  deps = { records: recordStore(connection), history, anchors, now: () => now };
  const anchoring = {
    ...deps,
    directory: { policy: async () => DEFAULT_POLICY },
  } as unknown as ServiceDeps;
  for (const [i, notes] of NOTES.entries()) {
    await store.insert(storedCase(`case-${i}`));
    for (let n = 0; n < notes; n++) await noted(`case-${i}`, `Note ${n}`);
  }
  expect(await anchorCases(anchoring)).toBe(NOTES.length);
  await noted('case-2', 'Once more, the next day');
  expect(await anchorCases(anchoring)).toBe(0);
  now = later(now, minutes(24 * 60));
  expect(await anchorCases(anchoring)).toBeGreaterThan(0);
  lines = await exported();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

async function read(id: string): Promise<StoredCase> {
  const stored = await store.byId(id);
  if (!stored) throw new Error(`There is no case ${id}.`);
  return stored;
}
async function noted(id: string, text: string): Promise<void> {
  const based = await read(id);
  const { facts, events } = moved(based, { type: 'add_note', id: null, text }, later(based.changedAt, minutes(1)));
  await store.save(based, { facts, events, mailbox: mailboxOf(based) });
}
async function exported(): Promise<string[]> {
  let text = '';
  await exportRecords(deps, async (line) => {
    text += line;
  });
  return text.trimEnd().split('\n');
}
async function* streamed(text: readonly string[]) {
  yield* text;
}
const faultsOf = async (text: readonly string[]) => (await verifyLines(streamed(text))).faults;

interface Line {
  id?: string;
  ref?: string;
  events?: Record<string, unknown>[];
  anchored?: unknown[];
  anchor?: Record<string, unknown>;
  end?: { cases: number; anchors: number; digest: string };
}
/** The lines with a matching last one, as a careful forger would write it. */
function endedAnew(forged: readonly Line[]): string[] {
  const text = forged.filter(({ end }) => !end).map((line) => JSON.stringify(line));
  const digest = createHash('sha256');
  for (const line of text) digest.update(`${line}\n`);
  const cases = forged.filter(({ events }) => events).length;
  const anchors = forged.filter(({ anchor }) => anchor).length;
  return [...text, JSON.stringify({ end: { cases, anchors, digest: digest.digest('hex') } })];
}

const EDITS: Readonly<Record<string, (all: Line[], random: Random) => void>> = {
  'a word of an event is changed': (all, random) =>
    changeSomething(random.pick(eventsIn(pickCase(all, random))), random),
  'an event is dropped': (all, random) => {
    const events = eventsIn(pickCase(all, random));
    events.splice(random.int(0, events.length - 1), 1);
  },
  'two events change places': (all, random) => {
    const events = eventsIn(pickCase(all, random));
    const i = random.int(1, events.length - 1);
    [events[i - 1], events[i]] = [events[i] ?? {}, events[i - 1] ?? {}];
  },
  'an event is put in': (all, random) => {
    const events = eventsIn(pickCase(all, random));
    const copy = { ...random.pick(events) };
    events.splice(random.int(0, events.length), 0, copy);
  },
  'the newest events are cut off': (all, random) => {
    const events = eventsIn(pickCase(all, random));
    events.splice(random.int(0, events.length - 1));
  },
  'two cases swap their histories': (all, random) => {
    const [one, other] = [random.int(0, 2), random.int(3, NOTES.length - 1)].map((i) => cases(all)[i]);
    if (one && other) [one.events, other.events] = [eventsIn(other), eventsIn(one)];
  },
  'two cases swap one event': (all, random) => {
    const [one, other] = [random.int(0, 2), random.int(3, NOTES.length - 1)].map((i) => eventsIn(cases(all)[i]));
    if (one?.[0] && other?.[0]) [one[0], other[0]] = [other[0], one[0]];
  },
  'a case is dropped': (all, random) => {
    all.splice(all.indexOf(pickCase(all, random)), 1);
  },
  'an anchor is changed': (all, random) => {
    const { anchor } = random.pick(all.filter((line) => line.anchor));
    if (anchor) changeSomething(anchor, random);
  },
  'an anchor is dropped': (all) => {
    all.splice(
      all.findIndex((line) => line.anchor),
      1,
    );
  },
};
const cases = (all: readonly Line[]) => all.filter(({ events }) => events);
const pickCase = (all: readonly Line[], random: Random) => random.pick(cases(all));
function eventsIn(line: Line | undefined): Record<string, unknown>[] {
  if (!line?.events) throw new Error('a case');
  return line.events;
}
/** Changes one text, number or boolean at any depth. */
function changeSomething(value: Record<string, unknown>, random: Random): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (at: Record<string, unknown>) => {
    for (const [key, below] of Object.entries(at))
      if (below !== null && typeof below === 'object') walk(below as Record<string, unknown>);
      else places.push([at, key]);
  };
  walk(value);
  const [at, key] = random.pick(places);
  const was = at[key];
  at[key] = typeof was === 'number' ? was + 1 : typeof was === 'string' ? `${was.slice(0, -1)}~` : 'put in';
}

describe('an export of all records', () => {
  it('is intact as made, with its history and anchors', async () => {
    const { faults, notes } = await verifyLines(streamed(lines));
    expect(faults).toEqual([]);
    expect(notes).toEqual([`${NOTES.length} cases, 164 events (0 of them erased as retention asks), 2 anchors`]);
  });

  it(`reveals each of ${OF_AN_EXPORT} forgeries, even with a matching last line`, async () => {
    const random = randomOf(11, 'forgeries of an export');
    const unseen: string[] = [];
    for (let i = 0; i < OF_AN_EXPORT; i++) {
      const how = random.pick(Object.keys(EDITS));
      const all = lines.map((line) => JSON.parse(line) as Line);
      EDITS[how]?.(all, random);
      if (!(await faultsOf(endedAnew(all))).length) unseen.push(`${i}: ${how}`);
    }
    expect(unseen).toEqual([]);
  });

  it('is named by the line that cannot be read, and once if it is another file', async () => {
    const damaged = lines.map((line, i) => (i === 1 || i === 3 ? line.slice(0, -1) : line));
    const faults = await faultsOf(damaged);
    expect(faults.filter((fault) => fault.endsWith('cannot be read'))).toEqual([
      'line 2 cannot be read',
      'line 4 cannot be read',
    ]);
    expect(await faultsOf(['\u001f\u008b', '{', '"'])).toEqual([expect.stringContaining('does not begin as')]);
  });

  it('reveals where it was cut off, and a careless change of a line', async () => {
    expect(await faultsOf(lines.slice(0, -1))).toEqual(['the export is cut off: its last line is missing']);
    expect(await faultsOf(lines.filter((_, i) => i !== lines.length - 2))).not.toEqual([]);
    expect(await faultsOf(['{"format":"other/1"}', ...lines.slice(1)])).not.toEqual([]);
    expect(await faultsOf(['', ...lines])).not.toEqual([]);
  });
});

it(`the database reveals each of ${OF_THE_DATABASE} edits, and is intact again once they are undone`, async () => {
  const random = randomOf(12, 'edits of the database');
  const documents = connection.collection<{ _id: string; events: Record<string, unknown>[]; seq: number }>('cases');
  const archive = connection.collection<{ _id: string; event: Record<string, unknown> }>('case_events');
  for (let i = 0; i < OF_THE_DATABASE; i++) {
    const id = `case-${random.int(0, NOTES.length - 1)}`;
    const before = await documents.findOne({ _id: id });
    if (!before) throw new Error(id);
    const archived = random.chance(0.3) ? await archive.findOne({ caseId: id, 'event.seq': random.int(1, 90) }) : null;
    if (archived) {
      if (random.chance(0.5)) await archive.deleteOne({ _id: archived._id });
      else await archive.updateOne({ _id: archived._id }, { $set: { 'event.data.text': 'never said' } });
    } else {
      const all: Line[] = [{ id, events: structuredClone(before.events) }];
      const how = random.pick([
        'an event is dropped',
        'two events change places',
        'an event is put in',
        'the newest events are cut off',
      ]);
      EDITS[how]?.(all, random);
      const facts = random.chance(0.3) ? { severity: 'critical', owner: 'U0OTHER' } : { events: all[0]?.events };
      await documents.updateOne({ _id: id }, { $set: facts as object });
    }
    expect([i, await checkRecord(history, await read(id))]).not.toEqual([i, null]);
    if (archived) await archive.replaceOne({ _id: archived._id }, archived, { upsert: true });
    else await documents.replaceOne({ _id: id }, before);
    expect([i, await checkRecord(history, await read(id))]).toEqual([i, null]);
  }
});

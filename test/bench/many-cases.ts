import { type CaseDocument, documentOf } from '../../src/db/case-document';
import { MIGRATIONS } from '../../src/db/migrations';
import type { Clock } from '../../src/domain/case';
import { CASE_KINDS, KINDS } from '../../src/domain/kinds';
import type { CaseKind } from '../../src/domain/kinds/code';
import type { Move } from '../../src/domain/moves/declared';
import { wordsIn } from '../../src/domain/words';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, MONDAY, minutes, storedAfter, storedCase } from '../support/cases';
import { range } from './figures';
import type { Stage } from './stage';

/** How much there is of everything, for the full number of cases. */
export const MANY = { cases: 1_000_000, open: 5_000, providers: 200_000, people: 2_000, areas: 100 } as const;
const DAY = minutes(24 * 60);
/** As many cases as `MANY` says were filed in two years; fewer are the newest of them, so both have the same last week. */
export const STEP_MS = (2 * 365 * DAY) / MANY.cases;
/** Every second of the newest is open still. */
const NEWEST = 2 * MANY.open;
const [A_BATCH, UNDER_WAY] = [1_000, 2];

/** Creates this many cases and their SPs; if exactly that many exist, they stay. */
export async function layOut(stage: Stage, size: number, now: Date, progress: (line: string) => void): Promise<void> {
  await inBatches(MANY.providers, 'service_providers', stage, provider, progress);
  const make = caseMaker(stage, now);
  await inBatches(size, 'cases', stage, make, progress);
  const { connection } = stage;
  await connection.collection<Named>('schema').updateOne(
    { _id: 'data' },
    // As Warmline leaves data that it has upgraded.
    { $set: { version: MIGRATIONS.length, needs: MIGRATIONS.length } },
    { upsert: true },
  );
  for (const kind of CASE_KINDS)
    await connection
      .collection<Named>('counters')
      .updateOne({ _id: kind }, { $set: { last: 2 * MANY.cases } }, { upsert: true });
}
interface Named {
  readonly _id: string;
}

/** Makes each batch while the previous one is stored. */
async function inBatches(
  count: number,
  name: string,
  { connection }: Stage,
  make: (i: number) => object,
  progress: (line: string) => void,
): Promise<void> {
  const collection = connection.collection(name);
  const there = await collection.estimatedDocumentCount();
  if (there >= count) return;
  if (there > 0) await collection.deleteMany({});
  const startedAt = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let made = 0; made < count; made += A_BATCH) {
    const batch = range(Math.min(A_BATCH, count - made)).map((i) => make(made + i));
    underWay.push(collection.insertMany(batch as never[], { ordered: false }));
    if (underWay.length > UNDER_WAY) await underWay.shift();
    if (made % (50 * A_BATCH) === 0)
      progress(`${name}: ${made} of ${count}, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
  await Promise.all(underWay);
}

/** A pseudo-random number below `of`, from these values only. */
function mixed(i: number, of: number, salt = 0): number {
  let bits = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) % of;
}

const accountOf = (i: number) => `ACC${String(100_000 + i)}`;
const areaOf = (i: number) => i % MANY.areas;
const nameOf = (i: number) => `${word(mixed(i, 400))} ${word(400 + mixed(i, 1_600, 1))} Services`;
function provider(i: number) {
  const name = nameOf(i);
  const kept = { phone: null, email: null, status: 'active', version: 1, updatedAt: MONDAY, updatedBy: 'bench' };
  return { _id: accountOf(i), name, area: `Area ${areaOf(i)}`, ...kept, words: wordsIn(name) };
}

const SYLLABLES = 'ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo dra ble cri plo stu'.split(' ');
/** The word with this number; the first are the most frequent. */
export const word = (n: number): string =>
  [n % 24, Math.floor(n / 24) % 24, (7 * n + 5) % 24].map((at) => SYLLABLES[at]).join('');
/** This many words, the first far more often than the last. */
const text = (seed: number, length: number): string =>
  range(length)
    .map((at) => word(Math.floor(2_000 * (mixed(seed, 1_000_000, at) / 1_000_000) ** 2)))
    .join(' ');

/** Someone named in few cases. */
export const nameOfOne = (n: number) => `${word(n % 2_000)}son${n}`;

/** Cases made by moves at `MONDAY`, to be shifted in time. */
function patterns(kind: CaseKind) {
  const filed = storedCase('pattern', MONDAY, { kind, ref: `${KINDS[kind].prefix}-000001` });
  const after = (before: StoredCase, at: number, move: Move) => storedAfter(before, move, later(MONDAY, minutes(at)));
  const nextUpdateBy = later(MONDAY, minutes(240));
  const acknowledged = after(filed, 30, { type: 'acknowledge', nextUpdateBy });
  const noted = after(acknowledged, 60, { type: 'add_note', id: null, text: 'pattern' });
  const resolved = after(noted, 90, { type: 'resolve', outcome: 'coaching_given', text: 'pattern' });
  return { filed, acknowledged, resolved };
}

/** Makes the case with this number, 0 being the newest. */
function caseMaker({ workspace, channels }: Stage, now: Date): (i: number) => object {
  const made = Object.fromEntries(CASE_KINDS.map((kind) => [kind, patterns(kind)]));
  const users = range(MANY.people - MANY.areas).map((i) => workspace.ids.users[`agent${i}`] ?? '');
  const managers = range(MANY.areas).map((i) => workspace.ids.users[`manager${i}`] ?? '');
  return (i) => {
    const kind = i % 10 < 8 ? 'sp_feedback' : (CASE_KINDS[1 + mixed(i, 4, 3)] ?? 'sp_feedback');
    const isOpen = i < NEWEST && i % 2 === 0;
    const pattern = made[kind]?.[isOpen ? (i % 4 ? 'filed' : 'acknowledged') : 'resolved'];
    if (!pattern) throw new Error(`There is no pattern of ${kind}.`);
    const area = mixed(i, MANY.areas);
    // One in ten is about one of the few busy SPs.
    const at = area + MANY.areas * mixed(i, i % 10 ? MANY.providers / MANY.areas : 20, 1);
    const sj = String(MANY.cases + i);
    const told = `${text(i + MANY.cases, 30)} ${nameOfOne(mixed(i, 20_000, 4))}`;
    const asked = { sp_account: accountOf(at), sj_number: sj, reason: 'customer_feedback', customer_details: told };
    const facts = {
      ref: `${KINDS[kind].prefix}-${String(MANY.cases - i).padStart(6, '0')}`,
      sp: { account: accountOf(at), name: nameOf(at) },
      sj,
      title: text(i, 4),
      reporter: users[mixed(i, users.length, 2)] ?? '',
      answers: { ...pattern.answers, ...asked },
    };
    const routed = { area: `Area ${area}`, owner: managers[area] ?? null };
    const moved = shifted(pattern, +now - i * STEP_MS - +MONDAY) as StoredCase;
    const channel = channels[area] ?? '';
    const ts = `${1_600_000_000 + i}.000100`;
    const notes = moved.notes.map((note) => ({ ...note, text: text(i + 2 * MANY.cases, 12) }));
    const [filed, went, ...rest] = moved.events;
    const events = [
      { ...filed, data: { ...filed?.data, ...facts } },
      { ...went, data: { ...went?.data, ...routed } },
      ...rest,
    ] as StoredCase['events'];
    const stored: StoredCase = {
      ...moved,
      ...facts,
      ...routed,
      id: `V0${(Math.imul(i + 1, 2_654_435_761) >>> 0).toString(36).padStart(7, '0').toUpperCase()}`,
      version: moved.events.length,
      notes,
      clocks: moved.clocks.map((clock) => running(clock, i, now)),
      events,
      posts: moved.posts.map((post) => ({ ...post, channel, fallback: channel, sent: { channel, ts } })),
      outbox: [],
    };
    const { unwatched: _u, ...document } = documentOf(stored) as ReturnType<typeof documentOf> &
      Pick<CaseDocument, 'unwatched'>;
    return document;
  };
}

/** A clock of an open case: a fifth are overdue, and all have days until the next rung. */
function running(clock: Clock, i: number, now: Date): Clock {
  const next = later(now, 2 * DAY + minutes(i));
  const isOver = i % 10 === 0;
  const dueAt = isOver ? later(now, -minutes(60 + i)) : next;
  const rungs = clock.rungs.map((rung) => ({ ...rung, at: dueAt }));
  const [last] = rungs.slice(-1);
  return {
    ...clock,
    dueAt,
    rungs: last && isOver ? [...rungs, { ...last, at: next }] : rungs,
    fired: isOver ? rungs.length : 0,
  };
}

/** The same value with every date this much later. */
function shifted(value: unknown, ms: number): unknown {
  if (value instanceof Date) return later(value, ms);
  if (Array.isArray(value)) return value.map((one) => shifted(one, ms));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shifted(one, ms)]));
}

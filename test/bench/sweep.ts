import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Database } from '../../sandbox/database';
import { documentOf } from '../../src/db/case-document';
import { caseStore } from '../../src/db/cases';
import type { StoredCase } from '../../src/services/ports/cases';
import { tickCases } from '../../src/services/tick-cases';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { median, range, rounded } from './figures';
import { type Stage, setStage, watchedTool } from './stage';

/** Cases due at each tick, and the cases they are among. */
interface Plan {
  readonly due: number;
  readonly among: readonly number[];
}
const INDEXED: Plan = { due: 1_000, among: [10_000, 100_000] };
const MILLION = 1_000_000;
/** For an engine that scans, more would take long and teach nothing. */
const SCANNED: Plan = { due: 100, among: [500, 5_000] };
const ROUNDS = 5;
const A_BATCH = 1_000;
const GOAL = { ratio: 1.2 };
const STAGE = { agents: 1, areas: 10, postIntervalMs: 0 };
/** When the tick happens: the first rung of due cases has come, every other clock has hours left. */
const NOW = later(MONDAY, minutes(241));

/**
 * The cost of a tick with this many cases due, among few cases and among many, in turns; the queries of a tick with
 * nothing due; the memory that either leaves. With BENCH_MILLION set, among a million cases as well.
 */
export async function sweep(database: Database, progress: (line: string) => void): Promise<object> {
  const canTell = database.hasSecondaryIndexes;
  const { due, among } = canTell ? INDEXED : SCANNED;
  const sizes = canTell && process.env.BENCH_MILLION ? [...among, MILLION] : among;
  const fields: Field[] = [];
  try {
    for (const size of sizes) fields.push(await laidOut(database, size, progress));
    for (const round of range(ROUNDS + 1)) {
      for (const field of fields) {
        const took = await field.tick(due);
        if (round === 0) continue; // both warm up first
        field.ticks.push(took);
        progress(`sweep: round ${round} of ${ROUNDS}, among ${field.size}: ${took.ms} ms, heap +${took.heapMb} MB`);
      }
    }
    const [few] = fields;
    const figures = [];
    for (const field of fields) {
      const ratios = field.ticks.map(({ ms }, i) => ms / (few?.ticks[i]?.ms ?? Number.NaN));
      figures.push({
        cases: field.size,
        tickMs: median(field.ticks.map(({ ms }) => ms)),
        ratio: rounded(median(ratios)),
        heapMb: median(field.ticks.map(({ heapMb }) => heapMb)),
        idleTick: await field.idle(),
      });
    }
    const verdict = canTell
      ? {}
      : { cannotTell: 'this engine scans where MongoDB uses an index: the ratio says nothing' };
    return { due, rounds: ROUNDS, goal: GOAL, ...verdict, among: figures };
  } finally {
    for (const field of fields) await field.clear();
  }
}

interface Tick {
  readonly ms: number;
  /** How much larger the heap is than before, after garbage collection. */
  readonly heapMb: number;
}
/** This many cases in their own database, none of them due. */
interface Field {
  readonly size: number;
  readonly ticks: Tick[];
  /** Makes cases due, ticks once, and deletes them. */
  tick(due: number): Promise<Tick>;
  /** The commands of a tick with nothing due, and its duration. */
  idle(): Promise<{ readonly commands: readonly string[]; readonly ms: number }>;
  clear(): Promise<void>;
}

async function laidOut(database: Database, size: number, progress: (line: string) => void): Promise<Field> {
  const stage = await setStage(database, 'warmline', { ...STAGE });
  await caseStore(stage.connection).ensureIndexes();
  for (let made = 0; made < size; made += A_BATCH) {
    await store(
      stage,
      range(Math.min(A_BATCH, size - made)).map((i) => resting(stage, made + i)),
    );
    if (made % (50 * A_BATCH) === 0) progress(`sweep: among ${size}, ${made} laid out`);
  }
  const { stop, ...ticks } = await ticker(stage);
  return {
    size,
    ticks: [],
    ...ticks,
    async clear() {
      await stop();
      await stage.stop();
    },
  };
}

async function store({ connection }: Stage, list: readonly StoredCase[]): Promise<void> {
  await connection.collection('cases').insertMany(list.map((one) => documentOf(one)) as never, { ordered: false });
}

/** Ticks on a stage where nothing else is due at `NOW`. */
export async function ticker(stage: Stage): Promise<Pick<Field, 'tick' | 'idle'> & { stop(): Promise<void> }> {
  const { deps, commands, stop } = await watchedTool(stage, () => NOW);
  const tick = async () => {
    const before = heapMb();
    const startedAt = performance.now();
    const moved = await tickCases(deps, (ref, error) => {
      throw new Error(`${ref} could not be moved`, { cause: error });
    });
    const ms = rounded(performance.now() - startedAt, 1);
    return { moved, ms, heapMb: rounded(heapMb() - before, 1) };
  };
  return {
    stop,
    async tick(due) {
      const list = range(due).map((i) => overdue(stage, i));
      await store(stage, list);
      const { moved, ...took } = await tick();
      if (moved !== due) throw new Error(`${moved} of ${due} cases moved.`);
      const cases = stage.connection.collection('cases');
      await cases.deleteMany({ _id: { $in: list.map(({ id }) => id) as never[] } });
      return took;
    },
    async idle() {
      commands.length = 0;
      const { moved, ms } = await tick();
      if (moved) throw new Error(`${moved} cases moved, and none was due.`);
      return { commands: [...commands], ms };
    },
  };
}

const owned = ({ workspace, channels }: Stage, i: number, base: StoredCase): StoredCase => ({
  ...base,
  reporter: workspace.ids.users.agent0 ?? '',
  area: `Area ${i % STAGE.areas}`,
  owner: workspace.ids.users[`manager${i % STAGE.areas}`] ?? null,
  sj: String(1_000_000 + i),
  posts: base.posts.map((post) => ({ ...post, channel: channels[i % STAGE.areas] ?? '' })),
  outbox: [],
});
/** A case whose first rung has come at `NOW`. */
const overdue = (stage: Stage, i: number): StoredCase => owned(stage, i, storedCase(`due${i}`));
/** One with hours left, or a closed one: half of all. */
function resting(stage: Stage, i: number): StoredCase {
  const base = storedCase(`rest${i}`, later(MONDAY, minutes(120)));
  const closed = { state: 'resolved', clocks: [] } as const;
  return owned(stage, i, i % 2 ? base : { ...base, ...closed });
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

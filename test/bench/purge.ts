import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../sandbox/database';
import { documentOf } from '../../src/db/case-document';
import { caseStore } from '../../src/db/cases';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, minutes, storedCase } from '../support/cases';
import { Floor, type Sample, spread } from './agents';
import type { AppProcess } from './app-process';
import { median, range, rounded } from './figures';
import { type Stage, setStage } from './stage';

/** An engine that scans answers fewer in time. */
const AT_ONCE = { indexed: 50, scanned: 10 } as const;
const ROUNDS = 5;
const A_ROUND = 100;
const A_BATCH = 1_000;
/** Cases whose time is over, in each round; an engine that scans is slow with more. */
const [INDEXED, SCANNED] = [20_000, 1_000];
const STAGE = { areas: 10, postIntervalMs: 0 };
const GOAL = { ratio: 1.25 };
/** Between two rounds of agents, who talk with callers most of the time. */
const BREATH_MS = 5_000;
/** Closed so long ago that no policy keeps it. */
const LONG_AGO = new Date('2005-11-02T17:00:00Z');

type Way = 'quiet' | 'purging';

/**
 * Agents file, in turns with nothing else running and, every few seconds, while the same process deletes cases as fast as it can until all
 * are gone; in production it pauses ten minutes after every 500. The ratios are medians of the rounds' ratios.
 */
export async function purge(database: Database, progress: (line: string) => void): Promise<object> {
  const agents = AT_ONCE[database.hasSecondaryIndexes ? 'indexed' : 'scanned'];
  const stage = await setStage(database, 'warmline', { ...STAGE, agents });
  await caseStore(stage.connection).ensureIndexes();
  const app = await stage.start();
  const floor = new Floor(stage, app);
  const a_round = Number(process.env.BENCH_PURGE ?? (database.hasSecondaryIndexes ? INDEXED : SCANNED));
  const rounds: Record<Way, Sample[][]> = { quiet: [], purging: [] };
  let [purged, purgeMs] = [0, 0];
  try {
    await floor.file(A_ROUND);
    const kept = [await app.memory()];
    for (const round of range(ROUNDS)) {
      rounds.quiet.push(await floor.file(A_ROUND));
      await layOut(stage, round, a_round);
      const took = await whilePurging(app, async () => {
        const samples: Sample[] = [];
        do {
          samples.push(...(await floor.file(A_ROUND)));
          await sleep(BREATH_MS);
        } while (await isLeft(stage));
        rounds.purging.push(samples);
      });
      await stage.connection.collection('case_tombstones').deleteMany({});
      [purged, purgeMs] = [purged + a_round, purgeMs + took];
      kept.push(await app.memory());
      const [quiet, purging] = (['quiet', 'purging'] as const).map((way) => spread(rounds[way].at(-1) ?? [], 'whole'));
      progress(
        `purge: round ${round + 1} of ${ROUNDS}, p50 ${quiet?.p50} and ${purging?.p50} ms, p99 ${quiet?.p99} and ${purging?.p99} ms; ${a_round} went in ${rounded(took / 1000, 0)} s, ${kept.at(-1)?.heapMb} MB of heap`,
      );
    }
    return {
      submissions: [rounds.quiet, rounds.purging].map((samples) => samples.flat().length),
      atOnce: agents,
      goal: GOAL,
      purged,
      purgedPerSecond: rounded(purged / (purgeMs / 1000), 0),
      p50: compared(rounds, 'p50'),
      p99: compared(rounds, 'p99'),
      // After each round, after garbage collection; the first one before any.
      rssMb: kept.map(({ rssMb }) => rounded(rssMb, 1)),
      heapMb: kept.map(({ heapMb }) => rounded(heapMb, 1)),
    };
  } finally {
    await app.stop();
    await stage.stop();
  }
}

/** Runs `work` while the app deletes, and returns how long that took, ms. */
async function whilePurging(app: AppProcess, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await app.do({ ask: 'purge', on: true });
  try {
    await work();
    return performance.now() - startedAt;
  } finally {
    await app.do({ ask: 'purge', on: false });
  }
}

function compared(rounds: Record<Way, Sample[][]>, quantile: 'p50' | 'p99') {
  const of = (way: Way) => rounds[way].map((samples) => spread(samples, 'whole')[quantile]);
  const [quiet, purging] = [of('quiet'), of('purging')];
  const ratios = purging.map((ms, i) => ms / (quiet[i] ?? Number.NaN));
  return { quietMs: median(quiet), purgingMs: median(purging), ratio: rounded(median(ratios)) };
}

async function layOut({ connection }: Stage, round: number, count: number): Promise<void> {
  const cases = connection.collection('cases');
  for (let made = 0; made < count; made += A_BATCH) {
    const some = range(Math.min(A_BATCH, count - made)).map((i) => closedLongAgo(`old${round}-${made + i}`));
    await cases.insertMany(some.map((one) => documentOf(one)) as never, { ordered: false });
  }
}

/** Whether any of the data is left: a query that costs the engine nothing. */
const isLeft = async ({ connection }: Stage): Promise<boolean> =>
  (await connection
    .collection('cases')
    .findOne({ isOpen: false, kind: 'sp_feedback', held: false, closedAt: { $lte: later(LONG_AGO, minutes(1)) } })) !==
  null;

const closedLongAgo = (id: string): StoredCase => ({
  ...storedCase(id, LONG_AGO, { ref: `OLD-${id}` }),
  state: 'resolved',
  clocks: [],
  outbox: [],
});

import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import type { Database } from '../../sandbox/database';
import { caseIndexes } from '../../src/db/case-indexes';
import { createIndexBuild } from '../../src/indexes';
import { createMetrics } from '../../src/metrics';
import { storesOf } from '../../src/wiring/stores';
import { later, minutes } from '../support/cases';
import { layOut, MANY } from './many-cases';
import type { Figures, House } from './many-figures';
import { asks, homes, jobs, sweep } from './many-looks';
import { exporting, memory, starting } from './many-processes';
import { type Stage, setStage } from './stage';

const SIZES = (process.env.BENCH_CASES ?? `10000,${MANY.cases}`).split(',').map(Number);
/** The parts to measure, and the name under which the data stay for the next run. */
const { BENCH_PARTS, BENCH_KEPT } = process.env;
const [HOUR, WEEK] = [minutes(60), minutes(7 * 24 * 60)];

type Progress = (line: string) => void;
/** What is measured, in turns, in all houses. */
const PARTS: Readonly<Record<string, (houses: readonly House[], progress: Progress) => Promise<Figures>>> = {
  homes,
  asks,
  jobs,
  sweep,
  export: exporting,
  start: starting,
  memory,
};

/**
 * What people and jobs query among a million cases, in turns with the same among ten thousand: the newest of them, with
 * as many open ones, SPs, people and areas. With BENCH_KEPT, the data stay under that name; BENCH_PARTS selects parts.
 */
export async function million(database: Database, progress: Progress): Promise<object> {
  const houses: House[] = [];
  const asked = BENCH_PARTS?.split(',') ?? Object.keys(PARTS);
  try {
    for (const size of SIZES) houses.push(await housed(database, size, progress));
    const figures: Record<string, Figures> = {};
    for (const part of asked) {
      progress(`million: ${part}`);
      const measure = PARTS[part];
      if (!measure) throw new Error(`There is no part ${part}; there are ${Object.keys(PARTS).join(', ')}.`);
      figures[part] = await measure(houses, progress);
      progress(JSON.stringify({ [part]: figures[part] }));
    }
    return { ...MANY, cases: SIZES, ...figures };
  } finally {
    for (const { stage } of houses) await stage.stop();
  }
}

async function housed(database: Database, size: number, progress: Progress): Promise<House> {
  const stage = await setStage(database, 'warmline', {
    agents: MANY.people - MANY.areas,
    areas: MANY.areas,
    postIntervalMs: 0,
    ...(BENCH_KEPT && { kept: `${BENCH_KEPT}-${size}` }),
  });
  const at = await momentOf(stage);
  const startedAt = performance.now();
  await layOut(stage, size, at, progress);
  progress(`million: ${size} laid out after ${Math.round((performance.now() - startedAt) / 1000)} s`);
  await withIndexes(stage, progress);
  progress(`million: ${size} with indexes after ${Math.round((performance.now() - startedAt) / 1000)} s`);
  // The newest was closed within an hour and a half.
  return { size, stage, now: later(at, 2 * HOUR) };
}

/** The time that all data are made for: a Monday when digests and weekly reports are due, and nothing else. */
async function momentOf({ connection }: Stage): Promise<Date> {
  const kept = connection.collection<{ _id: string; at: Date }>('bench');
  // 1970 began on a Thursday.
  const since = 4 * 24 * HOUR + 16 * HOUR;
  const at = new Date(Math.ceil((Date.now() - since) / WEEK) * WEEK + since);
  await kept.updateOne({ _id: 'now' }, { $setOnInsert: { at } }, { upsert: true });
  return (await kept.findOne({ _id: 'now' }))?.at ?? at;
}

/** Everything that the app would build in the background. */
async function withIndexes({ connection }: Stage, progress: Progress): Promise<void> {
  const now = () => new Date();
  const log = pino({ level: 'warn' }, pino.destination(2));
  const { indexed } = storesOf(connection, { now, log, metrics: createMetrics(now, log), onEvents: () => undefined });
  // In one command, so that an engine may build several at once, or all in one walk.
  const wanted = caseIndexes().map(([key, options]) => ({ key, ...options }));
  await connection
    .collection('cases')
    .createIndexes(wanted as never[])
    .catch((error: unknown) => progress(String(error)));
  const build = createIndexBuild(indexed, now, log);
  build.start();
  for (let seconds = 0; !build.state().ready; seconds += 1) {
    await setTimeout(1_000);
    if (seconds % 60 === 59) progress(`million: indexes, ${seconds + 1} s`);
  }
}

import type { Connection } from 'mongoose';
import type { Database } from '../../sandbox/database';
import { documentOf } from '../../src/db/case-document';
import { caseIndexes } from '../../src/db/case-indexes';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { median, range, rounded } from './figures';
import { setStage } from './stage';

const ROUNDS = 7;
const A_ROUND = 300;
const GOAL = { share: 0.4 };
const WORDS =
  'nobody came on tuesday and nobody called the technician left oil stains a broken valve refund again'.split(' ');

/** Cases stored one after the other, with all indexes and with only the one on `_id`, in turns. */
export async function insert(database: Database, progress: (line: string) => void): Promise<object> {
  const stage = await setStage(database, 'warmline', { agents: 1, areas: 1, postIntervalMs: 0 });
  const { connection } = stage;
  const took: Record<'all' | 'none', number[]> = { all: [], none: [] };
  try {
    for (const [on, options] of caseIndexes())
      await connection.collection('all').createIndex(on as Record<string, 1>, options as object);
    for (const round of range(ROUNDS + 1))
      for (const name of ['none', 'all'] as const) {
        const ms = await stored(connection, name, round);
        if (round === 0) continue; // both warm up first
        took[name].push(ms);
        progress(`insert: round ${round} of ${ROUNDS}, ${name}: ${rounded(ms)} ms a case`);
      }
  } finally {
    await stage.stop();
  }
  const [all, none] = [median(took.all), median(took.none)];
  const share = rounded(median(took.all.map((ms, i) => (took.none[i] ?? Number.NaN) / ms)));
  return { indexes: caseIndexes().length + 1, goal: GOAL, allMs: rounded(all), noneMs: rounded(none), share };
}

async function stored(connection: Connection, name: string, round: number): Promise<number> {
  const documents = range(A_ROUND).map((i) => documentOf(someCase(`${name}${round}x${i}`, round * A_ROUND + i)));
  const startedAt = performance.now();
  for (const document of documents) await connection.collection<{ _id: string }>(name).insertOne(document);
  return (performance.now() - startedAt) / A_ROUND;
}

const someCase = (id: string, i: number) =>
  storedCase(id, later(MONDAY, minutes(i)), {
    ref: `SPF-${i}`,
    sj: String(1_000_000 + i),
    sp: { account: `ACC${i % 500}`, name: `Provider ${i % 500}` },
    owner: `U${i % 30}`,
    reporter: `U${i % 70}`,
    area: `Area ${i % 10}`,
    title: range(12)
      .map((n) => WORDS[(i * 7 + n * 3) % WORDS.length])
      .join(' '),
  });

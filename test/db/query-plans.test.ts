import type { Connection } from 'mongoose';
import pino from 'pino';
import { type CaseDocument, documentOf } from '../../src/db/case-document';
import { filtersOf } from '../../src/db/case-filters';
import { connect } from '../../src/db/connection';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, minutes, storedAfter, storedCase } from '../support/cases';
import { engineHasIndexes, freshDatabase } from '../support/engine';
import { askedOn, DESKS, NOW, QUERIES, RECORDS, REPORTS, type Stores, storesOf } from './asked-queries';
import type { Keys, Query } from './query-indexes';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let stores: Stores;
let asked: Query[];
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  stores = storesOf(connection);
  asked = askedOn(connection);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** This many cases, one in twenty of them open. */
const MANY = 20_000;
const A_BATCH = 500;
/** Engines may read a few more than they return. */
const SLACK = 25;
/** Filtered by what someone typed or chose: the queue uses an index, the rest filters. */
const isSifted = (query: Query) => /sp\.name|"severity"|"codes"|"clocks"|"kind":{/.test(JSON.stringify(query.filter));
type Stage = Keys & { readonly stage?: string };

/** A plan's stages, in whatever shape the engine returns them. */
function stagesOf(plan: unknown): Stage[] {
  if (Array.isArray(plan)) return plan.flatMap(stagesOf);
  if (plan === null || typeof plan !== 'object') return [];
  const inner = Object.entries(plan).flatMap(([name, part]) => (/stage|plan/i.test(name) ? stagesOf(part) : []));
  return ['stage' in plan ? (plan as Stage) : {}, ...inner];
}

/** How the engine runs a query. */
async function planOf(query: Query) {
  const { filter, sort, skip = 0, limit = 0 } = query;
  const told = await connection
    .collection('cases')
    .find(filter, { sort: sort as Record<string, 1>, skip, limit })
    .explain('executionStats');
  const { queryPlanner, executionStats: stats } = told as { queryPlanner: Keys; executionStats: Keys };
  const stages = [...stagesOf(queryPlanner.winningPlan), ...stagesOf(stats.executionStages)];
  const looked = stages.flatMap(({ totalDocsExamined, docsExamined }) => [totalDocsExamined, docsExamined]);
  return {
    names: new Set(stages.flatMap(({ stage }) => stage ?? [])),
    examined: Math.max(...[stats.totalDocsExamined, ...looked].map((count) => Number(count ?? 0))),
    returned: Number(stats.nReturned),
  };
}

/** The `i`th of many cases, as it would have developed in a year. */
function oneOfMany(i: number): StoredCase {
  const at = later(NOW, -i * minutes(26));
  const kind =
    (['sp_feedback', 'exception', 'high_risk', 'leadership', 'provider_report'] as const)[i % 5] ?? 'sp_feedback';
  const filed = storedCase(`M${i}`, at, {
    kind,
    ref: `M-${i}`,
    sj: String(550_000 + (i % 8_000)),
    sp: { account: `ACC${i % 500}`, name: `Provider ${i % 500}` },
    owner: `U${i % 100}`,
    reporter: `U${(i * 7) % 150}`,
    area: ['West', 'East', `Area ${i % 18}`][i % 3] ?? 'West',
    tone: i % 4 ? 'negative' : 'positive',
  });
  const posts = filed.posts.map((post) => ({ ...post, sent: { channel: `C${i % 20}`, ts: `${i}.2` } }));
  const sent = { ...filed, posts, outbox: i % 100 ? [] : filed.outbox };
  return i % 20 ? storedAfter(sent, { type: 'void', reason: 'Filed twice.' }, later(at, minutes(30))) : sent;
}

(engineHasIndexes() ? describe : describe.skip)('the plans that the engine takes among 20,000 cases', () => {
  let givesOrder = true;
  beforeAll(async () => {
    const cases = connection.collection<{ _id: string }>('cases');
    for (let i = 0; i < MANY; i += A_BATCH) {
      const batch = Array.from({ length: A_BATCH }, (_, j) => documentOf(oneOfMany(i + j)));
      await cases.insertMany(batch, { ordered: false });
    }
    await stores.store.ensureIndexes();
    // An engine that takes no order from any index has to sort all possible results.
    const { names } = await planOf({ filter: { filedAt: { $gte: NOW } }, sort: { filedAt: -1, _id: -1 }, limit: 1 });
    givesOrder = !names.has('SORT');
  }, 900_000);

  it.each(Object.entries({ ...QUERIES, ...REPORTS, ...RECORDS, ...DESKS }))(
    '%s scans nothing, sorts nothing, and reads little more than it returns',
    async (_name, ask) => {
      await filtersOf(connection.model<CaseDocument>('Case'));
      asked.length = 0;
      await ask(stores);
      for (const query of asked.splice(0)) {
        const { names, examined, returned } = await planOf(query);
        expect([query, names.has('COLLSCAN')]).toEqual([query, false]);
        if (givesOrder) expect([query, names.has('SORT')]).toEqual([query, false]);
        if (isSifted(query)) continue;
        const found = givesOrder
          ? (query.skip ?? 0) + returned
          : await connection.collection('cases').countDocuments(query.filter);
        expect([query, examined <= 2 * found + SLACK]).toEqual([query, true]);
      }
    },
    60_000,
  );
});

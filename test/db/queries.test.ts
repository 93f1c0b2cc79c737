import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import pino from 'pino';
import type { CaseDocument } from '../../src/db/case-document';
import { filtersOf } from '../../src/db/case-filters';
import { RETIRED_INDEXES } from '../../src/db/case-indexes';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { references } from '../../src/db/references';
import { storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';
import { askedOn, DESKS, HISTORY, NOW, QUERIES, RECORDS, REPORTS, type Stores, storesOf } from './asked-queries';
import { branches, indexesOf, type Query, serves } from './query-indexes';

const FOLDER = join(__dirname, '../../src/db');

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

const DESKS_OPEN_ONLY = [
  'queue',
  'queueSize',
  'promised',
  'openFiledBy',
  'openFiledCount',
  'questionsFor',
  'inReview',
  'inReviewCount',
  'unrouted',
  'unroutedCount',
];
/** Writes by `_id`, which is always indexed. */
const WRITES = ['insert', 'save', 'ensureIndexes'];
/** Queries for open cases: their index has only these, however many are closed. */
const OPEN_ONLY = [
  'openBySj',
  'openBySp',
  'openPage',
  'stalled',
  'openOwners',
  'openChannels',
  'ownerless',
  'openOf',
  'promisedCallbacks',
];

/** Whether a query reads no closed case: its index has none, or its key is one that only open cases have. */
const isOfOpen = (query: Query): boolean =>
  indexesOf(connection).some((index) => index.where.isOpen === true && serves(index, query)) ||
  ['open_', 'state:in_review', 'state:returned'].some((key) => String(query.filter.keys).startsWith(key)) ||
  query.filter.nextNudgeAt === null;

/** The queries made by this work; whether cases lack keys was checked before. */
async function askedBy(work: () => Promise<unknown> | undefined): Promise<Query[]> {
  await filtersOf(connection.model<CaseDocument>('Case'));
  asked.length = 0;
  await work();
  expect(asked).not.toEqual([]);
  return asked.flatMap(branches);
}

describe('the queries of the case store', () => {
  it('are all listed here', () => {
    expect(Object.keys(stores.store).sort()).toEqual([...Object.keys(QUERIES), ...WRITES].sort());
  });

  it.each(Object.keys(QUERIES))('%s has an index', async (method) => {
    for (const query of await askedBy(async () => QUERIES[method]?.(stores)))
      expect([query, indexesOf(connection).filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it.each(OPEN_ONLY)('%s reads no closed case', async (method) => {
    for (const query of await askedBy(async () => QUERIES[method]?.(stores)))
      expect([query, isOfOpen(query)]).toEqual([query, true]);
  });

  it('use few indexes, because each is written whenever a case is stored', () => {
    expect(indexesOf(connection).length).toBeLessThanOrEqual(14);
    const names = indexesOf(connection).map(({ on }) => Object.entries(on).flat().join('_'));
    expect(RETIRED_INDEXES.filter((name) => names.includes(name))).toEqual([]);
  });

  it('of its history are all listed here', () => {
    expect(Object.keys(stores.history).sort()).toEqual([...Object.keys(HISTORY), 'keep'].sort());
  });

  it.each(Object.keys(HISTORY).filter((method) => method !== 'ensureIndexes'))(
    '%s of its history has an index, and is one query',
    async (method) => {
      asked.length = 0;
      await HISTORY[method]?.(stores);
      expect(asked).toHaveLength(1);
      for (const query of asked)
        expect([query, indexesOf(connection, 'CaseEvent').filter((index) => serves(index, query))]).not.toEqual([
          query,
          [],
        ]);
    },
  );

  it('of its history are not made while a document has all of it', async () => {
    const whole = storedCase('V2');
    asked.length = 0;
    for await (const page of stores.history.all(whole)) expect(page).toHaveLength(2);
    expect(await stores.history.numbered(whole, 2)).toMatchObject({ type: 'routed' });
    expect(await stores.history.numbered(whole, 3)).toBeNull();
    expect(await stores.history.hasKey(whole, 'V1VIEW')).toBe(false);
    expect(await stores.history.newestAbout(whole, 'note', '1.2')).toBeNull();
    expect(asked).toEqual([]);
  });

  it('of digests and reports are all listed here', () => {
    expect(Object.keys(stores.reports).sort()).toEqual([...Object.keys(REPORTS), 'hasAny', 'told', 'watched'].sort());
  });

  it.each(Object.keys(REPORTS))('%s of digests and reports has an index', async (method) => {
    for (const query of await askedBy(async () => REPORTS[method]?.(stores)))
      expect([query, indexesOf(connection).filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it('of records are all listed here', () => {
    expect(Object.keys(stores.records).sort()).toEqual([...Object.keys(RECORDS), 'about'].sort());
  });

  it.each(Object.keys(RECORDS))('%s of records has an index', async (method) => {
    for (const query of await askedBy(async () => RECORDS[method]?.(stores)))
      expect([query, indexesOf(connection).filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it('of desks are all listed here', () => {
    expect(Object.keys(stores.desks).sort()).toEqual(Object.keys(DESKS).sort());
  });

  it.each(Object.keys(DESKS))('%s of desks has an index', async (method) => {
    for (const query of await askedBy(async () => DESKS[method]?.(stores)))
      expect([query, indexesOf(connection).filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it.each(DESKS_OPEN_ONLY)('%s of desks looks at no closed case', async (method) => {
    for (const query of await askedBy(async () => DESKS[method]?.(stores)))
      if (!('_id' in query.filter)) expect([query, isOfOpen(query)]).toEqual([query, true]);
  });

  it('without an index would be caught', () => {
    const byTitle = { filter: { title: 'Recall' }, sort: { filedAt: -1 } };
    expect(indexesOf(connection).some((index) => serves(index, byTitle))).toBe(false);
    expect(indexesOf(connection).some((index) => serves(index, { filter: { sj: '1' }, sort: { title: 1 } }))).toBe(
      false,
    );
  });

  it.each(
    readdirSync(FOLDER).filter(
      (file) => file.endsWith('.ts') && readFileSync(join(FOLDER, file), 'utf8').includes('new Schema'),
    ),
  )('%s declares an index for what it asks beside _id', (file) => {
    const source = readFileSync(join(FOLDER, file), 'utf8');
    // Queries for cases are listed above.
    const asks = [
      ...source.matchAll(
        /(?<!\b(?:cases|tombstones)\s*)\.(?:find|findOne|updateMany|deleteMany)\(\s*\{\s*'?([a-zA-Z][a-zA-Z.]*)'?[:,\s}]/g,
      ),
    ];
    const declared = [...source.matchAll(/\.index\(\{\s*'?([a-zA-Z.]+)'?/g)].map(([, field]) => field);
    for (const [, field = ''] of asks) if (field !== '_id' && field !== 'posts') expect(declared).toContain(field);
  });
});

describe('the queries of other stores', () => {
  it('for the newest references have an index', async () => {
    asked.length = 0;
    await references(connection).next('high_risk');
    const looks = asked.filter(({ sort }) => 'filedAt' in sort);
    expect(looks).toHaveLength(1);
    for (const look of looks)
      expect(indexesOf(connection, 'Case').filter((index) => serves(index, look))).not.toEqual([]);
  });

  it('for SPs have an index', async () => {
    const { configuration } = directoryStore(connection, { now: () => NOW });
    const known = indexesOf(connection, 'ServiceProvider');
    for (const text of ['', 'acc1', 'ace plumb']) {
      asked.length = 0;
      await configuration.findProviders(text, { skip: 990, limit: 10, atMost: 1000 });
      const narrowing = asked.filter(({ filter }) => Object.keys(filter).length);
      expect(narrowing.length > 0).toBe(text !== '');
      for (const query of narrowing)
        expect([query, known.filter((index) => serves(index, query))]).not.toEqual([query, []]);
    }
  });
});

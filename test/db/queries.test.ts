import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { freshDatabase } from '../support/engine';

type Keys = Readonly<Record<string, unknown>>;
interface Query {
  readonly filter: Keys;
  readonly sort: Keys;
}

const NOW = new Date('2026-11-02T17:00:00Z');
const FOLDER = join(__dirname, '../../src/db');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: ReturnType<typeof caseStore>;
const asked: Query[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = caseStore(connection);
  connection.set('debug', (_collection: string, _method: string, filter: Keys = {}, options: { sort?: Keys } = {}) => {
    asked.push({ filter, sort: options.sort ?? {} });
  });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** Every query of `db/cases.ts` by the method that makes it. */
const QUERIES: Readonly<Record<string, () => Promise<unknown>>> = {
  byId: () => store.byId('V1'),
  byRef: () => store.byRef('SPF-000001'),
  byPost: () => store.byPost('C1', '1.2'),
  openBySj: () => store.openBySj('556677'),
  openBySp: () => store.openBySp('ACC100', ['MISDIAG'], NOW),
  bySj: () => store.bySj('556677', 10),
  bySp: () => store.bySp('ACC100', 10),
  scoresOf: () => store.scoresOf('ACC100', NOW),
  due: () => store.due(NOW, 10),
  waiting: () => store.waiting('C1', 10),
  lanesWithWork: () => store.lanesWithWork(10),
  openOf: () => store.openOf('U1', 10),
  filedBy: () => store.filedBy('U1', 10),
};
/** What writes: by `_id`, which is always indexed. */
const WRITES = ['insert', 'save', 'ensureIndexes'];

/** The fields a filter narrows, as an index names them. `exact`: by one value. */
function narrowed(filter: Keys, prefix = ''): Map<string, { exact: boolean }> {
  const fields = new Map<string, { exact: boolean }>();
  for (const [field, wanted] of Object.entries(filter)) {
    const operators =
      wanted !== null && typeof wanted === 'object' && !(wanted instanceof Date) ? Object.keys(wanted) : [];
    if (field.startsWith('$') || operators.includes('$nin')) continue;
    const nested = operators.includes('$elemMatch') ? (wanted as { $elemMatch: Keys }).$elemMatch : null;
    if (nested) for (const [inner, how] of narrowed(nested, `${field}.`)) fields.set(inner, how);
    else fields.set(prefix + field, { exact: operators.length === 0 });
  }
  return fields;
}

/** Whether an index finds what is asked for, in the order asked for, without looking at the rest. */
function serves(index: Keys, { filter, sort }: Query): boolean {
  const fields = narrowed(filter);
  const keys = Object.keys(index);
  const exact = keys.findIndex((key) => !fields.get(key)?.exact);
  const left = exact < 0 ? [] : keys.slice(exact);
  const [ordered] = Object.keys(sort);
  if (ordered) return left[0] === ordered && (exact > 0 || fields.has(ordered));
  return exact !== 0 || fields.has(keys[0] ?? '');
}

const indexes = (): Keys[] => [
  { _id: 1 },
  ...connection
    .model('Case')
    .schema.indexes()
    .map(([keys]) => keys),
];

describe('the queries of the case store', () => {
  it('are all listed here', () => {
    expect(Object.keys(store).sort()).toEqual([...Object.keys(QUERIES), ...WRITES].sort());
  });

  it.each(Object.keys(QUERIES))('%s has an index', async (method) => {
    asked.length = 0;
    await QUERIES[method]?.();
    expect(asked).toHaveLength(1);
    for (const query of asked) expect(indexes().filter((index) => serves(index, query))).not.toEqual([]);
  });

  it('would be caught without one', () => {
    const byArea = { filter: { area: 'West' }, sort: { filedAt: -1 } };
    expect(indexes().some((index) => serves(index, byArea))).toBe(false);
    expect(indexes().some((index) => serves(index, { filter: { sj: '1' }, sort: { title: 1 } }))).toBe(false);
  });

  it.each(readdirSync(FOLDER).filter((file) => readFileSync(join(FOLDER, file), 'utf8').includes('new Schema')))(
    '%s declares an index for what it asks beside _id',
    (file) => {
      const source = readFileSync(join(FOLDER, file), 'utf8');
      const asks = [...source.matchAll(/\.(?:find|findOne|updateMany|deleteMany)\(\s*\{\s*'?([a-zA-Z.]+)'?[:,\s}]/g)];
      const declared = [...source.matchAll(/\.index\(\{\s*'?([a-zA-Z.]+)'?/g)].map(([, field]) => field);
      for (const [, field = ''] of asks) if (field !== '_id' && field !== 'posts') expect(declared).toContain(field);
    },
  );
});

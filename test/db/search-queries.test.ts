import type { Connection } from 'mongoose';
import pino from 'pino';
import type { CaseDocument } from '../../src/db/case-document';
import { filtersOf } from '../../src/db/case-filters';
import { caseSearch } from '../../src/db/case-search';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import type { Readable } from '../../src/domain/access';
import type { CaseQuery } from '../../src/domain/search';
import type { CaseSearch, PageFrom } from '../../src/services/ports/search';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';

type Keys = Readonly<Record<string, unknown>>;
type Conditions = Omit<CaseQuery, 'readable' | 'notAbout'>;

const NOW = new Date('2026-11-02T17:00:00Z');
const EVERYTHING: CaseQuery = { words: [], filedFrom: null, filedBefore: null, readable: [{}], notAbout: 'U0ME' };
/** Each condition alone, and the field whose index it uses. */
const ENTERED: Readonly<Record<keyof Conditions, string>> = {
  ref: 'ref',
  account: 'keys',
  sj: 'keys',
  kinds: 'keys',
  states: 'keys',
  outcomes: 'keys',
  area: 'keys',
  filedBy: 'keys',
  words: 'words',
  filedFrom: 'filedAt',
  filedBefore: 'filedAt',
};
const CONDITIONS: { readonly [Name in keyof Required<Conditions>]: Pick<Required<Conditions>, Name> } = {
  ref: { ref: 'SPF-000001' },
  account: { account: 'ACC100' },
  sj: { sj: '556677' },
  kinds: { kinds: ['exception', 'high_risk'] },
  states: { states: ['open'] },
  outcomes: { outcomes: ['coaching_given'] },
  area: { area: 'West' },
  filedBy: { filedBy: 'U0AMIRA' },
  words: {
    words: [
      { word: 'zebra', begins: false },
      { word: 'crossing', begins: true },
    ],
  },
  filedFrom: { filedFrom: NOW },
  filedBefore: { filedBefore: NOW },
};
const PARTS: readonly Readable[] = [
  { reporter: 'U0ME' },
  { kinds: ['high_risk'] },
  { kinds: ['sp_feedback'], areas: ['West', 'East'] },
  { kinds: ['leadership'], owner: 'U0ME' },
  { kinds: ['sp_feedback'], follower: 'U0ME' },
  { kinds: ['high_risk'], mark: 'sp_at_risk' },
];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let search: CaseSearch;
const asked: { filter: Keys; sort: Keys | undefined }[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  search = caseSearch(connection, () => NOW);
  connection.set('debug', (_collection: string, _method: string, filter: Keys = {}, options: { sort?: Keys } = {}) => {
    asked.push({ filter, sort: options.sort });
  });
});
beforeEach(async () => {
  await filtersOf(connection.model<CaseDocument>('Case'));
  asked.length = 0;
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** Their fields; all are newest first after the first one. */
const indexes = (): string[] =>
  connection
    .model('Case')
    .schema.indexes()
    .map(([keys]) => Object.keys(keys).join(' '));
/** Whether an index returns this field's cases in the order of all lists; one that finds a single case need not. */
const inOrderBy = (field: string) =>
  indexes().some((keys) => keys.startsWith([...new Set([field, 'filedAt', '_id'])].join(' '))) ||
  (field === 'ref' && indexes().includes('ref _id')); // of one case each
/** The fields by which a filter can use an index, without those that only filter. */
const entriesOf = ({ subjects: _about, $or, $and = [], ...fields }: Keys): string[] => [
  ...Object.keys(fields),
  ...($and as Keys[]).flatMap((part) => entriesOf(part)),
];

describe('the queries of a search', () => {
  it.each(Object.entries(CONDITIONS))(
    'by %s alone are entered by an index that is in their order',
    async (name, condition) => {
      const query = { ...EVERYTHING, ...condition };
      await search.page(query, 10);
      await search.page(query, 10, { key: { at: NOW, id: 'V1' }, way: 'newer' });
      await search.count(query, 1001);
      await search.look(query, 10, {}, 1001);
      for await (const _record of search.stream(query)) throw new Error('The database is empty.');
      expect(asked.length).toBeGreaterThanOrEqual(5);
      const entry = ENTERED[name as keyof Conditions];
      expect(inOrderBy(entry)).toBe(true);
      // Cases that a rare word has found are entered by their ids.
      for (const { filter } of asked) expect([entry, '_id'].some((one) => entriesOf(filter).includes(one))).toBe(true);
      const orders = asked.flatMap(({ sort }) => (sort && Object.keys(sort).length ? [JSON.stringify(sort)] : []));
      expect(new Set(orders)).toEqual(new Set(['{"filedAt":-1,"_id":-1}', '{"filedAt":1,"_id":1}']));
    },
  );

  it.each(PARTS)('for what someone may read, part %j is one of the keys that are looked up', async (part) => {
    await search.page({ ...EVERYTHING, readable: [part, { reporter: 'U0ME' }] }, 10);
    const { keys: entry, $or } = asked[0]?.filter ?? {};
    const { $in: keys } = entry as { $in: string[] };
    expect(keys.at(-1)).toBe('reporter:U0ME');
    expect(keys.length).toBe(1 + (part.areas ?? part.kinds ?? [1]).length);
    expect($or).toHaveLength(2);
    expect(inOrderBy('keys')).toBe(true);
  });

  it('by several conditions use the one that leaves the fewest cases, and the others filter', async () => {
    const narrow = { sj: '556677', area: 'West', kinds: ['exception' as const], states: ['open' as const] };
    await search.page({ ...EVERYTHING, ...narrow, readable: [{ reporter: 'U0ME' }] }, 10);
    expect(asked[0]?.filter).toMatchObject({ keys: 'sj:556677', area: 'West', state: { $in: ['open'] } });
    expect(asked[0]?.filter.$or).toEqual([{ reporter: 'U0ME' }]);
  });

  it('by a word that few have are entered by it, where something else may leave fewer', async () => {
    const words = [{ word: 'zebra', begins: false }];
    await search.look({ ...EVERYTHING, words, area: 'West', readable: [{ reporter: 'U0ME' }] }, 10, {}, 1001);
    expect(asked.map(({ filter }) => entriesOf(filter))).toEqual([
      ['words'],
      expect.arrayContaining(['keys', '_id', '$nor']),
    ]);
    expect(asked[1]?.filter).toMatchObject({ keys: 'reporter:U0ME', area: 'West', $or: [{ reporter: 'U0ME' }] });
  });

  it('by the beginning of a word go by time among the newest 10,000, and by the words of older ones', async () => {
    const beginning = { ...EVERYTHING, words: [{ word: 'bear', begins: true }] };
    const fields = () =>
      asked.splice(0).map(({ filter }) => [...new Set(entriesOf(filter))].filter((one) => one !== '$nor'));
    await search.count(beginning, 101);
    expect(fields()).toEqual([[], ['filedAt'], ['filedAt'], ['filedAt'], ['filedAt'], ['filedAt'], ['filedAt']]);

    const filed = (n: number) => ({ _id: `filed${n}`, keys: [], filedAt: later(NOW, -minutes(n)) });
    await connection.collection('cases').insertMany([...Array(10_001).keys()].map(filed) as never[]);
    asked.length = 0;
    await search.count(beginning, 101);
    const [time, words] = [['filedAt'], ['words', 'filedAt']];
    // The oldest of the newest is seven days old, less some minutes.
    expect(fields()).toEqual([[], time, words, words, words, words, words]);
    for (const [at, entered] of [
      [NOW, time],
      [later(NOW, -minutes(20_000)), words],
    ] as const) {
      await search.page(beginning, 10, { key: { at, id: 'V1' }, way: 'newer' });
      expect(fields().at(-1)).toEqual(expect.arrayContaining([...entered]));
    }
    await connection.collection('cases').deleteMany({});
  });

  it('of somebody who reads a whole kind of the open ones are not entered by what they may read', async () => {
    const words = [{ word: 'zebra', begins: false }];
    const most: Readable = { kinds: ['sp_feedback'] };
    await search.look({ ...EVERYTHING, words, readable: [most, { reporter: 'U0ME' }] }, 10, {}, 1001);
    expect(asked[0]?.filter.$or).toEqual([{ kind: { $in: most.kinds } }, { reporter: 'U0ME' }]);
  });

  it('ask nothing of a person who may read everything but what is about them, and go back in time step by step', async () => {
    await search.page(EVERYTHING, 10);
    const spans = asked.map(({ filter: { subjects, $and = [], ...others } }) => {
      expect([subjects, others]).toEqual([{ $ne: 'U0ME' }, {}]);
      return ($and as { filedAt: object }[]).map(({ filedAt }) => filedAt);
    });
    const ago = (days: number) => later(NOW, -minutes(days * 24 * 60));
    expect(spans).toEqual([
      [{ $gte: ago(1) }],
      [{ $gte: ago(7) }, { $lt: ago(1) }],
      [{ $gte: ago(28) }, { $lt: ago(7) }],
      [{ $gte: ago(112) }, { $lt: ago(28) }],
      [{ $gte: ago(448) }, { $lt: ago(112) }],
      [{ $lt: ago(448) }],
    ]);
    expect(inOrderBy('filedAt')).toBe(true);
  });

  it('look no farther back than asked, and not at all once there are enough', async () => {
    await search.page({ ...EVERYTHING, filedFrom: later(NOW, -minutes(12 * 60)) }, 10);
    expect(asked).toHaveLength(1);
    await caseStore(connection).insert(storedCase('enough', NOW));
    asked.length = 0;
    expect(await search.count(EVERYTHING, 1)).toBe(1);
    expect(asked).toHaveLength(1);
    await connection.collection('cases').deleteMany({});
  });

  it('would be caught without an index', () => {
    expect(inOrderBy('title')).toBe(false);
  });

  it('for histories, for figures, use the days', async () => {
    for await (const _history of search.histories({ from: NOW, to: NOW }, 'U0ME')) throw new Error('It is empty.');
    expect(entriesOf(asked[0]?.filter ?? {})).toEqual(['filedAt']);
  });

  it('for histories of some areas use these', async () => {
    const only = { areas: ['West'], kinds: ['sp_feedback'] as const };
    const range = { from: NOW, to: NOW };
    for await (const _history of search.histories(range, 'U0ME', only)) throw new Error('It is empty.');
    expect(asked[0]?.filter.keys).toBe('area:West');
  });

  it('cases without words are found by an index', async () => {
    await search.fillWords();
    expect(asked[0]?.filter).toEqual({ words: null });
  });
});

it('the search returns the same pages as a walk, however many are counted', async () => {
  const store = caseStore(connection);
  // Two at each time, distinguished by their ids.
  for (const n of [...Array(8).keys()]) await store.insert(storedCase(`look${n}`, later(MONDAY, minutes(n >> 1))));
  const query = { ...EVERYTHING, area: 'West' };
  const all = await search.page(query, 10);
  expect(all.map(({ id }) => id)).toEqual([...Array(8).keys()].map((n) => `look${7 - n}`));
  const froms = [
    {},
    ...all.flatMap(({ id, filedAt: at }) => ['older', 'newer'].map((way) => ({ key: { id, at }, way }))),
  ];
  for (const from of froms as PageFrom[])
    for (const [atMost, count] of [
      [100, 8],
      [5, 5],
    ] as const)
      expect(await search.look(query, 3, from, atMost)).toEqual({ records: await search.page(query, 3, from), count });
});

it('cases of any age are found, and of several words by the one that few have', async () => {
  const store = caseStore(connection);
  const ages = [0, 6, 20, 100, 400, 900];
  for (const days of ages)
    await store.insert({
      ...storedCase(`aged${days}`, later(NOW, -minutes(days * 24 * 60))),
      area: 'Aged',
      title: days === 900 ? 'marmalade towel' : 'towel',
    });
  const ids = (query: Partial<CaseQuery>, most: number) =>
    search.page({ ...EVERYTHING, area: 'Aged', ...query }, most).then((found) => found.map(({ id }) => id));
  const all = ages.map((days) => `aged${days}`);
  expect(await ids({}, 10)).toEqual(all);
  expect(await ids({}, 3)).toEqual(all.slice(0, 3));
  const words = (...texts: string[]) => texts.map((word) => ({ word, begins: false }));
  const look = (query: Partial<CaseQuery>, atMost = 1001) => search.look({ ...EVERYTHING, ...query }, 10, {}, atMost);
  const { records, count } = await look({ words: words('towel', 'marmalade') });
  expect([records.map(({ id }) => id), count]).toEqual([['aged900'], 1]);
  expect((await look({ words: words('towel', 'nowhere') })).count).toBe(0);
  expect((await look({ words: words('towel') }, 4)).count).toBe(4);
  // Counted to where some spans are known as a whole and the last one is not: the same pages as a walk.
  const aged = { ...EVERYTHING, area: 'Aged' };
  for (const [atMost, n, way] of [1, 2, 3, 4, 5, 6, 7].flatMap((most) =>
    all.flatMap((_, at) => (['older', 'newer'] as const).map((one) => [most, at, one] as const)),
  )) {
    const key = { id: all[n] ?? '', at: later(NOW, -minutes((ages[n] ?? 0) * 24 * 60)) };
    const { records: some } = await search.look(aged, 2, { key, way }, atMost);
    const walked = way === 'older' ? all.slice(n + 1, n + 3) : all.slice(Math.max(0, n - 2), n);
    expect([atMost, key.id, way, some.map(({ id }) => id)]).toEqual([atMost, key.id, way, walked]);
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseDesks } from '../../src/db/case-desks';
import { type CaseDocument, documentOf } from '../../src/db/case-document';
import { filtersOf } from '../../src/db/case-filters';
import { caseHistory } from '../../src/db/case-history';
import { RETIRED_INDEXES } from '../../src/db/case-indexes';
import { caseReports } from '../../src/db/case-reports';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { recordStore } from '../../src/db/records';
import { references } from '../../src/db/references';
import type { Person } from '../../src/domain/access';
import type { CaseEvent } from '../../src/domain/case';
import { storedQueue } from '../../src/domain/lane-queue';
import { mailboxOf } from '../../src/domain/mailbox';
import type { Move } from '../../src/domain/move';
import { queueQuery, readQueueFilters } from '../../src/domain/queue';
import type { DueCase, StoredCase } from '../../src/services/ports/cases';
import type { Records } from '../../src/services/ports/proof';
import type { CaseReports } from '../../src/services/ports/reports';
import { type Given, later, MONDAY, minutes, moved, storedAfter, storedCase, WEST } from '../support/cases';
import { engineHasIndexes, freshDatabase } from '../support/engine';
import { migrated } from '../support/migrated';

type Keys = Readonly<Record<string, unknown>>;
interface Query {
  readonly filter: Keys;
  readonly sort: Keys;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
}
interface Index {
  readonly on: Keys;
  /** The condition on a case in the index. */
  readonly where: Keys;
}

const NOW = new Date('2026-11-02T17:00:00Z');
const FOLDER = join(__dirname, '../../src/db');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: ReturnType<typeof caseStore>;
let history: ReturnType<typeof caseHistory>;
let reports: CaseReports;
let records: Records;
let desks: ReturnType<typeof caseDesks>;
const asked: Query[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = caseStore(connection);
  history = caseHistory(connection);
  reports = caseReports(connection);
  records = recordStore(connection);
  desks = caseDesks(connection);
  connection.set('debug', (_collection: string, method: string, first: unknown = {}, second: Keys = {}) => {
    const { sort = {}, skip, limit } = second as { sort?: Keys; skip?: number; limit?: number };
    // For a field alone, an index that begins with it has all values.
    if (method === 'distinct') asked.push({ filter: { [String(first)]: { $exists: true }, ...second }, sort: {} });
    else if (method === 'aggregate') asked.push({ filter: (first as { $match: Keys }[])[0]?.$match ?? {}, sort: {} });
    else if (method === 'findOne') asked.push({ filter: first as Keys, sort, limit: 1 });
    else if (method !== 'createIndex' && method !== 'indexes') asked.push({ filter: first as Keys, sort, skip, limit });
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
  shownInFull: () => store.shownInFull('C1', 10),
  keptFrom: () => store.keptFrom('C1', 10),
  byNote: () => store.byNote('C1', '1.2'),
  openBySj: () => store.openBySj('556677'),
  openBySp: () => store.openBySp('ACC100', ['MISDIAG'], NOW),
  promisedCallbacks: () => store.promisedCallbacks('leadership', NOW, 10),
  bySj: () => store.bySj('556677', 10),
  bySp: () => store.bySp('ACC100', 10),
  scoresOf: () => store.scoresOf('ACC100', NOW),
  due: () => store.due(NOW, 10, { id: 'V1', ref: 'SPF-000001', at: NOW }),
  openPage: () => store.openPage('V1', 10),
  stalled: () => store.stalled('V1', 10),
  changedAfter: () => store.changedAfter(NOW, 10),
  openOwners: () => store.openOwners(),
  ownerless: () => store.ownerless(10),
  undelivered: () => store.undelivered(NOW, 10),
  backlog: () => store.backlog(),
  waiting: () => store.waiting(storedQueue('C1'), 10, NOW),
  waitingOfOne: () => Promise.all(['C1', 'C2'].map((queue) => store.waitingOfOne(storedQueue(queue), NOW))),
  lanesWithWork: () => store.lanesWithWork(10, NOW),
  grantedTo: () => store.grantedTo('U1', NOW),
  openOf: () => store.openOf('U1', 10),
};
/** A case whose document begins with its 501st event. */
const LONG = { id: 'V1', events: [{ ...storedCase('V1').events[0], seq: 501 } as CaseEvent] };
/** Every query of `db/case-history.ts`; what keeps events writes by `_id`. */
const HISTORY: Readonly<Record<string, () => Promise<unknown>>> = {
  ensureIndexes: () => history.ensureIndexes(),
  all: () => history.all(LONG)[Symbol.asyncIterator]().next(),
  numbered: () => history.numbered(LONG, 7),
  hasKey: () => history.hasKey(LONG, 'V2'),
  between: () => history.between(LONG, 3, 7),
  newestAbout: () => history.newestAbout(LONG, 'note', '1.2'),
};
/** Every query of `db/case-reports.ts`; `watched` and `told` write by `_id`, and `hasAny` reads any one document. */
const REPORTS: Readonly<Record<string, () => Promise<unknown>>> = {
  openIn: () => reports.openIn('West'),
  hasOpen: () => reports.hasOpen('West'),
  praiseIn: () => reports.praiseIn('West', NOW),
  inState: () => reports.inState('in_review', 10),
  unrouted: () => reports.unrouted(10),
  dead: () => reports.dead(10),
  reported: () => reports.reported('West', NOW, { from: NOW, to: NOW })[Symbol.asyncIterator]().next(),
  unwatched: () => reports.unwatched(10),
  watchedOf: () => reports.watchedOf('ACC100', NOW),
  raisedFor: () => reports.raisedFor('repeat:ACC100:'),
};
/** Every query of `db/records.ts`; `about` counts all. */
const RECORDS: Readonly<Record<string, () => Promise<unknown>>> = {
  page: () => records.page('V1', 10),
  byRef: () => records.byRef('SPF-000001'),
  claim: () => records.claim(10),
  heads: () => records.heads(NOW)[Symbol.asyncIterator]().next(),
};
/** A person who leads an area and has a role, filtering by an SP: every branch and clause of a desk. */
const DANA: Person = {
  id: 'U1',
  isAdmin: false,
  isManager: true,
  roles: ['risk'],
  standsFor: ['U2'],
  grants: [{ ref: 'HRR-000001', by: 'U3', until: NOW, seq: 3 }],
};
const queue = (args: Readonly<Record<string, string>>) =>
  queueQuery(readQueueFilters(args, DANA), DANA, [{ ...WEST, areaManager: 'U1' }], NOW);
const LED = { areas: ['West'], kinds: ['sp_feedback'] as const };
/** Every query of `db/case-desks.ts`. */
const DESKS: Readonly<Record<string, () => Promise<unknown>>> = {
  queue: async () => {
    await desks.queue(queue({ scope: 'mine' }), 990, 10);
    await desks.queue(queue({ sp: 'ace', kind: 'high_risk', state: 'overdue', severity: 'high' }), 0, 10);
    await desks.queue({ ...queue({}), branches: [{}] }, 0, 10);
  },
  queueSize: async () => {
    await desks.queueSize(queue({ scope: 'mine' }), 10);
    await desks.queueSize(queue({ sp: 'ace', state: 'overdue' }), 10);
    await desks.queueSize({ ...queue({}), branches: [{}] }, 10);
  },
  waitingFor: () => desks.waitingFor('U1', 5),
  promised: () => desks.promised(['U1'], NOW, 10),
  filedBy: () => desks.filedBy('U1', 990, 10),
  filedCount: () => desks.filedCount('U1', 10),
  openFiledBy: () => desks.openFiledBy('U1', 990, 10),
  openFiledCount: () => desks.openFiledCount('U1', 10),
  questionsFor: () => desks.questionsFor('U1', 10),
  resolvedFor: () => desks.resolvedFor('U1', NOW, 10),
  inReview: () => desks.inReview(990, 10),
  inReviewCount: () => desks.inReviewCount(10),
  unrouted: () => desks.unrouted(990, 10),
  unroutedCount: () => desks.unroutedCount(10),
  withDead: () => desks.withDead(990, 10),
  withDeadCount: () => desks.withDeadCount(10),
  filedIn: () => desks.filedIn(LED, NOW, NOW, 10),
  resolvedIn: () => desks.resolvedIn(LED, NOW, NOW, 10),
};
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
  'ownerless',
  'openOf',
  'promisedCallbacks',
];

/** The fields a filter narrows, as an index names them. `exact`: by one value. */
function narrowed(filter: Keys, prefix = ''): Map<string, { exact: boolean }> {
  const fields = new Map<string, { exact: boolean }>();
  for (const [field, wanted] of Object.entries(filter)) {
    const operators =
      wanted !== null && typeof wanted === 'object' && !(wanted instanceof Date) ? Object.keys(wanted) : [];
    if (field.startsWith('$') || operators.includes('$nin') || operators.includes('$not')) continue;
    const nested = operators.includes('$elemMatch') ? (wanted as { $elemMatch: Keys }).$elemMatch : null;
    if (nested) for (const [inner, how] of narrowed(nested, `${field}.`)) fields.set(inner, how);
    // An index with a list of values in front returns one order by merging a scan for each.
    else fields.set(prefix + field, { exact: operators.every((operator) => operator === '$in') });
  }
  return fields;
}

/** Whether all possible results of a query are in an index. */
const holds = ({ where }: Index, filter: Keys) =>
  Object.entries(where).every(([field, value]) => filter[field] === value);

/** Whether an index finds the results, in order, without reading the rest. */
function serves(index: Index, { filter, sort }: Query): boolean {
  if (!holds(index, filter)) return false;
  const fields = narrowed(filter);
  const keys = Object.keys(index.on);
  const exact = keys.findIndex((key) => !fields.get(key)?.exact);
  const left = exact < 0 ? [] : keys.slice(exact);
  const [ordered] = Object.keys(sort).filter((key) => !fields.get(key)?.exact);
  if (ordered) return left[0] === ordered && (exact > 0 || fields.has(ordered) || Object.keys(index.where).length > 0);
  return exact !== 0 || fields.has(keys[0] ?? '');
}

/** A query as the planner treats it: each branch of a lone `$or` uses its own index. */
const branches = (query: Query): Query[] =>
  Object.keys(query.filter).join() === '$or'
    ? (query.filter.$or as Keys[]).map((filter) => ({ ...query, filter }))
    : [query];

/** Whether a query reads no closed case: its index has none, or its key is one that only open cases have. */
const isOfOpen = (query: Query): boolean =>
  indexes().some((index) => index.where.isOpen === true && serves(index, query)) ||
  ['open_', 'state:in_review', 'state:returned'].some((key) => String(query.filter.keys).startsWith(key)) ||
  query.filter.nextNudgeAt === null;

const indexes = (model = 'Case'): Index[] => [
  { on: { _id: 1 }, where: {} },
  ...connection
    .model(model)
    .schema.indexes()
    .map(([on, { partialFilterExpression: where = {} }]) => ({ on, where: where as Keys })),
];

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
    expect(Object.keys(store).sort()).toEqual([...Object.keys(QUERIES), ...WRITES].sort());
  });

  it.each(Object.keys(QUERIES))('%s has an index', async (method) => {
    for (const query of await askedBy(async () => QUERIES[method]?.()))
      expect([query, indexes().filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it.each(OPEN_ONLY)('%s reads no closed case', async (method) => {
    for (const query of await askedBy(async () => QUERIES[method]?.()))
      expect([query, isOfOpen(query)]).toEqual([query, true]);
  });

  it('use few indexes, because each is written whenever a case is stored', () => {
    expect(indexes().length).toBeLessThanOrEqual(14);
    const names = indexes().map(({ on }) => Object.entries(on).flat().join('_'));
    expect(RETIRED_INDEXES.filter((name) => names.includes(name))).toEqual([]);
  });

  it('of its history are all listed here', () => {
    expect(Object.keys(history).sort()).toEqual([...Object.keys(HISTORY), 'keep'].sort());
  });

  it.each(Object.keys(HISTORY).filter((method) => method !== 'ensureIndexes'))(
    '%s of its history has an index, and is one query',
    async (method) => {
      asked.length = 0;
      await HISTORY[method]?.();
      expect(asked).toHaveLength(1);
      for (const query of asked)
        expect([query, indexes('CaseEvent').filter((index) => serves(index, query))]).not.toEqual([query, []]);
    },
  );

  it('of its history are not made while a document has all of it', async () => {
    const whole = storedCase('V2');
    asked.length = 0;
    for await (const page of history.all(whole)) expect(page).toHaveLength(2);
    expect(await history.numbered(whole, 2)).toMatchObject({ type: 'routed' });
    expect(await history.numbered(whole, 3)).toBeNull();
    expect(await history.hasKey(whole, 'V1VIEW')).toBe(false);
    expect(await history.newestAbout(whole, 'note', '1.2')).toBeNull();
    expect(asked).toEqual([]);
  });

  it('of digests and reports are all listed here', () => {
    expect(Object.keys(reports).sort()).toEqual([...Object.keys(REPORTS), 'hasAny', 'told', 'watched'].sort());
  });

  it.each(Object.keys(REPORTS))('%s of digests and reports has an index', async (method) => {
    for (const query of await askedBy(async () => REPORTS[method]?.()))
      expect([query, indexes().filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it('of records are all listed here', () => {
    expect(Object.keys(records).sort()).toEqual([...Object.keys(RECORDS), 'about'].sort());
  });

  it.each(Object.keys(RECORDS))('%s of records has an index', async (method) => {
    for (const query of await askedBy(async () => RECORDS[method]?.()))
      expect([query, indexes().filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it('of desks are all listed here', () => {
    expect(Object.keys(desks).sort()).toEqual(Object.keys(DESKS).sort());
  });

  it.each(Object.keys(DESKS))('%s of desks has an index', async (method) => {
    for (const query of await askedBy(async () => DESKS[method]?.()))
      expect([query, indexes().filter((index) => serves(index, query))]).not.toEqual([query, []]);
  });

  it.each(DESKS_OPEN_ONLY)('%s of desks looks at no closed case', async (method) => {
    for (const query of await askedBy(async () => DESKS[method]?.()))
      if (!('_id' in query.filter)) expect([query, isOfOpen(query)]).toEqual([query, true]);
  });

  it('without an index would be caught', () => {
    const byTitle = { filter: { title: 'Recall' }, sort: { filedAt: -1 } };
    expect(indexes().some((index) => serves(index, byTitle))).toBe(false);
    expect(indexes().some((index) => serves(index, { filter: { sj: '1' }, sort: { title: 1 } }))).toBe(false);
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

describe('the fields the case store derives', () => {
  const stored = (id: string, move: Move | null, dead: string | null = null, given: Given = {}): StoredCase => {
    const filed = storedCase(id, MONDAY, given);
    const { outbox, ...base } = move ? storedAfter(filed, move, NOW) : filed;
    return { ...base, outbox: outbox.map((delivery) => ({ ...delivery, dead })) };
  };
  const resolve: Move = { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' };
  const field = async (name: 'isOpen' | 'hasDead') => {
    const found = await connection.collection('cases').find().sort({ _id: 1 }).toArray();
    return Object.fromEntries(found.map((document) => [document._id, document[name]]));
  };

  it('say which cases are open, and are added to cases stored without them', async () => {
    await store.insert(stored('A', null));
    await store.insert(stored('B', resolve, 'channel_not_found'));
    await store.insert(stored('C', { type: 'void', reason: 'A test.' }));
    await store.insert(stored('D', null, 'is_archived', { clocks: [] }));
    const open = { A: true, B: false, C: false, D: true };
    const dead = { A: false, B: true, C: false, D: true };
    expect([await field('isOpen'), await field('hasDead')]).toEqual([open, dead]);

    await connection
      .collection('cases')
      .updateMany({}, { $unset: { isOpen: '', hasDead: '', keys: '', desks: '', ended: '', ticks: '' } });
    await migrated(connection);
    await migrated(connection);
    expect([await field('isOpen'), await field('hasDead')]).toEqual([open, dead]);
    expect((await store.openPage(null, 10)).map(({ id }) => id)).toEqual(['A', 'D']);
    expect((await store.stalled('A', 10)).map(({ id }) => id)).toEqual(['D']);
    expect(await store.backlog()).toMatchObject({ deliveries: 2, casesWithDead: 2 });

    const found = await store.byId('A');
    if (found) await store.save(found, { ...moved(found, resolve, NOW), mailbox: mailboxOf(found) });
    expect((await store.openPage(null, 10)).map(({ id }) => id)).toEqual(['D']);
  });

  it('are written only if changed: a delivery mark writes no facts, a fact without words no words', async () => {
    await store.insert(storedCase('lean'));
    const read = async () => {
      const found = await store.byId('lean');
      if (!found) throw new Error('It is not there.');
      return found;
    };
    const document = () =>
      connection
        .collection<{ _id: string; words: string[]; nextNudgeAt: Date | null }>('cases')
        .findOne({ _id: 'lean' });
    const before = await document();
    // A field that a write repeats replaces these.
    const marks = { words: ['untouched'], title: 'Untouched', nextNudgeAt: null };
    await connection.collection<{ _id: string }>('cases').updateOne({ _id: 'lean' }, { $set: marks });

    const based = await read();
    await store.save(based, { facts: based, events: [], mailbox: { posts: based.posts, outbox: [] } });
    expect(await document()).toMatchObject({ ...marks, outbox: [], outboxLanes: [], outboxAt: null, version: 2 });

    const first = await read();
    const escalated = moved(
      first,
      { type: 'change_severity', to: 'critical', reason: 'Again.' },
      later(first.changedAt, minutes(1)),
    );
    await store.save(first, { ...escalated, mailbox: mailboxOf(first) });
    expect(await document()).toMatchObject({ words: ['untouched'], severity: 'critical' });
    expect((await document())?.nextNudgeAt).not.toBeNull();

    const second = await read();
    const noted = moved(
      second,
      { type: 'add_note', id: null, text: 'Called again.' },
      later(second.changedAt, minutes(1)),
    );
    await store.save(second, { ...noted, mailbox: mailboxOf(second) });
    expect((await document())?.words).toEqual(expect.arrayContaining(['untouched', 'called', 'again']));
    expect(before?.words).not.toContain('called');
  });

  it('walks what is due in order, each case once, past those that stay due', async () => {
    const moments = [3, 1, 2, 2].map((minutes) => new Date(+NOW + minutes * 60_000));
    for (const [i, at] of moments.entries()) {
      const [clock] = storedCase('any').clocks;
      if (!clock) throw new Error('A new case has a clock.');
      const clocks = [{ ...clock, rungs: [{ at, to: 'thread' as const }], fired: 0 }];
      await store.insert(storedCase(`due${i}`, MONDAY, { clocks }));
    }
    const walk = async () => {
      const seen: string[] = [];
      let page: readonly DueCase[] = [];
      do {
        page = await store.due(new Date(+NOW + 3 * 60_000), 1, page.at(-1) ?? null);
        seen.push(...page.map(({ id }) => id));
      } while (page.length);
      return seen;
    };
    expect(await walk()).toEqual(['due1', 'due2', 'due3', 'due0']);
    expect(await store.due(NOW, 10)).toEqual([]);
  });

  it('for the newest references have an index', async () => {
    asked.length = 0;
    await references(connection).next('high_risk');
    const looks = asked.filter(({ sort }) => 'filedAt' in sort);
    expect(looks).toHaveLength(1);
    for (const look of looks) expect(indexes('Case').filter((index) => serves(index, look))).not.toEqual([]);
  });

  it('for SPs have an index', async () => {
    const { configuration } = directoryStore(connection, { now: () => NOW });
    const known = indexes('ServiceProvider');
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
    await store.ensureIndexes();
    // An engine that takes no order from any index has to sort all possible results.
    const { names } = await planOf({ filter: { filedAt: { $gte: NOW } }, sort: { filedAt: -1, _id: -1 }, limit: 1 });
    givesOrder = !names.has('SORT');
  }, 900_000);

  it.each(Object.entries({ ...QUERIES, ...REPORTS, ...RECORDS, ...DESKS }))(
    '%s scans nothing, sorts nothing, and reads little more than it returns',
    async (_name, ask) => {
      await filtersOf(connection.model<CaseDocument>('Case'));
      asked.length = 0;
      await ask();
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

import { type Connection, type Model, mongo } from 'mongoose';
import type { Readable } from '../domain/access';
import { CASE_KINDS } from '../domain/kinds';
import type { CaseKey, CaseQuery } from '../domain/search';
import { wordsOf } from '../domain/words';
import type { CaseRow } from '../services/ports/cases';
import type { CaseSearch, PageFrom } from '../services/ports/search';
import { type CaseDocument, caseSchema, RECORD, toStored, withinBounds } from './case-document';
import { filtersOf } from './case-filters';
import { caseHistory } from './case-history';
import type { Filters } from './case-keys';
import { NEWEST_FIRST } from './case-lists';

const OLDEST_FIRST = { filedAt: 1, _id: 1 } as const;
/** A search that its indexes narrow too little ends here, to spare the database. */
const LONGEST_MS = 10_000;
const BATCH = 500;
/** Only what a row needs, so that nothing else is fetched and decoded. */
const ROW: Readonly<Record<keyof CaseRow, 1>> = {
  ref: 1,
  kind: 1,
  state: 1,
  severity: 1,
  title: 1,
  tone: 1,
  codes: 1,
  sp: 1,
  sj: 1,
  area: 1,
  owner: 1,
  reporter: 1,
  filedAt: 1,
  acknowledged: 1,
  resolution: 1,
  reopened: 1,
  contacts: 1,
  notes: 1,
  totals: 1,
  answers: 1,
  subjects: 1,
  followers: 1,
  marks: 1,
};
/** Larger batches move the driver's bookkeeping to V8's old space, which is collected late: memory would grow. */
const ROWS_AT_ONCE = 100;
const MOST_BATCHES = 20;

/** Searches over the cases of one database, each by an index that returns the newest first. */
export function caseSearch(connection: Connection): CaseSearch {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const history = caseHistory(connection);

  return {
    ...pages(model),

    async *stream(query) {
      // As bytes: when the driver decodes by itself, it leaves a copy of the cursor's options for each document.
      const cursor = model.collection.find<Buffer>(filterOf(await filtersOf(model), query), {
        projection: { _id: 0, ...ROW },
        sort: NEWEST_FIRST,
        batchSize: ROWS_AT_ONCE,
        raw: true,
      });
      for await (const bytes of cursor)
        yield withinBounds({ links: [], ...(mongo.BSON.deserialize(bytes) as CaseRow) });
    },

    async *histories({ from, to }, notAbout, only = null) {
      const { keyed } = await filtersOf(model);
      const cursor = model
        .find(
          {
            filedAt: { $gte: from, $lt: to },
            subjects: { $ne: notAbout },
            ...(only && { ...keyed('area', ...only.areas), kind: { $in: [...only.kinds] } }),
          },
          { kind: 1, area: 1, events: 1 },
        )
        .lean<CaseDocument>()
        .cursor({ batchSize: BATCH });
      for await (const { _id, kind, area, events } of cursor)
        yield { kind, area, events: history.all({ id: _id, events }) };
    },

    async fillWords() {
      let filled = 0;
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        const lacking = await model
          .find({ words: null }, { ...RECORD, posts: 0 })
          .limit(BATCH)
          .lean<CaseDocument[]>()
          .exec();
        if (!lacking.length) break;
        const { modifiedCount } = await model.collection.bulkWrite(
          lacking.map((document) => ({
            // Whatever saved it meanwhile has derived its words.
            updateOne: {
              filter: { _id: document._id as never, words: null },
              update: { $set: { words: wordsOf(document) } },
            },
          })),
          { ordered: false },
        );
        filled += modifiedCount;
      }
      return filled;
    },
  };
}

/** Pages of results, and counts. */
function pages(model: Model<CaseDocument>): Pick<CaseSearch, 'page' | 'look' | 'count'> {
  const page: CaseSearch['page'] = async (query, limit, { key = null, way = 'older' } = {}) => {
    const found: CaseDocument[] = await model
      .find(filterOf(await filtersOf(model), query, key ? [beyond(key, way)] : []), RECORD)
      .sort(way === 'older' ? NEWEST_FIRST : OLDEST_FIRST)
      .limit(limit)
      .maxTimeMS(LONGEST_MS)
      .lean<CaseDocument[]>()
      .exec();
    const records = found.map(toStored);
    return way === 'older' ? records : records.reverse();
  };

  const countOf: CaseSearch['count'] = async (query, atMost) =>
    model
      .countDocuments(filterOf(await filtersOf(model), query))
      .limit(atMost)
      .maxTimeMS(LONGEST_MS)
      .exec();

  return {
    page,
    async look(query, limit, from, atMost) {
      // The results of at most one condition are read in order.
      if (!narrows(query)) {
        const [records, count] = await Promise.all([page(query, limit, from), countOf(query, atMost)]);
        return { records, count };
      }
      // Several conditions, in no order: the engine can start with whichever is rarest, or combine several.
      const heads = await model
        .find(filterOf(await filtersOf(model), query), { filedAt: 1 })
        .limit(atMost)
        .maxTimeMS(LONGEST_MS)
        .lean<Head[]>()
        .exec();
      // With this many, reading in order soon fills a page.
      if (heads.length >= atMost) return { records: await page(query, limit, from), count: atMost };
      const ids = pageOf(heads, limit, from);
      if (!ids.length) return { records: [], count: heads.length };
      const found = await model
        .find({ _id: { $in: ids } }, RECORD)
        .lean<CaseDocument[]>()
        .exec();
      const records = ids.flatMap((id) => found.filter(({ _id }) => _id === id).map(toStored));
      return { records, count: heads.length };
    },

    count: countOf,
  };
}

type Head = Pick<CaseDocument, '_id' | 'filedAt'>;

/** The ids of a page of these, newest first. */
function pageOf(heads: readonly Head[], limit: number, { key = null, way = 'older' }: PageFrom): readonly string[] {
  const past = (one: Head) => (key ? newestFirst(one, { _id: key.id, filedAt: key.at }) : 1);
  const all = [...heads].sort(newestFirst);
  const some =
    way === 'older'
      ? all.filter((one) => past(one) > 0).slice(0, limit)
      : all.filter((one) => past(one) < 0).slice(-limit);
  return some.map(({ _id }) => _id);
}
const newestFirst = (a: Head, b: Head) => +b.filedAt - +a.filedAt || (a._id < b._id ? 1 : a._id > b._id ? -1 : 0);

/**
 * A search as a MongoDB query. The condition that leaves the fewest cases uses the index; the others filter. What
 * someone may read can use it too, part by part, if it leaves fewer still or nothing else narrows.
 */
function filterOf(filters: Filters, query: CaseQuery, more: readonly object[] = []): Record<string, unknown> {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, filedFrom, filedBefore, words } = query;
  const { readable, notAbout } = query;
  const all = [
    ...words.map(({ word, begins }) => ({ words: begins ? { $regex: `^${word}` } : word })),
    ...(filedFrom ? [{ filedAt: { $gte: filedFrom } }] : []),
    ...(filedBefore ? [{ filedAt: { $lt: filedBefore } }] : []),
    ...more,
  ];
  const entry = entryOf(filters, query);
  const readsAll = readable.some((one) => Object.keys(one).length === 0);
  const sifts = Boolean(ref ?? sj ?? account) || readsWidely(query);
  const anyOf = readable.map((one) => ({ ...(sifts ? {} : readEntry(filters, one)), ...readableClause(one) }));
  return {
    ...entry,
    ...(ref && { ref }),
    ...(sj && { sj }),
    ...(account && { 'sp.account': account }),
    ...(kinds && { kind: { $in: kinds } }),
    ...(states && { state: { $in: states } }),
    ...(outcomes && { 'resolution.outcome': { $in: outcomes } }),
    ...(area && { area }),
    ...(filedBy && { reporter: filedBy }),
    subjects: { $ne: notAbout },
    ...(readsAll ? {} : { $or: anyOf }),
    ...(all.length ? { $and: all } : {}),
  };
}

/** Whether someone may read most kinds of cases entirely, which narrows too little for an index. */
const readsWidely = ({ readable }: CaseQuery): boolean =>
  readable.some(
    ({ kinds = CASE_KINDS, ...more }) => Object.keys(more).length === 0 && kinds.length > CASE_KINDS.length / 2,
  );

/** Whether several conditions narrow a query, or one in several places of an index. */
function narrows(query: CaseQuery): boolean {
  const {
    ref,
    sj,
    account,
    area,
    filedBy,
    filedFrom,
    filedBefore,
    words,
    kinds = [],
    states = [],
    outcomes = [],
  } = query;
  const one = [ref, sj, account, area, filedBy, filedFrom ?? filedBefore].filter(Boolean);
  const several = [...words, ...kinds, ...states, ...outcomes];
  return !readsWidely(query) || one.length + several.length > 1 || words.some(({ begins }) => begins);
}

/** The key by which a query uses the index; none if a reference or a word does, or nothing narrows. */
function entryOf({ keyed }: Filters, query: CaseQuery): object {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, words } = query;
  if (ref) return {};
  if (sj) return keyed('sj', sj);
  if (account) return keyed('sp', account);
  // A word may be in most cases; then its reporter or area leaves fewer.
  if (words.length) return filedBy ? keyed('reporter', filedBy) : area ? keyed('area', area) : {};
  if (filedBy) return keyed('reporter', filedBy);
  if (area) return keyed('area', area);
  if (outcomes) return keyed('outcome', ...outcomes);
  if (states) return keyed('state', ...states);
  return kinds ? keyed('kind', ...kinds) : {};
}

/** The same for one of the conditions for reading a case. */
function readEntry({ keyed }: Filters, { refs, kinds, areas, reporter, owner, follower }: Readable): object {
  if (refs) return {};
  if (reporter) return keyed('reporter', reporter);
  if (owner) return keyed('owner', owner);
  if (follower) return keyed('follower', follower);
  if (areas) return keyed('area', ...areas);
  return kinds ? keyed('kind', ...kinds) : {};
}

/** One of the conditions for reading a case, as a MongoDB query. */
export const readableClause = ({ refs, kinds, areas, reporter, owner, follower, mark }: Readable) => ({
  ...(refs && { ref: { $in: refs } }),
  ...(kinds && { kind: { $in: kinds } }),
  ...(areas && { area: { $in: areas } }),
  ...(reporter && { reporter }),
  ...(owner && { owner }),
  ...(follower && { followers: follower }),
  ...(mark && { marks: mark }),
});

/** What comes after a case in the order of all lists. The first bound lets the index start there. */
function beyond({ at, id }: CaseKey, way: 'older' | 'newer') {
  const [past, upTo] = way === 'older' ? ['$lt', '$lte'] : ['$gt', '$gte'];
  return {
    filedAt: { [upTo]: at },
    $or: [{ filedAt: { [past]: at } }, { filedAt: at, _id: { [past]: id } }],
  };
}

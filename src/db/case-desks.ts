import type { Connection, Model, QueryFilter } from 'mongoose';
import { breaksAt, type QueueBranch, type QueueQuery } from '../domain/queue';
import type { AreaCases, CaseDesks } from '../services/ports';
import { type CaseDocument, caseSchema, RECORD, toStored } from './case-document';
import { readableClause } from './case-search';

/** See `OwingCase`. */
const OWING = { events: 0, words: 0 } as const;
const NEXT_FIRST = { breaksAt: 1, _id: 1 } as const;
const NEWEST_FIRST = { filedAt: -1, _id: -1 } as const;
/** A filter that the indexes narrow too little ends here, so that it does not weigh on the database. */
const LONGEST_MS = 5_000;
const BATCH = 500;

/** What people's desks read of the cases of one database: pages and capped counts, each on an index. */
export function caseDesks(connection: Connection): CaseDesks & { ensureIndexes(): Promise<void> } {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const read = reader(model);
  return {
    ...queues(read),
    ...filings(read),
    ...adminLists(read),
    filedIn: (of, from, to, atMost) => read.count({ ...areaClause(of), filedAt: { $gte: from, $lt: to } }, atMost),
    resolvedIn: (of, from, to, atMost) =>
      read.count({ ...areaClause(of), 'resolution.at': { $gte: from, $lt: to } }, atMost),
    ensureIndexes: () => fillBreaks(model),
  };
}

/** Reads that the database gives up when they take too long. */
function reader(model: Model<CaseDocument>) {
  const find = (filter: object, fields: object = RECORD) =>
    model.find(filter as QueryFilter<CaseDocument>, fields).maxTimeMS(LONGEST_MS);
  const records = async (query: ReturnType<typeof find>) => (await query.lean<CaseDocument[]>().exec()).map(toStored);
  return {
    find,
    records,
    count: (filter: object, atMost: number): Promise<number> =>
      model
        .countDocuments(filter as QueryFilter<CaseDocument>)
        .limit(atMost)
        .maxTimeMS(LONGEST_MS)
        .exec(),
    /** Records in the order of these. */
    async inOrder(heads: readonly Head[]) {
      const ids = heads.map(({ _id }) => _id);
      const found = await records(find({ _id: { $in: ids } }));
      return ids.flatMap((id) => found.find((record) => record.id === id) ?? []);
    },
  };
}
type Reader = ReturnType<typeof reader>;

/** Cases stored before there was a `breaksAt`: an index finds the open ones, and a second run finds none. */
async function fillBreaks(model: Model<CaseDocument>): Promise<void> {
  for (;;) {
    const lacking = await model
      .find({ isOpen: true, breaksAt: null }, { clocks: 1, version: 1 })
      .limit(BATCH)
      .lean<CaseDocument[]>()
      .exec();
    if (!lacking.length) return;
    await model.collection.bulkWrite(
      lacking.map((document) => ({
        updateOne: {
          filter: { _id: document._id as never, version: document.version },
          update: { $set: { breaksAt: breaksAt(document) } },
        },
      })),
      { ordered: false },
    );
  }
}

/** What somebody answers for, what breaks next first. */
function queues({ find, records, count, inOrder }: Reader): Pick<CaseDesks, 'queue' | 'queueSize' | 'promised'> {
  return {
    async queue(query, skip, limit) {
      const [only, ...others] = query.branches.map((branch) => filterOf(query, branch));
      if (only && !others.length) return records(find(only).sort(NEXT_FIRST).skip(skip).limit(limit));
      // Each branch has an order of its own: their first ones, merged, are the first ones of all.
      const heads = await Promise.all(
        [only, ...others].map((filter) =>
          find(filter ?? {}, { breaksAt: 1 })
            .sort(NEXT_FIRST)
            .limit(skip + limit)
            .lean<CaseDocument[]>()
            .exec(),
        ),
      );
      const all = new Map(heads.flat().map(({ _id, breaksAt: at }) => [_id, at]));
      return inOrder(
        [...all]
          .map(([_id, breaksAt]) => ({ _id, breaksAt }))
          .sort(byBreak)
          .slice(skip, skip + limit),
      );
    },

    queueSize(query, atMost) {
      const [only, ...others] = query.branches.map((branch) => filterOf(query, branch));
      return count(others.length ? { $or: [only, ...others] } : (only ?? {}), atMost);
    },

    promised: (owners, by, limit) =>
      records(
        find({
          isOpen: true,
          owner: { $in: [...owners] },
          breaksAt: { $lte: by },
          state: { $in: ['acknowledged', 'in_progress'] },
        })
          .sort(NEXT_FIRST)
          .limit(limit),
      ),
  };
}

/** What somebody filed. */
function filings({
  find,
  records,
  count,
}: Reader): Pick<
  CaseDesks,
  'filedBy' | 'filedCount' | 'openFiledBy' | 'openFiledCount' | 'questionsFor' | 'resolvedFor'
> {
  return {
    filedBy: (reporter, skip, limit) => records(find({ reporter }).sort(NEWEST_FIRST).skip(skip).limit(limit)),
    filedCount: (reporter, atMost) => count({ reporter }, atMost),
    openFiledBy: (reporter, skip, limit) =>
      records(find({ reporter, isOpen: true }).sort(NEXT_FIRST).skip(skip).limit(limit)),
    openFiledCount: (reporter, atMost) => count({ reporter, isOpen: true }, atMost),
    questionsFor: (reporter, limit) =>
      records(find({ reporter, isOpen: true, state: 'returned' }).sort(NEXT_FIRST).limit(limit)),
    resolvedFor: (reporter, since, limit) =>
      records(
        find({ reporter, 'resolution.at': { $gte: since } })
          .sort({ 'resolution.at': -1 })
          .limit(limit),
      ),
  };
}

/** What waits for the admins. */
function adminLists({
  find,
  records,
  count,
  inOrder,
}: Reader): Pick<
  CaseDesks,
  'inReview' | 'inReviewCount' | 'unrouted' | 'unroutedCount' | 'withDead' | 'withDeadCount'
> {
  return {
    inReview: (skip, limit) => records(find(IN_REVIEW).sort({ filedAt: 1 }).skip(skip).limit(limit)),
    inReviewCount: (atMost) => count(IN_REVIEW, atMost),
    async unrouted(skip, limit) {
      // Their index has them by reason: the few there are at a time are put in order here.
      const all = await find(UNROUTED, { breaksAt: 1 }).limit(MOST_UNROUTED).lean<CaseDocument[]>().exec();
      return inOrder(all.sort(byBreak).slice(skip, skip + limit));
    },
    unroutedCount: (atMost) => count(UNROUTED, atMost),
    withDead: (skip, limit) => records(find({ hasDead: true }, OWING).sort({ changedAt: -1 }).skip(skip).limit(limit)),
    withDeadCount: (atMost) => count({ hasDead: true }, atMost),
  };
}

type Head = Pick<CaseDocument, '_id' | 'breaksAt'>;
const byBreak = (a: Head, b: Head) => +a.breaksAt - +b.breaksAt || (a._id < b._id ? -1 : 1);
const IN_REVIEW = { isOpen: true, state: 'in_review' } as const;
const UNROUTED = { isOpen: true, unrouted: { $type: 'string' } } as const;
const MOST_UNROUTED = 1000;

const areaClause = ({ areas, kinds }: AreaCases) => ({ area: { $in: [...areas] }, kind: { $in: [...kinds] } });

function filterOf(query: QueueQuery, { owners, areas, kinds, notIn }: QueueBranch): Record<string, unknown> {
  const { kind, state, severity, brokenBy, sp, notAbout } = query;
  const ofKinds = kind ? (kinds && !kinds.includes(kind) ? [] : [kind]) : kinds;
  return {
    isOpen: true,
    ...(owners && { owner: { $in: [...owners] } }),
    ...(areas && { area: { $in: [...areas] } }),
    ...(ofKinds && { kind: { $in: [...ofKinds] } }),
    ...(state ? { state } : notIn && { state: { $nin: [...notIn] } }),
    ...(severity && { severity }),
    ...(brokenBy && { breaksAt: { $lte: brokenBy } }),
    subjects: { $ne: notAbout },
    ...(sp && { $and: [spClause(sp.text), { $or: sp.readable.map(readableClause) }] }),
  };
}

/** An account number that begins with what was typed, or a name that contains it. */
const spClause = (text: string) => ({
  $or: [
    { 'sp.account': { $regex: `^${literal(text.toUpperCase())}` } },
    { 'sp.name': { $regex: literal(text), $options: 'i' } },
  ],
});
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

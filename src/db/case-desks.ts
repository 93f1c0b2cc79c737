import type { Connection, Model, QueryFilter } from 'mongoose';
import type { QueueBranch, QueueQuery } from '../domain/queue';
import type { CaseDesks } from '../services/ports/desks';
import { type CaseDocument, caseSchema } from './case-document';
import { askingBy } from './case-filters';
import type { Filters } from './case-keys';
import { caseLists, NEWEST_FIRST, NEXT_FIRST } from './case-lists';
import { readableClause } from './case-query';

/** See `OwingCase`. */
const OWING = { events: 0, words: 0 } as const;
/** A query that its index narrows too little ends here, to spare the database. */
const LONGEST_MS = 5_000;

/** The desk queries of one database: pages and capped counts, each on an index. */
export function caseDesks(connection: Connection): CaseDesks {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const read = reader(model);
  return {
    ...queues(read),
    ...filings(read),
    ...adminLists(read),
    filedIn: ({ areas, kinds }, from, to, atMost) =>
      read.by(({ keyed }) =>
        read.count({ ...keyed('area', ...areas), kind: { $in: [...kinds] }, filedAt: { $gte: from, $lt: to } }, atMost),
      ),
    resolvedIn: ({ areas, kinds }, from, to, atMost) =>
      read.by(({ ended }) =>
        read.count(
          { ...ended('area', ...areas), kind: { $in: [...kinds] }, 'resolution.at': { $gte: from, $lt: to } },
          atMost,
        ),
      ),
  };
}

/** Reads that the database gives up if they take too long. */
function reader(model: Model<CaseDocument>) {
  const { records } = caseLists(model, LONGEST_MS);
  const heads = (filter: object, options: object) =>
    model
      .find(filter as QueryFilter<CaseDocument>, { breaksAt: 1 }, { ...options, maxTimeMS: LONGEST_MS })
      .lean<Head[]>()
      .exec();
  const count = (filter: object, atMost: number): Promise<number> =>
    model
      .countDocuments(filter as QueryFilter<CaseDocument>)
      .limit(atMost)
      .maxTimeMS(LONGEST_MS)
      .exec();
  /** A page of these, earliest due first. */
  async function page(some: readonly Head[], skip: number, limit: number) {
    const ordered = [...some].sort(byBreak).slice(skip, skip + limit);
    const found = await records({ _id: { $in: ordered.map(({ _id }) => _id) } });
    return ordered.flatMap(({ _id }) => found.find(({ id }) => id === _id) ?? []);
  }
  const by = askingBy(model);
  return { records, heads, count, page, by };
}
type Reader = ReturnType<typeof reader>;

/** What someone answers for, earliest due first. */
const queues = ({ records, count, heads, page, by }: Reader) =>
  ({
    async queue(query, skip, limit) {
      const [only = {}, ...others] = await by(async (filters) => branchesOf(filters, query));
      if (!others.length) return records(only, { sort: NEXT_FIRST, skip, limit });
      // Each branch is sorted by itself: merging their first rows gives the first rows of all.
      const first = { sort: NEXT_FIRST, limit: skip + limit };
      const found = (await Promise.all([only, ...others].map((filter) => heads(filter, first)))).flat();
      return page([...new Map(found.map((head) => [head._id, head])).values()], skip, limit);
    },
    async queueSize(query, atMost) {
      const [only = {}, ...others] = await by(async (filters) => branchesOf(filters, query));
      return count(others.length ? { $or: [only, ...others] } : only, atMost);
    },
    waitingFor: (person, limit) => by(({ keyed }) => records(keyed('waits', person), { sort: NEWEST_FIRST, limit })),
    promised: (owners, before, limit) =>
      by(({ onDesk }) =>
        records(
          {
            ...onDesk('promise', ...owners),
            breaksAt: { $lte: before },
            state: { $in: ['acknowledged', 'in_progress'] },
            // What the SP or a customer was promised may be due before, too.
            clocks: { $elemMatch: { name: 'update', dueAt: { $lte: before } } },
          },
          { sort: NEXT_FIRST, limit },
        ),
      ),
  }) satisfies Partial<CaseDesks>;

/** What someone filed. */
const filings = ({ records, count, by }: Reader) =>
  ({
    filedBy: (reporter, skip, limit) =>
      by(({ keyed }) => records(keyed('reporter', reporter), { sort: NEWEST_FIRST, skip, limit })),
    filedCount: (reporter, atMost) => by(({ keyed }) => count(keyed('reporter', reporter), atMost)),
    openFiledBy: (reporter, skip, limit) =>
      by(({ onDesk }) => records(onDesk('reporter', reporter), { sort: NEXT_FIRST, skip, limit })),
    openFiledCount: (reporter, atMost) => by(({ onDesk }) => count(onDesk('reporter', reporter), atMost)),
    questionsFor: (reporter, limit) =>
      by(({ onDesk }) => records({ ...onDesk('asks', reporter), state: 'returned' }, { sort: NEXT_FIRST, limit })),
    resolvedFor: (reporter, since, limit) =>
      by(({ ended }) =>
        records(
          { ...ended('reporter', reporter), 'resolution.at': { $gte: since } },
          { sort: { 'resolution.at': -1 }, limit },
        ),
      ),
  }) satisfies Partial<CaseDesks>;

/** What waits for the admins. */
const adminLists = ({ records, count, by }: Reader) =>
  ({
    inReview: (skip, limit) =>
      by(({ keyed }) => records({ ...keyed('state', 'in_review') }, { sort: { filedAt: 1, _id: 1 }, skip, limit })),
    inReviewCount: (atMost) => by(({ keyed }) => count(keyed('state', 'in_review'), atMost)),
    unrouted: (skip, limit) =>
      by(({ onDesk }) => records(onDesk('unrouted', 'yes'), { sort: NEXT_FIRST, skip, limit })),
    unroutedCount: (atMost) => by(({ onDesk }) => count(onDesk('unrouted', 'yes'), atMost)),
    withDead: (skip, limit) => records({ hasDead: true }, { sort: { changedAt: -1 }, skip, limit }, OWING),
    withDeadCount: (atMost) => count({ hasDead: true }, atMost),
  }) satisfies Partial<CaseDesks>;

type Head = Pick<CaseDocument, '_id' | 'breaksAt'>;
const byBreak = (a: Head, b: Head) => +a.breaksAt - +b.breaksAt || (a._id < b._id ? -1 : 1);

const branchesOf = (filters: Filters, query: QueueQuery) =>
  query.branches.map((branch) => filterOf(filters, query, branch));

/** A branch uses the index by its people, else its areas, else its kinds; the other conditions filter. */
function filterOf({ onDesk }: Filters, query: QueueQuery, branch: QueueBranch): Record<string, unknown> {
  const { owners, areas, kinds, notIn } = branch;
  const { kind, state, severity, brokenBy, sp, notAbout } = query;
  const ofKinds = kind ? (kinds && !kinds.includes(kind) ? [] : [kind]) : kinds;
  const entry = owners
    ? onDesk('owner', ...owners)
    : areas
      ? onDesk('area', ...areas)
      : ofKinds
        ? onDesk('kind', ...ofKinds)
        : onDesk('all', 'open');
  return {
    ...entry,
    ...(ofKinds && (owners || areas) && { kind: { $in: [...ofKinds] } }),
    ...(state ? { state } : notIn && { state: { $nin: [...notIn] } }),
    ...(severity && { severity }),
    ...(brokenBy && { breaksAt: { $lte: brokenBy } }),
    subjects: { $ne: notAbout },
    ...(sp && { $and: [spClause(sp.text), { $or: sp.readable.map(readableClause) }] }),
  };
}

/** An account number that begins with the typed text, or a name that contains it. */
const spClause = (text: string) => ({
  $or: [
    { 'sp.account': { $regex: `^${literal(text.toUpperCase())}` } },
    { 'sp.name': { $regex: literal(text), $options: 'i' } },
  ],
});
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

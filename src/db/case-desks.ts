import type { Connection, Model, QueryFilter } from 'mongoose';
import type { QueueBranch, QueueQuery } from '../domain/queue';
import { waitingWord } from '../domain/words';
import type { AreaCases, CaseDesks } from '../services/ports/desks';
import { type CaseDocument, caseSchema } from './case-document';
import { caseLists } from './case-lists';
import { readableClause } from './case-search';

/** See `OwingCase`. */
const OWING = { events: 0, words: 0 } as const;
const NEXT_FIRST = { breaksAt: 1, _id: 1 } as const;
const NEWEST_FIRST = { filedAt: -1, _id: -1 } as const;
/** A filter that the indexes narrow too little ends here, so that it does not weigh on the database. */
const LONGEST_MS = 5_000;

/** What people's desks read of the cases of one database: pages and capped counts, each on an index. */
export function caseDesks(connection: Connection): CaseDesks {
  const model = connection.model<CaseDocument>('Case', caseSchema);
  const read = reader(model);
  return {
    ...queues(read),
    ...filings(read),
    ...adminLists(read),
    filedIn: (of, from, to, atMost) => read.count({ ...areaClause(of), filedAt: { $gte: from, $lt: to } }, atMost),
    resolvedIn: (of, from, to, atMost) =>
      read.count({ ...areaClause(of), 'resolution.at': { $gte: from, $lt: to } }, atMost),
  };
}

/** Reads that the database gives up when they take too long. */
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
  /** A page of these, what breaks next first. */
  async function page(some: readonly Head[], skip: number, limit: number) {
    const ordered = [...some].sort(byBreak).slice(skip, skip + limit);
    const found = await records({ _id: { $in: ordered.map(({ _id }) => _id) } });
    return ordered.flatMap(({ _id }) => found.find(({ id }) => id === _id) ?? []);
  }
  return { records, heads, count, page };
}
type Reader = ReturnType<typeof reader>;

/** What someone answers for, what breaks next first. */
const queues = ({ records, count, heads, page }: Reader) =>
  ({
    async queue(query, skip, limit) {
      const [only = {}, ...others] = query.branches.map((branch) => filterOf(query, branch));
      if (!others.length) return records(only, { sort: NEXT_FIRST, skip, limit });
      // Each branch has an order of its own: their first ones, merged, are the first ones of all.
      const first = { sort: NEXT_FIRST, limit: skip + limit };
      const found = (await Promise.all([only, ...others].map((filter) => heads(filter, first)))).flat();
      return page([...new Map(found.map((head) => [head._id, head])).values()], skip, limit);
    },
    queueSize(query, atMost) {
      const [only = {}, ...others] = query.branches.map((branch) => filterOf(query, branch));
      return count(others.length ? { $or: [only, ...others] } : only, atMost);
    },
    waitingFor: (person, limit) => records({ words: waitingWord(person) }, { sort: NEWEST_FIRST, limit }),
    promised: (owners, by, limit) =>
      records(
        {
          isOpen: true,
          owner: { $in: [...owners] },
          breaksAt: { $lte: by },
          state: { $in: ['acknowledged', 'in_progress'] },
        },
        { sort: NEXT_FIRST, limit },
      ),
  }) satisfies Partial<CaseDesks>;

/** What someone filed. */
const filings = ({ records, count }: Reader) =>
  ({
    filedBy: (reporter, skip, limit) => records({ reporter }, { sort: NEWEST_FIRST, skip, limit }),
    filedCount: (reporter, atMost) => count({ reporter }, atMost),
    openFiledBy: (reporter, skip, limit) => records({ reporter, isOpen: true }, { sort: NEXT_FIRST, skip, limit }),
    openFiledCount: (reporter, atMost) => count({ reporter, isOpen: true }, atMost),
    questionsFor: (reporter, limit) =>
      records({ reporter, isOpen: true, state: 'returned' }, { sort: NEXT_FIRST, limit }),
    resolvedFor: (reporter, since, limit) =>
      records({ reporter, 'resolution.at': { $gte: since } }, { sort: { 'resolution.at': -1 }, limit }),
  }) satisfies Partial<CaseDesks>;

/** What waits for the admins. */
const adminLists = ({ records, count, heads, page }: Reader) =>
  ({
    inReview: (skip, limit) => records(IN_REVIEW, { sort: { filedAt: 1 }, skip, limit }),
    inReviewCount: (atMost) => count(IN_REVIEW, atMost),
    // Their index has them by reason: the few there are at a time are put in order here.
    unrouted: async (skip, limit) => page(await heads(UNROUTED, { limit: MOST_UNROUTED }), skip, limit),
    unroutedCount: (atMost) => count(UNROUTED, atMost),
    withDead: (skip, limit) => records({ hasDead: true }, { sort: { changedAt: -1 }, skip, limit }, OWING),
    withDeadCount: (atMost) => count({ hasDead: true }, atMost),
  }) satisfies Partial<CaseDesks>;

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

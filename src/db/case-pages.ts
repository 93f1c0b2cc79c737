import type { Model } from 'mongoose';
import type { CaseKey, CaseQuery } from '../domain/search';
import type { CaseSearch, PageFrom } from '../services/ports/search';
import { type CaseDocument, RECORD, toStored } from './case-document';
import { filtersOf } from './case-filters';
import { NEWEST_FIRST } from './case-lists';
import { filterOf, type How, narrowsBeside } from './case-query';

const OLDEST_FIRST = { filedAt: 1, _id: 1 } as const;
type Sort = typeof NEWEST_FIRST | typeof OLDEST_FIRST;
/** A slow search ends here, to spare the database, ms. */
const LONGEST_MS = 10_000;
const DAY_MS = 24 * 60 * 60_000;
/** How far back a count looks, step by step, in days. */
const SPANS = [7, 28, 112, 448];
/** The same for a page: usually the newest day already fills it. */
const PAGE_SPANS = [1, ...SPANS];
/** What begins with some letters is looked for among so many newest cases, whatever the index says. */
const RECENT = 10_000;
/** A word in at most this many cases is looked up first, and the other conditions filter its cases. */
const FEW = 1_000;

/**
 * Pages of results, and counts. Both start with the newest cases and go farther back only if they need more, because
 * some engines read every match before they return the first.
 */
export function casePages(model: Model<CaseDocument>, now: () => Date): Pick<CaseSearch, 'page' | 'look' | 'count'> {
  const find = (filter: object, fields: object, most: number, sort: Sort | null) =>
    model.find(filter, fields).sort(sort).limit(most).maxTimeMS(LONGEST_MS).lean<CaseDocument[]>().exec();

  async function page(query: CaseQuery, limit: number, { key = null, way = 'older' }: PageFrom, by: Way) {
    const filters = await filtersOf(model);
    const past = key ? [beyond(key, way)] : [];
    const sorted =
      (sort: Sort) =>
      ({ span, how }: Step, most: number) =>
        find(filterOf(filters, span, { ...how, more: [...(how.more ?? []), ...past] }), RECORD, most, sort);
    const found =
      way === 'newer'
        ? [...(await sorted(OLDEST_FIRST)({ span: query, how: by.how(key?.at ?? null) }, limit))].reverse()
        : (await inSteps(by.steps(key?.at ?? now(), PAGE_SPANS), limit, sorted(NEWEST_FIRST))).found;
    return found.map(toStored);
  }

  /** At most `atMost` results, unsorted, so the engine can start with the rarest condition. */
  async function headsOf(atMost: number, by: Way): Promise<Found<Head>> {
    const filters = await filtersOf(model);
    return inSteps<Head>(by.steps(now(), SPANS), atMost, ({ span, how }, most) =>
      find(filterOf(filters, span, how), { filedAt: 1 }, most, null),
    );
  }

  return {
    page: async (query, limit, from = {}) => page(query, limit, from, await wayOf(model, query)),

    async look(query, limit, from, atMost) {
      const by = await wayOf(model, query);
      const heads = await headsOf(atMost, by);
      const count = heads.found.length;
      const ids = pageOf(heads, limit, from, count < atMost);
      if (!ids) return { records: await page(query, limit, from, by), count };
      if (!ids.length) return { records: [], count };
      const found = await model
        .find({ _id: { $in: ids } }, RECORD)
        .lean<CaseDocument[]>()
        .exec();
      return { records: ids.flatMap((id) => found.filter(({ _id }) => _id === id).map(toStored)), count };
    },

    count: async (query, atMost) => (await headsOf(atMost, await wayOf(model, query))).found.length,
  };
}

/** Results of some steps; the first `whole` of them are all that there are in their spans. */
interface Found<One> {
  readonly found: readonly One[];
  readonly whole: number;
}

/** Queries step after step until it has `most` results. */
async function inSteps<One>(
  steps: readonly Step[],
  most: number,
  ask: (step: Step, most: number) => Promise<readonly One[]>,
): Promise<Found<One>> {
  const found: One[] = [];
  for (const step of steps) {
    const whole = found.length;
    found.push(...(await ask(step, most - whole)));
    if (found.length >= most) return { found, whole };
  }
  return { found, whole: found.length };
}

/** A part of a search: the query for a span of time, and how it is asked. */
interface Step {
  readonly span: CaseQuery;
  readonly how: How;
}

/** How to run a search. */
interface Way {
  /** Its steps back in time. */
  readonly steps: (newest: Date, days: readonly number[]) => readonly Step[];
  /** How to ask for a span that begins at `from`. */
  readonly how: (from: Date | null) => How;
}

/**
 * An index serves one word, and engines guess poorly which word is rare, so Warmline looks it up if it matters. Words
 * that begin alike are in the index in no useful order: if they are frequent, the newest cases have enough of them.
 */
export async function wayOf(model: Model<CaseDocument>, query: CaseQuery): Promise<Way> {
  const isNarrow = narrowsBeside(query);
  const few = query.words.length > (isNarrow ? 0 : 1) ? await fewOf(model, query) : null;
  if (few) {
    const how = { more: [{ _id: { $in: few } }], wordsFilter: true };
    return { steps: () => [{ span: query, how }], how: () => how };
  }
  const byTime = !isNarrow && !isByNumber(query) && query.words.some(({ begins }) => begins);
  const recent = byTime ? await recentFrom(model) : null;
  const how = (from: Date | null): How => ({ wordsFilter: isNarrow || (recent !== null && +(from ?? 0) >= +recent) });
  return {
    how,
    steps: (newest, days) => {
      const bounds = [
        ...days.map((ago) => new Date(+newest - ago * DAY_MS)),
        ...(recent && recent < newest ? [recent] : []),
      ];
      return spansOf(query, bounds).map((span) => ({ span, how: how(span.filedFrom) }));
    },
  };
}

/** When the oldest of the newest cases was filed; the beginning of time if there are no others. */
async function recentFrom(model: Model<CaseDocument>): Promise<Date> {
  const [oldest] = await model
    .find({}, { filedAt: 1 })
    .sort(NEWEST_FIRST)
    .skip(RECENT)
    .limit(1)
    .maxTimeMS(LONGEST_MS)
    .lean<Pick<CaseDocument, 'filedAt'>[]>()
    .exec();
  return oldest?.filedAt ?? new Date(0);
}

const isByNumber = ({ ref, sj, account }: CaseQuery): boolean => Boolean(ref ?? sj ?? account);

/** A query in spans between these times, newest first. A search by number is one span. */
function spansOf(query: CaseQuery, times: readonly Date[]): readonly CaseQuery[] {
  const { filedFrom, filedBefore } = query;
  if (isByNumber(query)) return [query];
  const bounds = times
    .filter((at) => (!filedFrom || at > filedFrom) && (!filedBefore || at < filedBefore))
    .sort((a, b) => +b - +a);
  return [...bounds, filedFrom].map((from, i) => ({
    ...query,
    filedFrom: from,
    filedBefore: bounds[i - 1] ?? filedBefore,
  }));
}

/** The cases of the rarest word; null if every word is in many cases. */
async function fewOf(model: Model<CaseDocument>, { words }: CaseQuery): Promise<readonly string[] | null> {
  const found = await Promise.all(
    words
      .filter(({ begins }) => !begins)
      .map(({ word }) =>
        model
          .find({ words: word }, { _id: 1 })
          .limit(FEW + 1)
          .maxTimeMS(LONGEST_MS)
          .lean<Pick<CaseDocument, '_id'>[]>()
          .exec(),
      ),
  );
  const [fewest] = found.sort((a, b) => a.length - b.length);
  return fewest && fewest.length <= FEW ? fewest.map(({ _id }) => _id) : null;
}

type Head = Pick<CaseDocument, '_id' | 'filedAt'>;

/** The ids on one page, newest first; null if these results do not tell. `isAll`: there are no others. */
function pageOf(
  { found, whole }: Found<Head>,
  limit: number,
  { key = null, way = 'older' }: PageFrom,
  isAll: boolean,
): readonly string[] | null {
  const past = (one: Head) => (key ? newestFirst(one, { _id: key.id, filedAt: key.at }) : 1);
  const all = [...(isAll ? found : found.slice(0, whole))].sort(newestFirst);
  const some =
    way === 'older'
      ? all.filter((one) => past(one) > 0).slice(0, limit)
      : all.filter((one) => past(one) < 0).slice(-limit);
  const oldest = all.at(-1);
  const isKnown = way === 'older' ? some.length === limit : oldest && key && key.at >= oldest.filedAt;
  return isAll || isKnown ? some.map(({ _id }) => _id) : null;
}
const newestFirst = (a: Head, b: Head) => +b.filedAt - +a.filedAt || (a._id < b._id ? 1 : a._id > b._id ? -1 : 0);

/** The cases after this one in a list's order, or before it. The bound on `filedAt` lets an index start there. */
function beyond({ at, id }: CaseKey, way: 'older' | 'newer') {
  const [past, upTo] = way === 'older' ? ['$lt', '$lte'] : ['$gt', '$gte'];
  return {
    filedAt: { [upTo]: at },
    $or: [{ filedAt: { [past]: at } }, { filedAt: at, _id: { [past]: id } }],
  };
}

import type { Model } from 'mongoose';
import type { CaseKey, CaseQuery } from '../domain/search';
import type { CaseSearch, PageFrom } from '../services/ports/search';
import { type CaseDocument, RECORD, toStored } from './case-document';
import { filtersOf } from './case-filters';
import { NEWEST_FIRST } from './case-lists';
import { filterOf, havingWord, narrowsBeside } from './case-query';

const OLDEST_FIRST = { filedAt: 1, _id: 1 } as const;
type Sort = typeof NEWEST_FIRST | typeof OLDEST_FIRST;
/** A slow search ends here, to spare the database, ms. */
const LONGEST_MS = 10_000;
const DAY_MS = 24 * 60 * 60_000;
/** How far back a count looks, step by step, in days. */
const SPANS = [7, 28, 112, 448];
/** The same for a page: usually the newest day already fills it. */
const PAGE_SPANS = [1, ...SPANS];
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
    const sorted = (sort: Sort) => (span: CaseQuery, most: number) =>
      find(filterOf(filters, span, { ...by, more: [...by.more, ...past] }), RECORD, most, sort);
    const found =
      way === 'newer'
        ? [...(await sorted(OLDEST_FIRST)(query, limit))].reverse()
        : await inSpans(by.spans(key?.at ?? now(), PAGE_SPANS), limit, sorted(NEWEST_FIRST));
    return found.map(toStored);
  }

  /** At most `atMost` results, unsorted, so the engine can start with the rarest condition. */
  async function headsOf(atMost: number, by: Way): Promise<readonly Head[]> {
    const filters = await filtersOf(model);
    return inSpans<Head>(by.spans(now(), SPANS), atMost, (span, most) =>
      find(filterOf(filters, span, by), { filedAt: 1 }, most, null),
    );
  }

  return {
    page: async (query, limit, from = {}) => page(query, limit, from, await wayOf(model, query)),

    async look(query, limit, from, atMost) {
      const by = await wayOf(model, query);
      const heads = await headsOf(atMost, by);
      // With this many matches, reading in order fills a page quickly.
      if (heads.length >= atMost) return { records: await page(query, limit, from, by), count: atMost };
      const ids = pageOf(heads, limit, from);
      if (!ids.length) return { records: [], count: heads.length };
      const found = await model
        .find({ _id: { $in: ids } }, RECORD)
        .lean<CaseDocument[]>()
        .exec();
      const records = ids.flatMap((id) => found.filter(({ _id }) => _id === id).map(toStored));
      return { records, count: heads.length };
    },

    count: async (query, atMost) => (await headsOf(atMost, await wayOf(model, query))).length,
  };
}

/** Queries span after span until it has `most` results. */
async function inSpans<Found>(
  spans: readonly CaseQuery[],
  most: number,
  ask: (span: CaseQuery, most: number) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (const span of spans) {
    all.push(...(await ask(span, most - all.length)));
    if (all.length >= most) break;
  }
  return all;
}

/** A query in spans of time, newest first, each several times as long as the last. A search by number is one span. */
function spansOf(query: CaseQuery, newest: Date, days: readonly number[]): readonly CaseQuery[] {
  const { ref, sj, account, filedFrom, filedBefore } = query;
  if (ref ?? sj ?? account) return [query];
  const bounds = days
    .map((ago) => new Date(+newest - ago * DAY_MS))
    .filter((at) => (!filedFrom || at > filedFrom) && (!filedBefore || at < filedBefore));
  return [...bounds, filedFrom].map((from, i) => ({
    ...query,
    filedFrom: from,
    filedBefore: bounds[i - 1] ?? filedBefore,
  }));
}

/** How to run a query: its spans, and which condition uses an index. */
interface Way {
  readonly spans: (newest: Date, days: readonly number[]) => readonly CaseQuery[];
  readonly more: readonly object[];
  readonly wordsFilter: boolean;
}

/**
 * An index serves one word, and engines guess poorly which word is rare, so Warmline looks it up if it matters. What
 * begins with frequent letters is found by time: its index entries are in no useful order.
 */
export async function wayOf(model: Model<CaseDocument>, query: CaseQuery): Promise<Way> {
  const isNarrow = narrowsBeside(query);
  const isOneIndexed = !isNarrow && query.words.length === 1 && !query.words[0]?.begins;
  const few = query.words.length && !isOneIndexed ? await fewOf(model, query) : null;
  return few
    ? { spans: () => [query], more: [{ _id: { $in: few } }], wordsFilter: true }
    : { spans: (newest, days) => spansOf(query, newest, days), more: [], wordsFilter: isNarrow };
}

/** The cases of the rarest word; null if every word is in many cases. */
async function fewOf(model: Model<CaseDocument>, { words }: CaseQuery): Promise<readonly string[] | null> {
  const found = await Promise.all(
    words.map((wanted) =>
      model
        .find(havingWord(wanted), { _id: 1 })
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

/** The ids on one page, newest first. */
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

/** The cases after this one in a list's order, or before it. The bound on `filedAt` lets an index start there. */
function beyond({ at, id }: CaseKey, way: 'older' | 'newer') {
  const [past, upTo] = way === 'older' ? ['$lt', '$lte'] : ['$gt', '$gte'];
  return {
    filedAt: { [upTo]: at },
    $or: [{ filedAt: { [past]: at } }, { filedAt: at, _id: { [past]: id } }],
  };
}

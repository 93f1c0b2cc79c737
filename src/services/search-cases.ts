import { mayRead, type Person, readable } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Area } from '../domain/directory';
import { type CaseKey, type CaseQuery, queryOf, type SearchFilters } from '../domain/search';
import type { ServiceDeps } from './deps';
import type { Seen } from './find-cases';
import type { CaseRecord, CaseRow } from './ports/cases';
import { personOf } from './standing';

export const PAGE_ROWS = 10;
/** Results are counted up to here. */
export const MOST_COUNTED = 100;

/** Where a page begins: after a case in one direction, or at the newest. `place`: its first row, from 1. */
export interface PageStart {
  readonly place: number;
  readonly beyond: { readonly key: CaseKey; readonly way: 'older' | 'newer' } | null;
}
export const FIRST_PAGE: PageStart = { place: 1, beyond: null };

/** A page of results, newest first. */
export interface FoundPage {
  readonly rows: readonly Seen[];
  /** The number of the first row among all, from 1. */
  readonly place: number;
  /** How many there are that the reader may read, or null if more than `MOST_COUNTED`. */
  readonly total: number | null;
  readonly newer: PageStart | null;
  readonly older: PageStart | null;
}

/**
 * The search results that someone may read: for others, a need-to-know case is neither shown nor counted, not even its
 * existence, because the search itself would reveal what is in it (domain section 10). Two indexed queries.
 */
export async function searchCases(
  deps: ServiceDeps,
  filters: SearchFilters,
  start: PageStart,
  reader: Actor,
): Promise<FoundPage> {
  const { query, isReadable } = await readerQuery(deps, filters, reader);
  const { place, beyond } = start;
  // One more than a page, to see whether another page follows.
  const { records: page, count } = await deps.search.look(query, PAGE_ROWS + 1, beyond ?? {}, MOST_COUNTED + 1);
  const goingBack = beyond?.way === 'newer';
  const more = page.length > PAGE_ROWS;
  // Going back, if nothing newer is left, this is the first page, whatever was filed meanwhile.
  if (goingBack && (!more || place <= 1)) return searchCases(deps, filters, FIRST_PAGE, reader);
  const records = goingBack ? page.slice(-PAGE_ROWS) : page.slice(0, PAGE_ROWS);
  const [first, last] = [records[0], records.at(-1)];
  return {
    rows: records.filter(isReadable).map((record) => ({ record, sight: 'text' })),
    place,
    total: count > MOST_COUNTED ? null : count,
    newer: first && place > 1 ? { place: place - PAGE_ROWS, beyond: { key: keyOf(first), way: 'newer' } } : null,
    older:
      last && (goingBack || more)
        ? { place: place + records.length, beyond: { key: keyOf(last), way: 'older' } }
        : null,
  };
}

/** How many results someone may read, counted up to `atMost`. */
export async function countCases(deps: ServiceDeps, filters: SearchFilters, reader: Actor, atMost: number) {
  const { query } = await readerQuery(deps, filters, reader);
  return deps.search.count(query, atMost);
}

/** All results that someone may read, newest first, with a hundred at a time in memory. */
export async function* streamCases(deps: ServiceDeps, filters: SearchFilters, reader: Actor): AsyncGenerator<CaseRow> {
  const { query, isReadable } = await readerQuery(deps, filters, reader);
  for await (const record of deps.search.stream(query)) if (isReadable(record)) yield record;
}

/** What someone may read now, to be compared after long work. */
export async function readingRights(deps: ServiceDeps, reader: Actor): Promise<string> {
  const [person, areas] = await Promise.all([personOf(deps, reader), deps.directory.areas()]);
  return JSON.stringify(readable(person, areas));
}

const keyOf = ({ filedAt, id }: CaseRecord): CaseKey => ({ at: filedAt, id });

/** A reader's search as a database query, and the same rule for each result. */
async function readerQuery(
  deps: ServiceDeps,
  filters: SearchFilters,
  reader: Actor,
): Promise<{ query: CaseQuery; isReadable: (record: CaseRow) => boolean }> {
  const [person, areas, policy, { timeZone }] = await Promise.all([
    personOf(deps, reader),
    deps.directory.areas(),
    deps.directory.policy(),
    deps.people.account(reader),
  ]);
  return {
    query: queryOf(filters, { id: reader, readable: readable(person, areas) }, timeZone ?? policy.time_zone),
    isReadable: readableBy(person, areas),
  };
}

const readableBy = (person: Person, areas: readonly Area[]) => (record: CaseRow) =>
  mayRead(record, person, areas.find(({ name }) => name === record.area) ?? null);

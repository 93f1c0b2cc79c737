import { isRestricted, type Readable } from '../domain/access';
import { CASE_KINDS } from '../domain/kinds';
import type { CaseQuery } from '../domain/search';
import type { WantedWord } from '../domain/words';
import type { Filters } from './case-keys';

/**
 * A search as a MongoDB query, with `more` conditions. The most selective condition uses an index and the others filter;
 * the beginning of a word always filters, and with `wordsFilter` all words do. The conditions for reading a case use indexes too, unless the search is by number
 * or the person may read a whole kind.
 */
export function filterOf(
  filters: Filters,
  query: CaseQuery,
  { more = [], wordsFilter = false }: { readonly more?: readonly object[]; readonly wordsFilter?: boolean } = {},
): Record<string, unknown> {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, filedFrom, filedBefore, words } = query;
  const { readable, notAbout } = query;
  const all = [
    ...words.map((wanted) => (wordsFilter || wanted.begins ? filtering(wanted) : { words: wanted.word })),
    ...(filedFrom ? [{ filedAt: { $gte: filedFrom } }] : []),
    ...(filedBefore ? [{ filedAt: { $lt: filedBefore } }] : []),
    ...more,
  ];
  const entry = entryOf(filters, query);
  const readsAll = readable.some((one) => Object.keys(one).length === 0);
  const readFilters = Boolean(ref ?? sj ?? account) || readsWidely(query);
  const anyOf = readable.map((one) => ({ ...(readFilters ? {} : readEntry(filters, one)), ...readableClause(one) }));
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

/** The cases with a word, by the index. */
export const havingWord = ({ word, begins }: WantedWord): object => ({ words: begins ? { $regex: `^${word}` } : word });
/** The same condition in a form that cannot use an index, so that another condition does. */
const filtering = ({ word, begins }: WantedWord): object => ({
  $nor: [{ words: begins ? { $not: { $regex: `^${word}` } } : { $ne: word } }],
});

/** Whether a condition other than the words leaves few cases. */
export const narrowsBeside = (query: CaseQuery): boolean => Boolean(query.filedBy ?? query.area) || !readsWidely(query);

/** Whether someone may read every case of a kind that is not need-to-know: too many for an index to help. */
const readsWidely = ({ readable }: CaseQuery): boolean =>
  readable.some(
    ({ kinds = CASE_KINDS, ...more }) => Object.keys(more).length === 0 && kinds.some((kind) => !isRestricted(kind)),
  );

/** The key that a query looks up in the index; none if a reference or a word does that, or nothing narrows it down. */
function entryOf({ keyed }: Filters, query: CaseQuery): object {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, words } = query;
  if (ref) return {};
  if (sj) return keyed('sj', sj);
  if (account) return keyed('sp', account);
  // A word may be in most cases, so a reporter or an area comes first.
  if (words.length) return filedBy ? keyed('reporter', filedBy) : area ? keyed('area', area) : {};
  if (filedBy) return keyed('reporter', filedBy);
  if (area) return keyed('area', area);
  if (outcomes) return keyed('outcome', ...outcomes);
  if (states) return keyed('state', ...states);
  return kinds ? keyed('kind', ...kinds) : {};
}

/** The key for one of the conditions for reading a case. */
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

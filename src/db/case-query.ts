import { isRestricted, type Readable } from '../domain/access';
import type { Actor } from '../domain/actor';
import { CASE_KINDS } from '../domain/kinds';
import type { CaseQuery } from '../domain/search';
import type { WantedWord } from '../domain/words';
import type { Filters, NamedKey } from './case-keys';

/** How a search is asked: what else a case must match, and whether its words filter instead of using their index. */
export interface How {
  readonly more?: readonly object[];
  readonly wordsFilter?: boolean;
}

/**
 * A search as a MongoDB query. One condition uses an index: the one that leaves the fewest cases (`entryOf`), or the
 * words. All others filter.
 */
export function filterOf(
  filters: Filters,
  query: CaseQuery,
  { more = [], wordsFilter = false }: How = {},
): Record<string, unknown> {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, filedFrom, filedBefore, words } = query;
  const { readable, notAbout } = query;
  const all = [
    ...words.map(wordsFilter ? filtering : indexed),
    ...(filedFrom ? [{ filedAt: { $gte: filedFrom } }] : []),
    ...(filedBefore ? [{ filedAt: { $lt: filedBefore } }] : []),
    ...more,
  ];
  const readsAll = readable.some((one) => Object.keys(one).length === 0);
  return {
    ...entryOf(filters, query),
    ...(ref && { ref }),
    ...(sj && { sj }),
    ...(account && { 'sp.account': account }),
    ...(kinds && { kind: { $in: kinds } }),
    ...(states && { state: { $in: states } }),
    ...(outcomes && { 'resolution.outcome': { $in: outcomes } }),
    ...(area && { area }),
    ...(filedBy && { reporter: filedBy }),
    subjects: { $ne: notAbout },
    ...(readsAll ? {} : { $or: readable.map(readableClause) }),
    ...(all.length ? { $and: all } : {}),
  };
}

const indexed = ({ word, begins }: WantedWord): object => ({ words: begins ? { $regex: `^${word}` } : word });
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
function entryOf({ keyed, keyedAny }: Filters, query: CaseQuery): object {
  const { ref, sj, account, kinds, states, outcomes, area, filedBy, words, readable } = query;
  if (ref) return {};
  if (sj) return keyed('sj', sj);
  if (account) return keyed('sp', account);
  if (filedBy) return keyed('reporter', filedBy);
  // Whoever reads an area's cases has others too.
  if (area && (readsWidely(query) || readable.some(({ areas }) => areas?.includes(area)))) return keyed('area', area);
  if (!readsWidely(query)) return keyedAny(readable.map((one) => readKey(one, query.notAbout)));
  if (words.length) return {};
  if (outcomes) return keyed('outcome', ...outcomes);
  if (states) return keyed('state', ...states);
  return kinds ? keyed('kind', ...kinds) : {};
}

/** The key for one of the conditions for reading a case; `reader`: who reads. */
function readKey({ refs, kinds = [], areas, reporter, owner, follower }: Readable, reader: Actor): NamedKey {
  if (refs) return ['grant', reader];
  if (reporter) return ['reporter', reporter];
  if (owner) return ['owner', owner];
  if (follower) return ['follower', follower];
  return areas ? ['area', ...areas] : ['kind', ...kinds];
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

import type { IndexDirection, IndexOptions } from 'mongoose';

interface CaseIndex {
  readonly on: Readonly<Record<string, IndexDirection>>;
  /** Only cases with these values are in it. Every engine accepts equality. */
  readonly where?: Readonly<Record<string, boolean>>;
}

/**
 * Every index of `cases` besides the one on `_id` (`page` and `claim` of the records, `raisedFor`), and its queries.
 * Queries for open work use indexes of open cases only, so that closed ones cost nothing. A case is stored many times,
 * and each of its indexes is written again then, so a new query should rather be a key in `case-keys.ts` (architecture
 * section 5).
 */
const INDEXES: readonly CaseIndex[] = [
  // byRef, and searches by references. The counter keeps references unique (`references.ts`).
  { on: { ref: 1, _id: 1 } },
  // Newest first: bySj, bySp, openBySj, openBySp, scoresOf, watchedOf, filedBy, filedCount, praiseIn, reported, filedIn,
  // inReview, inState, grantedTo, searches by one condition. One case: byPost, byNote. Any order: shownInFull,
  // heldBySp.
  { on: { keys: 1, filedAt: -1, _id: -1 } },
  // Searches by words.
  { on: { words: 1, filedAt: -1, _id: -1 } },
  // Searches and exports without a condition, or by days; histories.
  { on: { filedAt: -1, _id: -1 } },
  // Earliest due first: queue, queueSize, promised, openFiledBy, openFiledCount, questionsFor, unrouted, openOf,
  // ownerless. Any order: openIn, hasOpen, keptFrom, promisedCallbacks, openOwners, openChannels.
  { on: { desks: 1, breaksAt: 1, _id: 1 }, where: { isOpen: true } },
  // The walk over all open cases: openPage.
  { on: { _id: 1, isOpen: 1 }, where: { isOpen: true } },
  // The tick: due. Open cases that it never finds: stalled.
  { on: { nextNudgeAt: 1, _id: 1 }, where: { ticks: true } },
  // Delivery: waiting, lanesWithWork; what waits anywhere: undelivered, backlog.
  { on: { outboxLanes: 1, outboxAt: 1 } },
  // withDead, dead; changes since a time: changedAfter, heads.
  { on: { hasDead: 1, changedAt: -1 } },
  // Retention: due, held.
  { on: { kind: 1, held: 1, closedAt: 1, _id: 1 }, where: { isOpen: false } },
  // resolvedFor, resolvedIn, reported.
  { on: { ended: 1, 'resolution.at': -1 }, where: { isOpen: false } },
  // unwatched: absent once the repeat rules have looked.
  { on: { unwatched: 1, filedAt: 1, _id: 1 }, where: { unwatched: true } },
];

/** As the schema expects them. */
export const caseIndexes = (): [Record<string, IndexDirection>, IndexOptions][] =>
  INDEXES.map(({ on, where }) => [{ ...on }, where ? { partialFilterExpression: { ...where } } : {}]);

/** Their names, as MongoDB forms them. */
export const INDEX_NAMES: readonly string[] = INDEXES.map(({ on }) =>
  Object.entries(on)
    .map(([field, direction]) => `${field}_${direction}`)
    .join('_'),
);

/** Indexes of earlier versions without queries: an upgrade drops them by name once every case has its keys. */
export const RETIRED_INDEXES: readonly string[] = [
  'isOpen_1_nextNudgeAt_1__id_1',
  'isOpen_1__id_1',
  'isOpen_1_owner_1_nextNudgeAt_1',
  'sj_1_isOpen_1_filedAt_-1',
  'sp.account_1_isOpen_1_filedAt_-1',
  'sj_1_filedAt_-1__id_-1',
  'sp.account_1_filedAt_-1__id_-1',
  'reporter_1_filedAt_-1__id_-1',
  'outboxAt_1',
  'isOpen_1_owner_1_breaksAt_1__id_1',
  'isOpen_1_area_1_breaksAt_1__id_1',
  'isOpen_1_kind_1_breaksAt_1__id_1',
  'isOpen_1_breaksAt_1__id_1',
  'reporter_1_isOpen_1_breaksAt_1__id_1',
  'reporter_1_resolution.at_-1',
  'isOpen_1_area_1_filedAt_1',
  'isOpen_1_state_1_filedAt_1',
  'isOpen_1_unrouted_1_filedAt_1',
  'area_1_filedAt_-1__id_-1_kind_1',
  'area_1_resolution.at_1_kind_1',
  'unwatched_1_filedAt_1',
  'posts.sent.ts_1_posts.sent.channel_1',
  'posts.sent.channel_1_posts.show_1',
  'notes.id_1',
  'held_1_kind_1_closedAt_1__id_1',
  'grants.person_1',
  'kind_1_filedAt_-1__id_-1',
  'state_1_filedAt_-1__id_-1',
  'owner_1_filedAt_-1__id_-1',
  'followers_1_filedAt_-1__id_-1',
  'resolution.outcome_1_filedAt_-1__id_-1',
];

/** The unique index on references: a sharded collection cannot have it, and it slowed down each write. */
export const RETIRED_UNIQUE_INDEXES: readonly string[] = ['ref_1'];

import type { Person } from '../domain/access';
import type { Page } from '../domain/desk';
import type { ServiceDeps } from './deps';
import { DESK_COUNTED, DESK_ROWS, type Listing, movesFor, type OnDesk, paged } from './desk';
import { visible } from './find-cases';
import type { CaseRecord } from './ports/cases';

/** What waits for an admin; each counted up to `COUNTED`. */
export interface AdminCounts {
  /** From the auditor (domain section 7). */
  readonly alarms: number;
  readonly review: number;
  readonly unrouted: number;
  /** Cases with a failed message, and failed letters. */
  readonly failed: number;
}
export const COUNTED = 1000;

/** What waits for an admin now; each count has an index. Rejects if the store is unreachable. */
export async function adminCounts({ desks, letters, alarms }: ServiceDeps): Promise<AdminCounts> {
  const [raised, review, unrouted, dead, failed] = await Promise.all([
    alarms.count(),
    desks.inReviewCount(COUNTED),
    desks.unroutedCount(COUNTED),
    desks.withDeadCount(COUNTED),
    letters.failedCount(COUNTED),
  ]);
  return { alarms: raised, review, unrouted, failed: Math.min(COUNTED, dead + failed) };
}

/** A page of what waits for the Admin team's review, longest first (domain section 6). For admins only. */
export const reviewPage = (deps: ServiceDeps, person: Person, page: number): Promise<Page<OnDesk>> =>
  queueOf(deps, person, page, {
    rows: (skip, limit) => deps.desks.inReview(skip, limit),
    count: () => deps.desks.inReviewCount(DESK_COUNTED + 1),
  });

/** A page of what no area has taken, earliest due first (domain section 3). For admins only. */
export const unroutedPage = (deps: ServiceDeps, person: Person, page: number): Promise<Page<OnDesk>> =>
  queueOf(deps, person, page, {
    rows: (skip, limit) => deps.desks.unrouted(skip, limit),
    count: () => deps.desks.unroutedCount(DESK_COUNTED + 1),
  });

async function queueOf(
  deps: ServiceDeps,
  person: Person,
  asked: number,
  list: Listing<CaseRecord>,
): Promise<Page<OnDesk>> {
  const [found, areas] = await Promise.all([paged(asked, DESK_ROWS, list), deps.directory.areas()]);
  const seen = await visible(deps, found.rows, person.id);
  return { ...found, rows: seen.map((one) => ({ ...one, moves: movesFor(one.record, person, areas, deps.now()) })) };
}

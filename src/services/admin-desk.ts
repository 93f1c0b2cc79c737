import type { Person } from '../domain/access';
import type { Alarm } from '../domain/alarms';
import type { Page } from '../domain/desk';
import type { ServiceDeps } from './deps';
import { DESK_COUNTED, DESK_ROWS, type Listing, movesFor, type OnDesk, paged } from './desk';
import { type Seen, visible } from './find-cases';
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
  return { ...found, rows: seen.map((one) => ({ ...one, moves: movesFor(one.record, person, areas) })) };
}

const LONGEST = 10;

/** The open alarms, oldest first, and how many there are in all. For admins only. */
export async function openAlarms({
  alarms,
}: Pick<ServiceDeps, 'alarms'>): Promise<{ readonly alarms: readonly Alarm[]; readonly total: number }> {
  const [oldest, total] = await Promise.all([alarms.open(LONGEST), alarms.count()]);
  return { alarms: oldest, total };
}

/** A page of all of them, each with its case as far as the reader may know of it. For admins only. */
export async function alarmsPage(deps: ServiceDeps, person: Person, asked: number): Promise<Page<AlarmSeen>> {
  const found = await paged(asked, DESK_ROWS, {
    rows: (skip, limit) => deps.alarms.open(limit, skip),
    count: () => deps.alarms.count(),
  });
  const refs = [...new Set(found.rows.flatMap(({ ref }) => ref ?? []))];
  const cases = (await Promise.all(refs.map((ref) => deps.cases.byRef(ref)))).filter((one) => one !== null);
  const seen = await visible(deps, cases, person.id);
  return {
    ...found,
    rows: found.rows.map((alarm) => ({ alarm, seen: seen.find(({ record }) => record.ref === alarm.ref) ?? null })),
  };
}

export interface AlarmSeen {
  readonly alarm: Alarm;
  /** The case it is about; null if there is none, or the reader may not know of it. */
  readonly seen: Seen | null;
}

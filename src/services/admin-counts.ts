import type { ServiceDeps } from './deps';

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

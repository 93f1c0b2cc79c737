import type { Actor } from './actor';
import type { Cover } from './cover';
import type { Area } from './directory';

/** Who answers for an area now, and whether it is open (domain sections 7 and 8). */
export interface Duty {
  readonly area: Area;
  readonly now: Date;
  /** When it opens next, or null if it is open. */
  readonly opensAt: Date | null;
  /** Who answers if the area has no one of its own. */
  readonly admins: readonly Actor[];
  /** Which of its people are absent now, and who covers for them. */
  readonly away: readonly Cover[];
  /** Which of its people have a deactivated Slack account. */
  readonly gone: readonly Actor[];
}

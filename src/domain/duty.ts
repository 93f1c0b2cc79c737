import type { Actor } from './case';
import type { Cover } from './cover';
import type { Area } from './directory';

/** Who answers for an area now, and whether it is at work (domain sections 7 and 8). */
export interface Duty {
  readonly area: Area;
  readonly now: Date;
  /** When it opens next, or null while it is open. */
  readonly opensAt: Date | null;
  /** Who answers when the area has no one of its own. */
  readonly admins: readonly Actor[];
  /** Which of its people are away now, and who covers for them. */
  readonly away: readonly Cover[];
  /** Which of its people have no Slack account in use anymore. */
  readonly gone: readonly Actor[];
}

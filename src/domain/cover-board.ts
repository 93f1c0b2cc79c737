import type { Actor } from './actor';
import type { Calendar } from './calendar';
import type { Cover } from './cover';

/** The covers of the person who looks at them. */
export interface CoverBoard {
  /** Covers for them, and covers by them. */
  readonly mine: readonly Cover[];
  readonly theirs: readonly Cover[];
  /** Their calendar, if its absences become covers. */
  readonly calendar: Calendar | null;
  readonly person: Actor;
  /** Their current day, `YYYY-MM-DD`, and zone. */
  readonly today: string;
  readonly zone: string;
}

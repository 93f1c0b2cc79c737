import type { Calendar, CalendarFault, Entry } from '../../domain/calendar';
import type { Actor } from '../../domain/case';

/** A calendar could not be read; it says no address. */
export class CalendarError extends Error {
  constructor(readonly fault: CalendarFault) {
    super(fault);
  }
}

/** What is at an address. Rejects with CalendarError. */
export type FetchCalendar = (url: string) => Promise<string>;
/** The absences in a calendar's text between two moments (ms, roughly). Rejects with CalendarError. */
export type ReadEntries = (asked: {
  readonly text: string;
  readonly words: readonly string[];
  readonly from: number;
  readonly until: number;
}) => Promise<readonly Entry[]>;

/** What someone chose of a calendar. */
export type CalendarChoice = Pick<Calendar, 'person' | 'deputy' | 'url' | 'words' | 'by'>;
/** What came of reading one. */
export type CalendarRead = Pick<Calendar, 'readAt' | 'failing' | 'absences' | 'uncovered' | 'nextAt'>;

/** Calendars whose absences become covers, one for each person. Every method rejects when the store cannot be reached. */
export interface CalendarStore {
  find(person: Actor): Promise<Calendar | null>;
  /** All of them, by person. */
  all(limit: number): Promise<readonly Calendar[]>;
  /** Those that cannot be read, longest first. */
  failing(limit: number): Promise<readonly Calendar[]>;
  /** Keeps what was chosen, and lets it be read at once; what was read at another address counts no more. */
  save(choice: CalendarChoice, at: Date): Promise<void>;
  /** What may be looked at now. */
  due(now: Date, limit: number): Promise<readonly Calendar[]>;
  /** True for the one instance that may look at it until then. */
  claim(calendar: Calendar, until: Date): Promise<boolean>;
  /** What came of it, unless something else was chosen meanwhile. */
  done(calendar: Calendar, read: CalendarRead): Promise<void>;
  /** Removed, to be forgotten at that moment; false when there is none. */
  remove(person: Actor, at: Date, forgottenAt: Date): Promise<boolean>;
  /** Undoes that; false when it is too late. */
  restore(person: Actor, at: Date): Promise<boolean>;
  /** Forgets one that was removed. */
  forget(calendar: Calendar): Promise<void>;
}

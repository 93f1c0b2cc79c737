import type { Actor } from '../../domain/actor';
import type { Calendar, CalendarFault, Entry } from '../../domain/calendar';

/** A calendar could not be read; the message contains no address. */
export class CalendarError extends Error {
  constructor(readonly fault: CalendarFault) {
    super(fault);
  }
}

/** Fetches the content of an address. Rejects with CalendarError. */
export type FetchCalendar = (url: string) => Promise<string>;
/** The absences in a calendar's text between two times (ms, roughly). Rejects with CalendarError. */
export type ReadEntries = (asked: {
  readonly text: string;
  readonly words: readonly string[];
  readonly from: number;
  readonly until: number;
}) => Promise<readonly Entry[]>;

/** What someone chose for a calendar. */
export type CalendarChoice = Pick<Calendar, 'person' | 'deputy' | 'url' | 'words' | 'by'>;
/** The result of reading one. */
export type CalendarRead = Pick<Calendar, 'readAt' | 'failing' | 'absences' | 'uncovered' | 'nextAt'>;

/** Calendars whose absences become covers, one per person. Every method rejects if the store is unreachable. */
export interface CalendarStore {
  find(person: Actor): Promise<Calendar | null>;
  /** All of them, by person. */
  all(limit: number): Promise<readonly Calendar[]>;
  /** Those that cannot be read, longest first. */
  failing(limit: number): Promise<readonly Calendar[]>;
  /** Stores the choice and makes it due at once; what was read at another address no longer counts. */
  save(choice: CalendarChoice, at: Date): Promise<void>;
  /** Those that are due, or wait for a time beyond any that is right. */
  due(now: Date, beyond: Date, limit: number): Promise<readonly Calendar[]>;
  /** True for the one instance that may read it until then. */
  claim(calendar: Calendar, until: Date): Promise<boolean>;
  /** Stores the result, unless something else was chosen meanwhile. */
  done(calendar: Calendar, read: CalendarRead): Promise<void>;
  /** Marks it as removed, to be deleted at `forgottenAt`; false if there is none. */
  remove(person: Actor, at: Date, forgottenAt: Date): Promise<boolean>;
  /** Undoes that; false if it is too late. */
  restore(person: Actor, at: Date): Promise<boolean>;
  /** Deletes one that was removed. */
  forget(calendar: Calendar): Promise<void>;
}

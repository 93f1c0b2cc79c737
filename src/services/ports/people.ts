import type { Actor } from '../../domain/actor';
import type { Cover, CoverState } from '../../domain/cover';
import type { Answers } from '../../domain/forms/form';
import type { CaseKind } from '../../domain/kinds/code';
import type { Preferences } from '../../domain/preferences';
import type { Read, ReadFilter } from '../../domain/reads';

/** What someone entered in a form and has not filed yet (domain section 3). */
export interface Draft {
  readonly user: Actor;
  readonly kind: CaseKind;
  /** When it was begun; distinguishes it from an earlier draft of the same form. */
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly answers: Answers;
  /** What the form's window remembers: its page, the message it came from. */
  readonly metadata: string;
  /** The key of a submission of it whose result is unknown, and the draft that was. Unchanged if absent. */
  readonly submitted?: { readonly key: string; readonly startedAt: Date } | null;
  /** The window it was last written in. */
  readonly window?: string;
  /** Its place beside other drafts of the same person and form; absent: the first. */
  readonly place?: number | undefined;
  /** What was chosen in the last report filed, to be offered again. */
  readonly again?: { readonly at: Date; readonly answers: Answers };
}

/** A state of a draft that a window writes. */
export interface WrittenDraft extends Omit<Draft, 'again'> {
  readonly window: string;
  /** The newest state of it that this window has seen; absent: none, the window began it. */
  readonly seen?: Date | undefined;
}

/** A draft that is over: its report was filed, or it was discarded, at `at`. */
export interface EndedDraft extends Pick<Draft, 'user' | 'kind' | 'place' | 'again'> {
  readonly at: Date;
  /** The window that wrote it. */
  readonly window?: string | undefined;
  readonly seen?: Date | undefined;
  /** The report of that window was filed: its late answers are no draft. */
  readonly filed?: boolean;
}

/** Drafts; a few per person and form, each written by one window. Every method rejects if the store is unreachable. */
export interface DraftStore {
  /** The newest, however old; an emptied one only if there is no other; null if there is none. */
  find(user: Actor, kind: CaseKind): Promise<Draft | null>;
  /** All that are not empty, however old, newest first. */
  all(user: Actor, kind: CaseKind): Promise<readonly Draft[]>;
  /**
   * Stores it in its place, or beside a draft that another window wrote there since. Does nothing if there is a newer
   * state, or its window was filed: a late write undoes nothing.
   */
  save(draft: WrittenDraft): Promise<void>;
  /** Empties it, and leaves what other windows wrote. */
  end(draft: EndedDraft): Promise<void>;
}

/** A cover, and which news about it is missing: its state, or its new days. */
export interface OwingCover {
  readonly cover: Cover;
  readonly owes: 'state' | 'days';
}

/** Who covers for whom. Every method rejects if the store is unreachable, `recent` only until it was read once. */
export interface CoverStore {
  /** Covers that are not over, in any state; at most five seconds old. */
  recent(): Promise<readonly Cover[]>;
  /** The same, not cached. */
  notOver(): Promise<readonly Cover[]>;
  byId(id: string): Promise<Cover | null>;
  /** Repeating the same id changes nothing. */
  ask(cover: Cover): Promise<void>;
  /** Moves a cover from one of these states to another; false if it is in none of them. */
  settle(id: string, from: readonly CoverState[], to: CoverState): Promise<boolean>;
  /** Changes the days of an accepted one; false if it is no longer accepted. */
  shorten(id: string, to: Pick<Cover, 'from' | 'until'>): Promise<boolean>;
  /** Covers whose last change was not told yet: each write above marks it, until `told`. */
  owing(limit: number): Promise<readonly OwingCover[]>;
  /** The news is among the letters; does nothing if the cover changed since. */
  told(cover: Cover): Promise<void>;
}

/** What people chose. Every method rejects if the store is unreachable, `recent` only until it was read once. */
export interface PreferenceStore {
  /** By Slack user id, for everyone who chose something; at most five seconds old. */
  recent(): Promise<ReadonlyMap<Actor, Preferences>>;
  /** What someone chose, not cached; null if nothing. */
  of(person: Actor): Promise<Preferences | null>;
  save(person: Actor, preferences: Preferences): Promise<void>;
  /** Back to the default. */
  reset(person: Actor): Promise<void>;
}

/** Who has read which need-to-know case: appended, never edited. Every method rejects if the store is unreachable. */
export interface AccessLog {
  add(reads: readonly Read[]): Promise<void>;
  /** Adds an entry under its own id; repeating it changes nothing. */
  keep(id: string, read: Read): Promise<void>;
  /** Newest first. */
  page(filter: ReadFilter, part: { readonly skip: number; readonly limit: number }): Promise<readonly Read[]>;
  /** Counts up to `atMost`. */
  count(filter: ReadFilter, atMost: number): Promise<number>;
}

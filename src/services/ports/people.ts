import type { Actor } from '../../domain/case';
import type { Cover, CoverState } from '../../domain/cover';
import type { Answers } from '../../domain/forms/form';
import type { CaseKind } from '../../domain/kinds';
import type { Preferences } from '../../domain/preferences';
import type { Read, ReadFilter } from '../../domain/reads';

/** What someone has entered in a form that is not filed yet (domain section 3). One per person and form. */
export interface Draft {
  readonly user: Actor;
  readonly kind: CaseKind;
  /** When it was begun: tells this draft from an earlier one of the same form. */
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly answers: Answers;
  /** What the form's window remembers: its page, the message it came from. */
  readonly metadata: string;
  /** The key of a submission of it of which no one knows whether it was stored, and which draft that was of. Left as it is where absent. */
  readonly submitted?: { readonly key: string; readonly startedAt: Date } | null;
  /** The id of the window that it is written in. */
  readonly window?: string;
  /** The window whose report was filed: what comes late of it is no draft. Left as it is where absent. */
  readonly filed?: string;
}

/** Drafts. Every method rejects when the store cannot be reached. */
export interface DraftStore {
  /** Whatever its age; null when there is none, or nothing in it. */
  find(user: Actor, kind: CaseKind): Promise<Draft | null>;
  /** Keeps it, unless something newer is kept already, or its window was filed: a late write undoes nothing. No answers empty it. */
  save(draft: Draft): Promise<void>;
}

/** A cover, and what of it has to be told: how it stands, or that it has other days. */
export interface OwingCover {
  readonly cover: Cover;
  readonly owes: 'state' | 'days';
}

/** Who covers for whom. Every method rejects when the store cannot be reached, `recent` only until it was read once. */
export interface CoverStore {
  /** Covers that are not over, in whatever state; at most five seconds old. */
  recent(): Promise<readonly Cover[]>;
  /** The same as they are now. */
  notOver(): Promise<readonly Cover[]>;
  byId(id: string): Promise<Cover | null>;
  /** Asking again under the same id changes nothing. */
  ask(cover: Cover): Promise<void>;
  /** Moves a cover from one of these states to another; false when it is in none of them. */
  settle(id: string, from: readonly CoverState[], to: CoverState): Promise<boolean>;
  /** Lets an accepted one last from then to then; false when it is accepted no more. */
  shorten(id: string, to: Pick<Cover, 'from' | 'until'>): Promise<boolean>;
  /** Covers whose last change owes someone a word: each write above says so, until `told`. */
  owing(limit: number): Promise<readonly OwingCover[]>;
  /** The word is among the letters; nothing where the cover changed again since. */
  told(cover: Cover): Promise<void>;
}

/** What people chose. Every method rejects when the store cannot be reached, `recent` only until it was read once. */
export interface PreferenceStore {
  /** By Slack user id, of everyone who chose something; at most five seconds old. */
  recent(): Promise<ReadonlyMap<Actor, Preferences>>;
  save(person: Actor, preferences: Preferences): Promise<void>;
  /** Back to the default. */
  reset(person: Actor): Promise<void>;
}

/** Who has read which need-to-know case: added to, never edited. Every method rejects when the store cannot be reached. */
export interface AccessLog {
  add(reads: readonly Read[]): Promise<void>;
  /** Adds one under an id of its own; adding it again changes nothing. */
  keep(id: string, read: Read): Promise<void>;
  /** Newest first. */
  page(filter: ReadFilter, part: { readonly skip: number; readonly limit: number }): Promise<readonly Read[]>;
  /** How many there are, counted up to `atMost`. */
  count(filter: ReadFilter, atMost: number): Promise<number>;
}

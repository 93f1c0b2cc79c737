import type { CaseFacts } from '../../domain/case';
import type { CaseKind } from '../../domain/kinds/code';
import type { CardPlace } from '../../domain/mailbox';
import type { Aged } from '../../domain/policy';
import type { Severity } from '../../domain/severity';
import type { StoredCase } from './cases';

/** What is left of a deleted case: no text and no names (domain section 10). */
export interface Tombstone extends Pick<StoredCase, 'id' | 'ref' | 'kind' | 'filedAt' | 'seq' | 'events'> {
  readonly closedAt: Date;
  readonly outcome: string;
  readonly deletedAt: Date;
}

/** A card of a deleted case that is still in Slack. */
export interface Leftover extends CardPlace {
  /** How often it was tried, and why Slack refused the last time. */
  readonly tries: number;
  readonly fault: string | null;
}

/** A tombstone with something still to be deleted. */
export interface Unfinished extends Tombstone {
  readonly leftovers: readonly Leftover[];
}

/** A case whose retention period is over. */
export type Due = Pick<StoredCase, 'id' | 'ref' | 'kind' | 'severity'> & { readonly closedAt: Date };
/** Closed cases of a kind that were closed no later than this. */
export interface Ended {
  readonly kind: CaseKind;
  /** Null: any severity. */
  readonly severities: readonly Severity[] | null;
  readonly before: Date;
  /** SPs on legal hold: their cases stay. */
  readonly heldSps: readonly string[];
}

/** What is deleted once its time is over. Every method rejects if the store is unreachable. */
export interface Retention {
  /** Cases that are not on hold, by when they were closed, after `beyond`. */
  due(ended: Ended, limit: number, beyond: Due | null): Promise<readonly Due[]>;
  /** How many are on hold and would be due, at most `atMost`; and how many are not, but their SP is. */
  held(ended: Ended, atMost: number): Promise<number>;
  heldBySp(ended: Ended, atMost: number): Promise<number>;
  /** Replaces cases with tombstones. Returns how many: not those that changed meanwhile, or are gone already. */
  bury(ids: readonly string[], now: Date, heldSps: readonly string[]): Promise<number>;
  /** Buried cases with something left in the database. */
  uncleared(limit: number): Promise<readonly Unfinished[]>;
  /** Deletes all of that. If the case is still there, its tombstone is deleted instead. */
  clear(buried: readonly Unfinished[]): Promise<void>;
  /** Buried cases with cards left in Slack that may be tried at `now`, longest waiting first. */
  standing(now: Date, limit: number): Promise<readonly Unfinished[]>;
  /** What is still in Slack, and when to try again; null: nothing is left to try. */
  keepLeftovers(id: string, leftovers: readonly Leftover[], again: Date | null): Promise<void>;
  /** How many cards of deleted cases Slack refused to delete. */
  refused(atMost: number): Promise<number>;
  byRef(ref: string): Promise<Tombstone | null>;
  /** How much of what is kept outside of cases is older than this, at most `atMost`. */
  older(what: Aged, before: Date, atMost: number): Promise<number>;
  /** Deletes up to `limit` of it; returns how many. */
  drop(what: Aged, before: Date, limit: number): Promise<number>;
}

/** The facts of a case that only its events may change. */
export type Provable = Pick<StoredCase, 'id' | 'ref' | 'seq' | 'events'> & Partial<CaseFacts>;

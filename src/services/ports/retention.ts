import type { CaseFacts } from '../../domain/case';
import type { CaseKind, Severity } from '../../domain/kinds';
import type { CardPlace } from '../../domain/mailbox';
import type { Aged } from '../../domain/policy';
import type { StoredCase } from './cases';

/** What is left of a case once it was deleted: no word that anyone wrote, and no one's name (domain section 10). */
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

/** A tombstone beside which something is still to be deleted. */
export interface Unfinished extends Tombstone {
  readonly leftovers: readonly Leftover[];
}

/** A case whose time is over. */
export type Due = Pick<StoredCase, 'id' | 'ref' | 'kind' | 'severity'> & { readonly closedAt: Date };
/** Closed cases of a kind that were closed no later than this. */
export interface Ended {
  readonly kind: CaseKind;
  /** Null: whatever their severity is. */
  readonly severities: readonly Severity[] | null;
  readonly before: Date;
  /** SPs on legal hold: their cases stay. */
  readonly heldSps: readonly string[];
}

/** What is deleted once its time is over. Every method rejects when the store cannot be reached. */
export interface Retention {
  /** Cases that are not on hold, by when they were closed; those past `beyond`. */
  due(ended: Ended, limit: number, beyond: Due | null): Promise<readonly Due[]>;
  /** How many are on hold that would be due, `atMost` at most; and how many are not, and belong to an SP that is. */
  held(ended: Ended, atMost: number): Promise<number>;
  heldBySp(ended: Ended, atMost: number): Promise<number>;
  /**
   * Puts tombstones in the place of cases: that is the moment at which they are gone. Gives how many: not those that
   * someone changed meanwhile, or that are gone already.
   */
  bury(ids: readonly string[], now: Date, heldSps: readonly string[]): Promise<number>;
  /** Buried cases of which the database still holds something. */
  uncleared(limit: number): Promise<readonly Unfinished[]>;
  /** Deletes all of that. Where the case is still there its tombstone goes. */
  clear(buried: readonly Unfinished[]): Promise<void>;
  /** Buried cases of which cards are left in Slack that may be tried at `now`, those first that wait longest. */
  standing(now: Date, limit: number): Promise<readonly Unfinished[]>;
  /** What of it is still in Slack, and when to try again; null: nothing is left to try. */
  keepLeftovers(id: string, leftovers: readonly Leftover[], again: Date | null): Promise<void>;
  /** How many cards of deleted cases Slack refused to delete. */
  refused(atMost: number): Promise<number>;
  byRef(ref: string): Promise<Tombstone | null>;
  /** Of what is kept beside cases, how much is older than this, `atMost` at most. */
  older(what: Aged, before: Date, atMost: number): Promise<number>;
  /** Deletes as much of it as `limit`; gives how much. */
  drop(what: Aged, before: Date, limit: number): Promise<number>;
}

/** What a case says of itself that nothing but its events may change. */
export type Provable = Pick<StoredCase, 'id' | 'ref' | 'seq' | 'events'> & Partial<CaseFacts>;

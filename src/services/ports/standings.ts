import type { Said, SpStanding } from '../../domain/sp-standing';

/** An SP with a standing past its end date, and the cases that set it. */
export interface Lapsing {
  readonly account: string;
  readonly at: Date;
  readonly refs: readonly string[];
}

/** SP standings set by cases (domain section 12). Every method rejects if the store is unreachable. */
export interface SpStandings {
  /** Null if no case ever set anything. At most a few seconds old. */
  of(account: string): Promise<SpStanding | null>;
  /** Those of several SPs as stored now; SPs without any are left out. */
  all(accounts: readonly string[]): Promise<ReadonlyMap<string, SpStanding>>;
  /** By account, after `after`: a walk over all of them in pages. */
  page(after: string | null, limit: number): Promise<readonly SpStanding[]>;
  /** Stores what a case sets: a repetition, or something older than what is known of that case, changes nothing. */
  hear(account: string, said: Said, at: Date): Promise<void>;
  /** SPs with a standing past its end date by `now`, earliest first, after `beyond` in this order. */
  lapsing(now: Date, limit: number, beyond: Lapsing | null): Promise<readonly Lapsing[]>;
}

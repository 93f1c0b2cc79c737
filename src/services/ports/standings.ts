import type { Said, SpStanding } from '../../domain/sp-standing';

/** An SP with a standing whose time is over, and the cases that set it. */
export interface Lapsing {
  readonly account: string;
  readonly at: Date;
  readonly refs: readonly string[];
}

/** The standings of SPs that cases set (domain section 12). Every method rejects when the store cannot be reached. */
export interface SpStandings {
  /** Null where no case ever said anything of the SP. A few seconds old at most. */
  of(account: string): Promise<SpStanding | null>;
  /** Those of several SPs, as they are stored now; SPs of which nothing is said are left out. */
  all(accounts: readonly string[]): Promise<ReadonlyMap<string, SpStanding>>;
  /** By account, those after `after`: a walk over all of them, page by page. */
  page(after: string | null, limit: number): Promise<readonly SpStanding[]>;
  /** Takes the word of a case: one that is repeated, or older than what is known of that case, changes nothing. */
  hear(account: string, said: Said, at: Date): Promise<void>;
  /** SPs with a standing whose time is over by `now`, earliest first; those that come later than `beyond` in this order. */
  lapsing(now: Date, limit: number, beyond: Lapsing | null): Promise<readonly Lapsing[]>;
}

import type { Actor } from '../../domain/actor';
import type { CaseFacts, CaseState } from '../../domain/case';
import type { DigestCase } from '../../domain/digest';
import type { Raised, WatchedCase } from '../../domain/patterns';
import type { Lane } from '../../domain/targets';
import type { ReportCase } from '../../domain/weekly-report';
import type { Untold } from './cases';

/** The queries of digests, reports and repeat rules. Every method rejects if the store is unreachable. */
export interface CaseReports {
  /** An area's open cases, oldest first. */
  openIn(area: string): Promise<readonly DigestCase[]>;
  /** Praise of an area's SPs filed since then, oldest first. */
  praiseIn(area: string, since: Date): Promise<readonly DigestCase[]>;
  /** Open cases in one state, oldest first. */
  inState(state: CaseState, limit: number): Promise<readonly DigestCase[]>;
  /** Open cases that no area has taken. */
  unrouted(limit: number): Promise<readonly DigestCase[]>;
  /** Whether an area has an open case. */
  hasOpen(area: string): Promise<boolean>;
  /** Whether any case was ever filed. */
  hasAny(): Promise<boolean>;
  /** Failed messages, of at most `limit` cases, newest first. */
  dead(limit: number): Promise<readonly DeadDelivery[]>;
  /** An area's cases (null: without one) filed from then to the week's end, or resolved in the week, one by one. */
  reported(
    area: string | null,
    since: Date,
    week: { readonly from: Date; readonly to: Date },
  ): AsyncIterable<ReportCase>;
  /** Cases whose SP the repeat rules have not looked at yet, or whose reporter was not told, oldest first. */
  unwatched(limit: number): Promise<readonly Unwatched[]>;
  /** The repeat rules have looked at the SPs of these cases, and their reporters were told. */
  watched(ids: readonly string[]): Promise<void>;
  /** Its reporter was told; the rules have not looked yet. */
  told(id: string): Promise<void>;
  /** An SP's cases filed since then that the repeat rules may count. */
  watchedOf(account: string, since: Date): Promise<readonly WatchedCase[]>;
  /** Cases whose id begins with this; deleted ones have no links. */
  raisedFor(prefix: string): Promise<readonly Raised[]>;
}

/** A case right after filing. */
export interface Unwatched extends Pick<CaseFacts, 'kind' | 'reporter' | 'sp' | 'filedAt'> {
  readonly id: string;
  /** What its reporter is still to be told, or null. */
  readonly untold: Untold | null;
}

export interface DeadDelivery {
  readonly ref: string;
  readonly subjects: readonly Actor[];
  readonly to: Lane;
  readonly fault: string;
}

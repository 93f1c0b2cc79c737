import type { Actor } from '../../domain/actor';
import type { CountedCase } from '../../domain/figures';
import type { CaseKey, CaseQuery } from '../../domain/search';
import type { CaseHistory, CaseRecord, CaseRow } from './cases';
import type { AreaCases } from './desks';

/** Where a page begins: after a case in one direction, or at the newest. */
export interface PageFrom {
  readonly key?: CaseKey | null;
  readonly way?: 'older' | 'newer';
}

/** Searches over all cases, newest first. Every method rejects if the store is unreachable. */
export interface CaseSearch {
  /** Cases after `key` in this direction (`way`: older or newer); the newest without one. */
  page(query: CaseQuery, limit: number, from?: PageFrom): Promise<readonly CaseRecord[]>;
  /** Such a page, and the total, counted up to `atMost`. */
  look(
    query: CaseQuery,
    limit: number,
    from: PageFrom,
    atMost: number,
  ): Promise<{ readonly records: readonly CaseRecord[]; readonly count: number }>;
  /** The total, counted up to `atMost`. */
  count(query: CaseQuery, atMost: number): Promise<number>;
  /** All of them, with a hundred at a time in memory. */
  stream(query: CaseQuery): AsyncIterable<CaseRow>;
  /** Histories of cases filed from `from` up to `to`, exclusive, not about that person. `only`: of these. */
  histories(
    range: { readonly from: Date; readonly to: Date },
    notAbout: Actor,
    only?: AreaCases | null,
  ): AsyncIterable<CountedCase & { readonly events: ReturnType<CaseHistory['all']> }>;
  /** Derives the words of older cases without them, at most 10,000 a call; returns how many. */
  fillWords(): Promise<number>;
}

/** The right to make an export, one per person at a time. Every method rejects if the store is unreachable. */
export interface ExportSlots {
  /** False while one of theirs is being made. Lost after `ms` unless kept. */
  take(person: Actor, ms: number): Promise<boolean>;
  keep(person: Actor, ms: number): Promise<void>;
  free(person: Actor): Promise<void>;
}

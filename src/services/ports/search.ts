import type { Actor } from '../../domain/case';
import type { CountedCase } from '../../domain/figures';
import type { CaseKey, CaseQuery } from '../../domain/search';
import type { CaseHistory, CaseRecord, CaseRow } from './cases';
import type { AreaCases } from './desks';

/** Where a page begins: past a case on one way, or with the newest. */
export interface PageFrom {
  readonly key?: CaseKey | null;
  readonly way?: 'older' | 'newer';
}

/** Searches over all cases, newest filed first. Every method rejects when the store cannot be reached. */
export interface CaseSearch {
  /** Cases past `key` on the `way` (older, or newer); the newest of all without one. */
  page(query: CaseQuery, limit: number, from?: PageFrom): Promise<readonly CaseRecord[]>;
  /** Such a page, and how many there are in all; at most `atMost` are counted. */
  look(
    query: CaseQuery,
    limit: number,
    from: PageFrom,
    atMost: number,
  ): Promise<{ readonly records: readonly CaseRecord[]; readonly count: number }>;
  /** How many there are; at most `atMost` are counted. */
  count(query: CaseQuery, atMost: number): Promise<number>;
  /** All of them, held in memory a hundred at a time. */
  stream(query: CaseQuery): AsyncIterable<CaseRow>;
  /** The histories of cases filed from `from` up to `to`, exclusive; none that is about that person. `only`: of these. */
  histories(
    range: { readonly from: Date; readonly to: Date },
    notAbout: Actor,
    only?: AreaCases | null,
  ): AsyncIterable<CountedCase & { readonly events: ReturnType<CaseHistory['all']> }>;
  /** Derives the words of cases stored before there were any, at most 10,000 a call; how many it did. */
  fillWords(): Promise<number>;
}

/** The right to make an export: one for a person at a time. Every method rejects when the store cannot be reached. */
export interface ExportSlots {
  /** False while one of theirs is being made. Lost after `ms` unless kept. */
  take(person: Actor, ms: number): Promise<boolean>;
  keep(person: Actor, ms: number): Promise<void>;
  free(person: Actor): Promise<void>;
}

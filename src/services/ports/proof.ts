import type { Provable } from './retention';

/** The newest event of a case, as an anchor holds it. */
export interface Head {
  readonly caseId: string;
  readonly seq: number;
  readonly hash: string;
}

/** One hash over the heads of all cases changed since the previous anchor, and over that (domain section 10). */
export interface Anchor {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly at: Date;
  /** The hash of the anchor before it; empty for the first. */
  readonly previous: string;
  /** The hash of its heads, in the order of the cases. */
  readonly digest: string;
  readonly hash: string;
  readonly cases: number;
}

/** All records, to be proven or exported. Every method rejects if the store is unreachable. */
export interface Records {
  /** Cases of any state by id, after `afterId`; a deleted one is its tombstone. */
  page(afterId: string | null, limit: number): Promise<readonly Provable[]>;
  /** The case with this reference, or its tombstone, or null. */
  byRef(ref: string): Promise<Provable | null>;
  /** The approximate number of cases. */
  about(): Promise<number>;
  /** Claims the next cases to check, by id, starting over after the last. A dead instance's wait for the next round. */
  claim(limit: number): Promise<readonly Provable[]>;
  /** The heads of the cases that changed after a moment, in pages. */
  heads(after: Date): AsyncIterable<readonly Head[]>;
}

/** Anchors of one database, and their heads. Every method rejects if the store is unreachable. */
export interface Anchors {
  /** Of those made by then, if given. */
  newest(by?: Date): Promise<Anchor | null>;
  all(): AsyncIterable<readonly Anchor[]>;
  /** The anchored heads of these cases, by case and number. */
  of(caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly (Head & { readonly number: number })[]>>;
  /** Stores heads for an anchor in this attempt; if a case comes again, its later head counts. */
  keep(attempt: string, heads: readonly Head[]): Promise<void>;
  /** The heads of an attempt, by case. */
  heads(attempt: string): AsyncIterable<readonly Head[]>;
  /** False if another instance made this anchor: the attempt is then dropped. */
  add(attempt: string, anchor: Anchor): Promise<boolean>;
}

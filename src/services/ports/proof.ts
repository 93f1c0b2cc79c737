import type { Provable } from './retention';

/** The newest event of a case, as an anchor holds it. */
export interface Head {
  readonly caseId: string;
  readonly seq: number;
  readonly hash: string;
}

/** One hash over the heads of all cases that changed since the anchor before, and over that anchor (domain section 10). */
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

/** All records, to be proven or exported. Every method rejects when the store cannot be reached. */
export interface Records {
  /** Cases of any state by id, those after `afterId`, and in its place the tombstone of one that was deleted. */
  page(afterId: string | null, limit: number): Promise<readonly Provable[]>;
  /** The case with this reference, or its tombstone; null when there never was one. */
  byRef(ref: string): Promise<Provable | null>;
  /** About how many cases there are. */
  about(): Promise<number>;
  /**
   * Claims the next cases that are to be checked, by id; from the first on again after the last. An instance that dies with a
   * claim leaves these to the next round.
   */
  claim(limit: number): Promise<readonly Provable[]>;
  /** The heads of the cases that changed after a moment, a page at a time. */
  heads(after: Date): AsyncIterable<readonly Head[]>;
}

/** Anchors of one database, and the heads that they were made of. Every method rejects when the store cannot be reached. */
export interface Anchors {
  newest(): Promise<Anchor | null>;
  all(): AsyncIterable<readonly Anchor[]>;
  /** What anchors were made of these cases, by case and number. */
  of(caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly (Head & { readonly number: number })[]>>;
  /** Keeps heads for an anchor that is being made in this attempt. */
  keep(attempt: string, heads: readonly Head[]): Promise<void>;
  /** The heads of an attempt, in the order of the cases. */
  heads(attempt: string): AsyncIterable<readonly Head[]>;
  /** False when another instance made the anchor of this number: the attempt is dropped then. */
  add(attempt: string, anchor: Anchor): Promise<boolean>;
}

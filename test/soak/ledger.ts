import type { CaseKind } from '../../src/domain/kinds/code';

/**
 * What people did and what they were told: what the records and Slack have to show in the end. `confirmed`: they were
 * told that it is done · `refused`: that it is not · `unknown`: no answer, or an inconclusive one.
 */
export type Told = 'confirmed' | 'refused' | 'unknown';

export interface FiledEntry {
  readonly what: 'report';
  readonly by: string;
  readonly kind: CaseKind;
  readonly viewId: string;
  /** Used for this report only; empty if it has none. */
  readonly sj: string;
  told: Told;
  /** The reference in the confirmation. */
  ref: string | null;
}

export interface AddedEntry {
  readonly what: 'addition';
  readonly by: string;
  readonly viewId: string;
  readonly ref: string;
  told: Told;
}

export interface MovedEntry {
  readonly what: 'move';
  readonly by: string;
  /** The window's title, which is also the button's label. */
  readonly dialog: string;
  readonly viewId: string;
  readonly ref: string;
  readonly entries: Readonly<Record<string, unknown>>;
  /** When it was requested, by the people's clock. */
  readonly at: Date;
  /** The newest event of the case before the request, and once the answer was there. */
  readonly from: number;
  until: number;
  told: Told;
}

export interface ReplyEntry {
  readonly what: 'reply';
  readonly by: string;
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
  /** As it is now; null once it was deleted. */
  text: string | null;
  /** Its earlier texts, to report problems. */
  readonly history: string[];
}

export type Entry = FiledEntry | AddedEntry | MovedEntry | ReplyEntry;

/** How often each result occurred. */
export type Tally = Map<string, Map<string, number>>;

export interface Ledger {
  readonly entries: Entry[];
  /** By kind of action: confirmed, refused, unknown, or why it came to nothing. */
  readonly tally: Tally;
  add<W extends Entry['what']>(entry: Extract<Entry, { what: W }>): Extract<Entry, { what: W }>;
  count(action: string, outcome: string): void;
}

export function openLedger(): Ledger {
  const entries: Entry[] = [];
  const tally: Tally = new Map();
  return {
    entries,
    tally,
    add(entry) {
      entries.push(entry);
      return entry;
    },
    count(action, outcome) {
      const outcomes = tally.get(action) ?? new Map<string, number>();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      tally.set(action, outcomes);
    },
  };
}

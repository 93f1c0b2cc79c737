import { apply } from '../../domain/apply';
import type { CaseFacts } from '../../domain/case';
import { provable } from '../../domain/event';
import { canonical, followChain } from '../../proof/verify.cjs';
import type { CaseHistory } from '../ports/cases';
import type { Provable } from '../ports/retention';

/** Where a record is not what it was when it was made. */
export interface Broken {
  readonly ref: string;
  readonly seq: number;
  /** What is wrong: no word of what the case says. */
  readonly why: string;
}

/** What a case says of itself that nothing but its events may change. */
const HELD = [
  'ref',
  'kind',
  'state',
  'severity',
  'reporter',
  'filedAt',
  'sp',
  'sj',
  'answers',
  'area',
  'owner',
  'resolution',
] as const;

/**
 * Holds a case against its history, read page by page: no event was edited, dropped, reordered or inserted, and what the
 * case says follows from them (domain section 10); of one that was deleted the chain alone is left. Null when it is whole. Rejects when the store is out of reach.
 */
export async function checkRecord(history: CaseHistory, stored: Provable): Promise<Broken | null> {
  const { ref } = stored;
  const chain = followChain(stored.id);
  let facts: CaseFacts | null = null;
  for await (const page of history.all(stored))
    for (const event of page) {
      const seq = chain.head.seq + 1;
      const why = chain.next(provable(event));
      if (why) return { ref, seq, why };
      if (!chain.head.erased) facts = apply(facts, event);
    }
  const { seq } = chain.head;
  if (seq !== stored.seq) return { ref, seq, why: `its last events are missing: ${seq} of ${stored.seq} are there` };
  if (!facts || chain.head.erased) return null;
  const said = facts;
  const other = HELD.find((field) => canonical(said[field]) !== canonical(stored[field]));
  return other ? { ref, seq, why: `its ${other} is not what its events say` } : null;
}

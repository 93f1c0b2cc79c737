import { apply } from '../../domain/apply';
import type { CaseFacts } from '../../domain/case';
import { provable } from '../../domain/event';
import { canonical, followChain } from '../../proof/verify.cjs';
import type { CaseHistory } from '../ports/cases';
import type { Provable } from '../ports/retention';

/** Where a record is not what it was when it was written. */
export interface Broken {
  readonly ref: string;
  readonly seq: number;
  /** What is wrong, without any of the case's text. */
  readonly why: string;
}

/** The facts of a case that only its events may change. */
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
 * Checks a case against its history, in pages: no event was edited, dropped, reordered or inserted, and the case's
 * facts follow from them (domain section 10); for a deleted one, only the chain is left. Null if it is intact. Rejects
 * if the store is unreachable.
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

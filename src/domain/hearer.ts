import type { CaseFacts } from './case';
import { KINDS } from './kinds';

/** What tells who is on the line. */
export type Hearing = Pick<CaseFacts, 'kind' | 'answers'>;

/** Whom the agent has on the line about a case, and may tell its state; null if no one there knows of it. */
export function hearerOf({ kind, answers }: Hearing): 'customer' | 'SP' | null {
  const { hears, unheard } = KINDS[kind];
  return unheard?.(answers) ? null : hears;
}

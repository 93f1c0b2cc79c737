import type { CaseFacts } from './case';
import { KINDS } from './kinds';

/** The facts that say who is on the line. */
export type Hearing = Pick<CaseFacts, 'kind' | 'answers'>;

/** The person on the line, whom the agent may tell the case's state; null if no one there knows about it. */
export function hearerOf({ kind, answers }: Hearing): 'customer' | 'SP' | null {
  const { hears, unheard } = KINDS[kind];
  return unheard?.(answers) ? null : hears;
}

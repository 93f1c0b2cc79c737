import type { CaseFacts } from './case';
import { KINDS } from './kinds';

/** Whom the agent has on the line about a case, and may tell how it stands; null where nobody there knows of it. */
export function hearerOf({ kind, answers }: Pick<CaseFacts, 'kind' | 'answers'>): 'customer' | 'SP' | null {
  const { hears, unheard } = KINDS[kind];
  return unheard?.(answers) ? null : hears;
}

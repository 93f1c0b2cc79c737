import type { CaseLink } from '../domain/case';
import type { Move } from '../domain/moves';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports';

/**
 * The newest link to the other case that a move is about, where the facts do not have all links at hand; else null. One
 * indexed question, however long the history is.
 */
export async function recalledLink({ history }: ServiceDeps, stored: StoredCase, move: Move): Promise<CaseLink | null> {
  const ref = otherOf(move);
  if (ref === null || stored.links.length === stored.totals.links) return null;
  const event = await history.newestAbout(stored, 'link', ref);
  if (event?.type === 'merged') return { ref, relation: 'duplicate_of' };
  return event?.type === 'linked' ? event.data : null;
}

function otherOf(move: Move): string | null {
  switch (move.type) {
    case 'link':
      return move.link.ref;
    case 'absorb':
      return move.ref;
    case 'merge':
      return move.into;
    default:
      return null;
  }
}

import type { CaseLink } from '../domain/case';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

/** The newest link to another case if the facts do not have all links at hand; else null. One indexed query. */
export async function recalledLink(
  { history }: ServiceDeps,
  stored: StoredCase,
  ref: string,
): Promise<CaseLink | null> {
  if (stored.links.length === stored.totals.links) return null;
  const event = await history.newestAbout(stored, 'link', ref);
  if (event?.type === 'merged') return { ref, relation: 'duplicate_of' };
  return event?.type === 'linked' ? event.data : null;
}

import { isRestricted, readingRoles } from '../../domain/access';
import type { Actor } from '../../domain/actor';
import { typedReference } from '../../domain/kinds';
import type { ServiceDeps } from '../deps';
import type { Tombstone } from '../ports/retention';
import { personOf } from '../standing';

/** What is left of the case with this reference, for people who may know of it; null if it was not deleted. */
export async function deletedCase(deps: ServiceDeps, typed: string, reader: Actor): Promise<Tombstone | null> {
  const ref = typedReference(typed);
  const found = ref ? await deps.retention.byRef(ref) : null;
  if (!found || !isRestricted(found.kind)) return found;
  const { isAdmin, roles } = await personOf(deps, reader);
  return isAdmin || readingRoles(found.kind).some((role) => roles.includes(role)) ? found : null;
}

import { grantsAt } from '../domain/moves/grant-access';
import type { ServiceDeps } from './deps';

/** Who has access to a case now. */
export async function grantsNow(deps: ServiceDeps, ref: string) {
  const stored = await deps.cases.byRef(ref);
  return stored ? grantsAt(stored, deps.now()) : [];
}

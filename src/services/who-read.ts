import { grantsAt } from '../domain/moves/grant-access';
import type { ServiceDeps } from './deps';

export async function grantsNow(deps: ServiceDeps, ref: string) {
  const stored = await deps.cases.byRef(ref);
  return stored ? grantsAt(stored, deps.now()) : [];
}

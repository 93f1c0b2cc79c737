import { SYSTEM } from '../domain/actor';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { pages } from './pages';
import type { Lapsing } from './ports/standings';

const PAGE = 200;

/**
 * Records standings that ended: each case says so in its thread and to the person who answers for it, and the directory
 * is told as with any other change (domain section 12). People who type the account no longer see it since its end date
 * anyway. A second run finds nothing to do. Returns how many; a failing one is reported and does not stop the others.
 */
export async function lapseStandings(
  deps: ServiceDeps,
  onFault: (ref: string, error: unknown) => void,
): Promise<number> {
  const now = deps.now();
  let count = 0;
  for await (const page of pages<Lapsing>(PAGE, (last) => deps.standings.lapsing(now, PAGE, last)))
    for (const { refs } of page)
      for (const ref of refs) {
        try {
          const moved = await moveCase(deps, { find: { ref }, move: { type: 'lapse' }, by: SYSTEM, key: null });
          if (moved.ok && moved.changed) count++;
        } catch (error) {
          onFault(ref, error);
        }
      }
  return count;
}

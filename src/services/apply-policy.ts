import type { Actor } from '../domain/actor';
import { clockMaker } from '../domain/clocks';
import { counted, NO_SHIFTS, type Shifts, shiftBetween, shiftUnder } from '../domain/due-shift';
import type { Policy } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { pages, workedOff } from './pages';
import type { CaseRecord } from './ports/cases';

const PAGE = 200;

/** How many open cases there were, how many shifted, and which could not be changed. */
export interface Applied extends Shifts {
  readonly failed: readonly string[];
}

/**
 * Recomputes the clocks of every open case under the current policy (domain section 8): rungs that fired and promised
 * times stay. Repeating it changes nothing. `by`: an admin, or `SYSTEM`. A case that cannot be stored is listed and
 * does not stop the others.
 */
export async function applyPolicy(deps: ServiceDeps, by: Actor): Promise<Applied> {
  const failed: string[] = [];
  let shifts = NO_SHIFTS;
  const apply = ({ id }: CaseRecord) => moveCase(deps, { find: { id }, move: { type: 'apply_policy' }, by, key: null });
  for await (const page of openCases(deps))
    for (const { row, result } of await workedOff(page, apply)) {
      if (result.status === 'rejected') failed.push(row.ref);
      const moved = result.status === 'fulfilled' && result.value.ok && result.value.changed ? result.value : null;
      shifts = counted(shifts, moved && shiftBetween(row, moved.stored));
    }
  return { ...shifts, failed };
}

const openCases = ({ cases }: Pick<ServiceDeps, 'cases'>) =>
  pages<CaseRecord>(PAGE, (last) => cases.openPage(last?.id ?? null, PAGE));

/** What applying a policy would shift in the open cases now; null if that takes longer than `patienceMs`. */
export async function previewShifts(
  deps: Pick<ServiceDeps, 'cases' | 'directory'>,
  policy: Policy,
  patienceMs: number,
): Promise<Shifts | null> {
  const until = performance.now() + patienceMs;
  const areas = new Map((await deps.directory.areas()).map((area) => [area.name, area]));
  let shifts = NO_SHIFTS;
  for await (const page of openCases(deps)) {
    for (const one of page) {
      const area = areas.get(one.area ?? '') ?? null;
      shifts = counted(shifts, shiftUnder(one, clockMaker(policy, area, one.kind, one.severity)));
    }
    if (performance.now() > until) return null;
  }
  return shifts;
}

import type { Actor } from '../domain/case';
import { clockMaker } from '../domain/clocks';
import { counted, NO_SHIFTS, type Shifts, shiftBetween, shiftUnder } from '../domain/due-shift';
import type { Policy } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { CaseRecord } from './ports/cases';

const PAGE = 200;
/** How many cases of a page are moved in parallel. */
const ABREAST = 10;

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
  let page: readonly CaseRecord[] = [];
  do {
    page = await deps.cases.openPage(page.at(-1)?.id ?? null, PAGE);
    for (let i = 0; i < page.length; i += ABREAST) {
      const abreast = page.slice(i, i + ABREAST);
      const results = await Promise.allSettled(
        abreast.map(({ id }) => moveCase(deps, { find: { id }, move: { type: 'apply_policy' }, by, key: null })),
      );
      for (const [j, result] of results.entries()) {
        const before = abreast[j];
        if (result.status === 'rejected') failed.push(before?.ref ?? '');
        const moved = result.status === 'fulfilled' && result.value.ok && result.value.changed ? result.value : null;
        shifts = counted(shifts, before && moved ? shiftBetween(before, moved.stored) : null);
      }
    }
  } while (page.length === PAGE);
  return { ...shifts, failed };
}

/** What applying a policy would shift in the open cases now; null if that takes longer than `patienceMs`. */
export async function previewShifts(
  { cases, directory }: Pick<ServiceDeps, 'cases' | 'directory'>,
  policy: Policy,
  patienceMs: number,
): Promise<Shifts | null> {
  const until = performance.now() + patienceMs;
  const areas = new Map((await directory.areas()).map((area) => [area.name, area]));
  let shifts = NO_SHIFTS;
  let page: readonly CaseRecord[] = [];
  do {
    page = await cases.openPage(page.at(-1)?.id ?? null, PAGE);
    for (const one of page) {
      const area = areas.get(one.area ?? '') ?? null;
      shifts = counted(shifts, shiftUnder(one, clockMaker(policy, area, one.kind, one.severity)));
    }
    if (performance.now() > until) return null;
  } while (page.length === PAGE);
  return shifts;
}

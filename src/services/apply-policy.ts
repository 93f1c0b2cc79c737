import type { Actor } from '../domain/case';
import { clockMaker } from '../domain/clocks';
import { counted, NO_SHIFTS, type Shifts, shiftBetween, shiftUnder } from '../domain/due-shift';
import type { Policy } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { CaseRecord } from './ports/cases';

const PAGE = 200;
/** How many cases of a page are moved side by side. */
const ABREAST = 10;

/** How many open cases there were, what shifted in how many, and which could not be changed. */
export interface Applied extends Shifts {
  readonly failed: readonly string[];
}

/**
 * Sets the clocks of every open case again under the current policy (domain section 8): what fired stays as it is, and a
 * promised moment stands. May be repeated, and then changes nothing. `by` is an admin, or `SYSTEM`. A case that cannot be
 * stored is named, and does not hold up the others.
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

/**
 * What applying a policy would shift in the open cases now, with nothing stored; null when there are more than can be
 * gone through within `patienceMs`.
 */
export async function whatApplyingShifts(
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

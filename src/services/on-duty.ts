import { calendarFor, isOpen, nextOpening } from '../domain/business-hours';
import type { Actor } from '../domain/case';
import type { Area } from '../domain/directory';
import { calendarRulesFor } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** Who answers for an area now, and whether it is at work (domain sections 7 and 8). */
export interface Duty {
  readonly area: Area;
  readonly now: Date;
  /** When it opens next, or null while it is open. */
  readonly opensAt: Date | null;
  /** Who answers when the area has nobody of its own. */
  readonly admins: readonly Actor[];
}

/** The duty of every area whose name contains `text` (any case; all areas for an empty one). Empty when none does. */
export async function onDuty(deps: ServiceDeps, text: string): Promise<readonly Duty[]> {
  const [areas, policy] = await Promise.all([deps.directory.areas(), deps.directory.policy()]);
  const now = deps.now();
  const { admins } = await peopleOf(deps, policy);
  return matching(areas, text).map((area) => {
    const made = calendarFor(calendarRulesFor(policy, area.name), area.timeZone);
    if (!made.ok) throw new Error(`Area ${area.name}: ${made.fault}`);
    return { area, now, opensAt: isOpen(made.calendar, now) ? null : nextOpening(made.calendar, now), admins };
  });
}

/** The area of that very name, else every one that contains it. */
function matching(areas: readonly Area[], text: string): readonly Area[] {
  const wanted = text.trim().toLowerCase();
  const exact = areas.filter(({ name }) => name.toLowerCase() === wanted);
  return exact.length ? exact : areas.filter(({ name }) => name.toLowerCase().includes(wanted));
}

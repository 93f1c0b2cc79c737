import { calendarFor, isOpen } from '../domain/business-hours';
import type { Actor } from '../domain/case';
import { calendarRulesFor } from '../domain/policy-time';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/**
 * The Resolution Specialists on shift now (domain section 5): an active account, and business hours in their own time
 * zone. Rejects if the store is unreachable.
 */
export async function specialistsOnShift(deps: ServiceDeps): Promise<readonly Actor[]> {
  const policy = await deps.directory.policy();
  const { roles } = await peopleOf(deps, policy);
  const rules = calendarRulesFor(policy, null);
  const atWork = async (id: Actor) => {
    const account = await deps.people.account(id);
    const made = calendarFor(rules, account.timeZone ?? policy.time_zone);
    return account.active && made.ok && isOpen(made.calendar, deps.now());
  };
  const specialists = [...new Set(roles.resolution_specialist ?? [])];
  const present = await Promise.all(specialists.map(atWork));
  return specialists.filter((_, i) => present[i]);
}

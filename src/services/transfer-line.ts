import type { Actor } from '../domain/actor';
import { calendarFor, isOpen } from '../domain/business-hours';
import type { Answers, Form } from '../domain/forms/form';
import { KINDS } from '../domain/kinds';
import { calendarRulesFor } from '../domain/policy-time';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** The state of a caller's warm transfer; null if the form has none. Rejects if the store is unreachable. */
export async function transferLine(deps: ServiceDeps, { kind }: Form, answers: Answers, id: string | undefined) {
  if (!KINDS[kind].transfer?.isWanted(answers)) return null;
  const [onShift, asked] = await Promise.all([specialistsOnShift(deps), id ? deps.transfers.byId(id) : null]);
  return { onShift, askedAt: asked?.askedAt ?? null, claimedBy: asked?.claimedBy ?? null };
}

/** No one holds the line for longer, ms. */
const ON_THE_LINE_MS = 10 * 60_000;

/** Whether an agent still waits for someone to take their caller. */
export async function isOnTheLine({ transfers, now }: ServiceDeps, id: string): Promise<boolean> {
  const transfer = await transfers.byId(id);
  return transfer !== null && transfer.claimedBy === null && +now() - +transfer.askedAt < ON_THE_LINE_MS;
}

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

import type { Actor } from '../domain/actor';
import { calendarFor } from '../domain/business-hours';
import { callbackFaults, type Promised } from '../domain/forms/callback';
import { derivedSoFar, prune } from '../domain/forms/engine';
import type { Answers, Fault, Form } from '../domain/forms/form';
import { pastFaults } from '../domain/forms/past';
import { calendarRulesFor, dueAt } from '../domain/policy-time';
import { zoneOr } from '../domain/preferences';
import type { ServiceDeps } from './deps';
import { areaOf } from './standing';

/**
 * Checks every time that someone entered: past events are in the past, and a promised callback is within the business
 * hours of the SP's area, else the default ones (domain section 5). Worded in the zone of the person who entered it.
 */
export async function momentFaults(deps: ServiceDeps, form: Form, given: Answers, by: Actor): Promise<Fault[]> {
  const answers = prune(form, given);
  const ahead = pastFaults(form, answers, deps.now());
  if (!form.callbackQuestion || !answers[form.callbackQuestion]) return ahead;
  return [...ahead, ...callbackFaults(form, answers, await promisedBy(deps, form, answers, by))];
}

/** What a callback promised in this form is checked against. */
export async function promisedBy(deps: ServiceDeps, form: Form, answers: Answers, by: Actor): Promise<Promised> {
  const now = deps.now();
  const account = answers[form.spQuestion];
  const [policy, provider, catalogue, { timeZone }] = await Promise.all([
    deps.directory.policy(),
    account ? deps.directory.provider(String(account)) : null,
    deps.directory.catalogue(),
    deps.people.account(by),
  ]);
  const area = await areaOf(deps, provider?.area ?? null);
  const zone = area?.timeZone ?? policy.time_zone;
  const made = calendarFor(calendarRulesFor(policy, area?.name ?? null), zone);
  if (!made.ok) throw new Error(made.fault);
  const severity = derivedSoFar(form, answers, catalogue)?.severity ?? 'normal';
  const respondBy = dueAt(policy, area, form.kind, severity, 'acknowledge', now);
  return { calendar: made.calendar, now, respondBy, zone: zoneOr(timeZone, zone) };
}

import { calendarFor } from '../domain/business-hours';
import { callbackFaults } from '../domain/forms/callback';
import type { Answers, Fault, Form } from '../domain/forms/form';
import { calendarRulesFor } from '../domain/policy';
import type { ServiceDeps } from './deps';
import { areaOf } from './standing';

/** Holds a promised callback against the business hours of the SP's area, else the common ones (domain section 5). */
export async function promiseFaults(deps: ServiceDeps, form: Form, answers: Answers): Promise<Fault[]> {
  if (!form.callbackQuestion || !answers[form.callbackQuestion]) return [];
  const account = answers[form.spQuestion];
  const [policy, provider] = await Promise.all([
    deps.directory.policy(),
    account ? deps.directory.provider(String(account)) : null,
  ]);
  const area = await areaOf(deps, provider?.area ?? null);
  const made = calendarFor(calendarRulesFor(policy, area?.name ?? null), area?.timeZone ?? policy.time_zone);
  if (!made.ok) throw new Error(made.fault);
  return callbackFaults(form, answers, made.calendar, deps.now());
}

import type { Allowance, ClockName } from './allowance';
import {
  addBusinessMinutes,
  businessMinutesBetween,
  type Calendar,
  type CalendarRules,
  calendarFor,
} from './business-hours';
import type { Area } from './directory';
import type { CaseKind } from './kinds/code';
import { clockAllowance, type Policy } from './policy';
import type { Severity } from './severity';

/** The calendar rules of an area (null: a case without an area), else the default ones. */
export function calendarRulesFor(policy: Policy, areaName: string | null): CalendarRules {
  const own = areaName !== null && Object.hasOwn(policy.calendars, areaName) ? policy.calendars[areaName] : undefined;
  return own ?? policy.calendars.default;
}

/**
 * The instant `minutes` of the given kind of time after `start`, by the area's calendar and zone (null: the default
 * calendar in the policy's zone). Also places a ladder's rungs. Throws if the area's time zone does not exist.
 */
export function timeAfter(
  policy: Policy,
  area: Pick<Area, 'name' | 'timeZone'> | null,
  start: Date,
  { minutes, time }: Pick<Allowance, 'minutes' | 'time'>,
): Date {
  if (time === 'always') return new Date(+start + minutes * 60_000);
  return addBusinessMinutes(calendarOf(policy, area), start, minutes);
}

/** Minutes of the given kind of time from `a` to `b`; 0 if `b` is not later. Throws like `timeAfter`. */
export function timeBetween(
  policy: Policy,
  area: Pick<Area, 'name' | 'timeZone'> | null,
  a: Date,
  b: Date,
  time: Allowance['time'],
): number {
  if (time === 'always') return Math.max(0, +b - +a) / 60_000;
  return businessMinutesBetween(calendarOf(policy, area), a, b);
}

/** The opening hours of an area (null: the default, in the policy's zone). Throws if its time zone does not exist. */
export function calendarOf(policy: Policy, area: Pick<Area, 'name' | 'timeZone'> | null): Calendar {
  const made = calendarFor(calendarRulesFor(policy, area?.name ?? null), area?.timeZone ?? policy.time_zone);
  if (!made.ok) throw new Error(`Area ${area?.name ?? '(none)'}: ${made.fault}`);
  return made.calendar;
}

/** When a clock started at `start` is due, or null if the policy has no such clock (domain section 8). */
export function dueAt(
  policy: Policy,
  area: Pick<Area, 'name' | 'timeZone'> | null,
  kind: CaseKind,
  severity: Severity,
  clock: ClockName,
  start: Date,
): Date | null {
  const allowance = clockAllowance(policy, kind, severity, clock);
  return allowance && timeAfter(policy, area, start, allowance);
}

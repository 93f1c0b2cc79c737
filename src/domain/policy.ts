import { IANAZone } from 'luxon';
import { z } from 'zod';
import { addBusinessMinutes, calendarFaults, calendarFor } from './business-hours';
import type { Area } from './directory';
import { CASE_KINDS, type CaseKind, SEVERITIES, type Severity } from './kinds';

/** The clocks a case can carry (domain section 8). */
export const CLOCK_NAMES = [
  'acknowledge',
  'update',
  'callback',
  'review',
  'sp_contact',
  'snooze',
  'police_number',
] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

const Minutes = z
  .number()
  .int()
  .min(0)
  .max(60 * 24 * 90);

/** How long someone has: minutes of business time of the area's calendar, or of the wall clock (`always`). */
const Allowance = z.strictObject({ minutes: Minutes, time: z.enum(['business', 'always']) });
export type Allowance = z.infer<typeof Allowance>;

const TARGETS = 'use thread, owner, deputy, manager, leadership, channel:ID, group:ID or user:ID';
/** Where a rung of a ladder goes. */
export const RungTarget = z.union(
  [
    z.enum(['thread', 'owner', 'deputy', 'manager', 'leadership']),
    z.string().regex(/^(channel|group|user):\S+$/, TARGETS),
  ],
  TARGETS,
);
export type RungTarget = z.infer<typeof RungTarget>;

/** One step of a ladder, `after` minutes past the due time (same kind of time as the clock's). */
const Rung = z.strictObject({ after: Minutes, to: RungTarget });
export type Rung = z.infer<typeof Rung>;

const HourRange = z.tuple([z.string().regex(/^\d\d:\d\d$/), z.string().regex(/^\d\d:\d\d$/)]);
const WeekHours = z.strictObject({
  mon: z.array(HourRange).default([]),
  tue: z.array(HourRange).default([]),
  wed: z.array(HourRange).default([]),
  thu: z.array(HourRange).default([]),
  fri: z.array(HourRange).default([]),
  sat: z.array(HourRange).default([]),
  sun: z.array(HourRange).default([]),
});
/** Weekly hours (several ranges a day make breaks), public holidays by country and state, own days off or half-days. */
export const CalendarRules = z
  .strictObject({
    hours: WeekHours,
    holidays: z
      .strictObject({ country: z.string().length(2), state: z.string().optional() })
      .nullable()
      .default(null),
    days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), z.array(HourRange)).default({}),
  })
  .superRefine((rules, context) => {
    for (const { path, reason } of calendarFaults(rules)) context.addIssue({ code: 'custom', path, message: reason });
  });
export type CalendarRules = z.infer<typeof CalendarRules>;

const KindClocks = z.partialRecord(z.enum([...SEVERITIES, 'default']), z.partialRecord(z.enum(CLOCK_NAMES), Allowance));
const PolicyKind = z.enum([...(CASE_KINDS as [CaseKind, ...CaseKind[]]), 'default']);

/** The policy in force, as policy.yaml states it. Channels are ids once imported. */
export const Policy = z.strictObject({
  /** Zone of the clocks of a case that has no area (yet). */
  time_zone: z.string().refine((zone) => IANAZone.isValidZone(zone), 'use an IANA time zone such as America/Chicago'),
  clocks: z.partialRecord(PolicyKind, KindClocks),
  ladders: z.partialRecord(z.enum([...CLOCK_NAMES, 'default']), z.array(Rung).max(20)),
  /** By area name; `default` serves every area without one of its own. */
  calendars: z.object({ default: CalendarRules }).catchall(CalendarRules),
  channels: z.strictObject({
    fallback: z.string().nullable().default(null),
    risk: z.string().nullable().default(null),
    leadership: z.string().nullable().default(null),
    provider_advocate: z.string().nullable().default(null),
    admin_review: z.string().nullable().default(null),
    recognition: z.string().nullable().default(null),
  }),
  roles: z.record(z.string(), z.array(z.string())).default({}),
});
export type Policy = z.infer<typeof Policy>;

/**
 * How long someone has by this clock, or null where the policy sets none. The most specific entry wins: kind and
 * severity, kind's default, everyone's severity, everyone's default.
 */
export function clockAllowance(policy: Policy, kind: CaseKind, severity: Severity, clock: ClockName): Allowance | null {
  const { [kind]: own, default: common } = policy.clocks;
  return (
    own?.[severity]?.[clock] ?? own?.default?.[clock] ?? common?.[severity]?.[clock] ?? common?.default?.[clock] ?? null
  );
}

/** The rungs of a clock's ladder, earliest first; the default ladder where the clock has none of its own. */
export function ladderFor(policy: Policy, clock: ClockName): Rung[] {
  return [...(policy.ladders[clock] ?? policy.ladders.default ?? [])].sort((a, b) => a.after - b.after);
}

/** The calendar rules of an area (null: a case without an area), else the default ones. */
export function calendarRulesFor(policy: Policy, areaName: string | null): CalendarRules {
  const own = areaName !== null && Object.hasOwn(policy.calendars, areaName) ? policy.calendars[areaName] : undefined;
  return own ?? policy.calendars.default;
}

/**
 * The instant `minutes` of the given kind of time after `start`, by the area's calendar and zone (null: the default
 * calendar in the policy's zone). Also places a ladder's rungs. Throws where the area's time zone does not exist.
 */
export function timeAfter(
  policy: Policy,
  area: Pick<Area, 'name' | 'timeZone'> | null,
  start: Date,
  { minutes, time }: Allowance,
): Date {
  if (time === 'always') return new Date(+start + minutes * 60_000);
  const made = calendarFor(calendarRulesFor(policy, area?.name ?? null), area?.timeZone ?? policy.time_zone);
  if (!made.ok) throw new Error(`Area ${area?.name ?? '(none)'}: ${made.fault}`);
  return addBusinessMinutes(made.calendar, start, minutes);
}

/** When a clock started at `start` is due, or null where the policy sets no such clock (domain section 8). */
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

import { z } from 'zod';
import { CASE_KINDS, type CaseKind, SEVERITIES } from './kinds';

/** The clocks a case can carry (domain section 8). */
export const CLOCK_NAMES = ['acknowledge', 'update', 'callback', 'review', 'sp_contact', 'snooze', 'police_number'] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

const Minutes = z.number().int().min(0).max(60 * 24 * 90);

/** How long someone has: minutes of business time of the area's calendar, or of the wall clock (`always`). */
const Allowance = z.strictObject({ minutes: Minutes, time: z.enum(['business', 'always']) });
export type Allowance = z.infer<typeof Allowance>;

/** Where a rung of a ladder goes. */
export const RungTarget = z.union([
  z.enum(['thread', 'owner', 'deputy', 'manager', 'leadership']),
  z.string().regex(/^(channel|group|user):\S+$/, 'use thread, owner, deputy, manager, leadership, channel:ID, group:ID or user:ID'),
]);
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
export const CalendarRules = z.strictObject({
  hours: WeekHours,
  holidays: z
    .strictObject({ country: z.string().length(2), state: z.string().optional() })
    .nullable()
    .default(null),
  days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), z.array(HourRange)).default({}),
});
export type CalendarRules = z.infer<typeof CalendarRules>;

const KindClocks = z.partialRecord(z.enum([...SEVERITIES, 'default']), z.partialRecord(z.enum(CLOCK_NAMES), Allowance));

/** The policy in force, as policy.yaml states it. Channels are ids once imported. */
export const Policy = z.strictObject({
  clocks: z.partialRecord(z.enum(CASE_KINDS as [CaseKind, ...CaseKind[]]), KindClocks),
  ladders: z.partialRecord(z.enum([...CLOCK_NAMES, 'default']), z.array(Rung).max(20)),
  calendars: z.record(z.string(), CalendarRules),
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

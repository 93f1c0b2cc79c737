import { IANAZone } from 'luxon';
import { z } from 'zod';
import { calendarFaults } from './business-hours';
import { NumberRules } from './forms/numbers';
import { CASE_KINDS, type CaseKind, KINDS, SEVERITIES, type Severity, TONES } from './kinds';
import { STEPS } from './steps';
import { namesPlace, RUNG_USAGE, rungOf } from './targets';
import { Webhook } from './targets/webhook';

/** The clocks a case can carry (domain section 8). */
export const CLOCK_NAMES = [
  'acknowledge',
  'update',
  'callback',
  'review',
  'answer',
  'sp_contact',
  'snooze',
  'police_number',
  'approval',
  'follow_up',
] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** A ladder's limit of rungs, including repeats. */
const MOST_RUNGS = 60;

const Minutes = z
  .number()
  .int()
  .min(0)
  .max(60 * 24 * 90);

/** People whom a rung names by their relation to the case. */
export const RUNG_ROLES = ['thread', 'owner', 'deputy', 'manager', 'leadership'] as const;
const TARGETS = `use ${[...RUNG_ROLES, ...RUNG_USAGE].join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
/** Where a rung of a ladder goes. */
export const RungTarget = z.union(
  [z.enum(RUNG_ROLES), z.string().refine((to) => rungOf(to) !== null, TARGETS)],
  TARGETS,
);
export type RungTarget = z.infer<typeof RungTarget>;

/** A rung that repeats: `times` more, `every` so many minutes (same kind of time as the clock's). */
const Repeat = z.strictObject({
  every: Minutes.min(5, 'a rung can repeat every 5 minutes at most'),
  times: z.number().int().min(1).max(MOST_RUNGS),
});
/** One step of a ladder, `after` minutes past the due time (same kind of time as the clock's). */
const Rung = z.strictObject({ after: Minutes, to: RungTarget, repeat: Repeat.optional() });
export type Rung = z.infer<typeof Rung>;

const rungsOf = ({ after, to, repeat }: Rung): Rung[] =>
  Array.from({ length: 1 + (repeat?.times ?? 0) }, (_, i) => ({ after: after + i * (repeat?.every ?? 0), to }));

const Ladder = z.array(Rung).superRefine((rungs, context) => {
  const count = rungs.reduce((sum, rung) => sum + 1 + (rung.repeat?.times ?? 0), 0);
  if (count > MOST_RUNGS)
    context.addIssue({
      code: 'custom',
      message: `this ladder has ${count} rungs with their repeats: ${MOST_RUNGS} is the limit`,
    });
});

/** How long someone has: minutes of business time or of the wall clock (`always`). A `ladder` replaces the clock's. */
const Allowance = z.strictObject({ minutes: Minutes, time: z.enum(['business', 'always']), ladder: Ladder.optional() });
export type Allowance = z.infer<typeof Allowance>;

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
/** Weekly hours (several ranges a day make breaks), public holidays by country and state, special days. */
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

const AuditRules = z.strictObject({
  /** How many minutes late a step may be before the auditor repairs it and tells the admins. */
  grace: z.number().int().min(5).max(1440).default(15),
});

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const DigestRules = z.strictObject({
  /** Local time of day, in the area's zone. */
  daily_at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time of day such as 09:00')
    .default('09:00'),
  weekly_on: z.enum(DAYS).default('mon'),
});

/** The kinds that repeat rules count. */
export const REPEATED_KINDS: readonly CaseKind[] = CASE_KINDS.filter((kind) => KINDS[kind].repeats);

/**
 * This many reports about one SP within this many days call for coaching (domain section 9). Never a provider report:
 * there the SP is the victim.
 */
const RepeatRule = z.strictObject({
  kind: z.enum(REPEATED_KINDS),
  tone: z.enum(TONES).exactOptional(),
  count: z.number().int().min(2).max(100),
  days: z.number().int().min(1).max(730),
});
export type RepeatRule = z.infer<typeof RepeatRule>;

/** Severities at which quiet hours and preferences do not count. */
const QuietHoursRules = z.strictObject({ bypass: z.array(z.enum(SEVERITIES)).default(['critical', 'high']) });

/** What guests may do who are in no area or role: nothing, or what every agent may. */
const GuestRules = z.strictObject({ may: z.enum(['nothing', 'what_agents_may']).default('nothing') });

/** An emoji by its name in Slack, without colons; empty: none. */
const EmojiName = z.string().regex(/^[a-z0-9_+'-]{0,60}$/, 'use the name of one emoji, such as :eyes:, or nothing');
/** What each emoji on a message does (domain section 7). */
const EmojiRules = z.strictObject({
  take: EmojiName.default('eyes'),
  resolve: EmojiName.default('white_check_mark'),
  report: EmojiName.default('warning'),
});
export type EmojiUse = keyof z.infer<typeof EmojiRules>;

const KeptDays = z
  .number()
  .int()
  .min(1, 'it is kept for at least 1 day')
  .max(100 * 365, 'it is kept for 100 years at most');
/** How many days things are kept (domain section 10), cases since they were closed; by default, their kind decides. */
const RetentionRules = z.strictObject({
  cases: z
    .partialRecord(z.enum(CASE_KINDS as [CaseKind, ...CaseKind[]]), KeptDays)
    .default(() => Object.fromEntries(CASE_KINDS.map((kind) => [kind, KINDS[kind].keptDays]))),
  /** Severities of a kind that are kept for a different time. */
  by_severity: z
    .partialRecord(z.enum(CASE_KINDS as [CaseKind, ...CaseKind[]]), z.partialRecord(z.enum(SEVERITIES), KeptDays))
    .default({}),
  drafts: KeptDays.default(1),
  letters: KeptDays.default(30),
  transfers: KeptDays.default(30),
  access_log: KeptDays.default(7 * 365),
  access_grants: KeptDays.default(365),
  homes: KeptDays.default(90),
});

/** The policy in force, as in policy.yaml. Channels are ids once imported. */
export const Policy = z.strictObject({
  /** Zone of the clocks of a case without an area (yet). */
  time_zone: z.string().refine((zone) => IANAZone.isValidZone(zone), 'use an IANA time zone such as America/Chicago'),
  clocks: z.partialRecord(PolicyKind, KindClocks),
  ladders: z.partialRecord(z.enum([...CLOCK_NAMES, 'default']), Ladder),
  /** By area name; `default` serves every area without one of its own. */
  calendars: z.object({ default: CalendarRules }).catchall(CalendarRules),
  channels: z.strictObject({
    fallback: z.string().nullable().default(null),
    risk: z.string().nullable().default(null),
    leadership: z.string().nullable().default(null),
    provider_advocate: z.string().nullable().default(null),
    admin_review: z.string().nullable().default(null),
    recognition: z.string().nullable().default(null),
    /** Used for leadership unless there is a specific place: see `leadershipPlace`. */
    nudges: z.string().nullable().default(null),
    transfers: z.string().nullable().default(null),
    reports: z.string().nullable().default(null),
    proof: z.string().nullable().default(null),
  }),
  roles: z.record(z.string(), z.array(z.string())).default({}),
  quiet_hours: QuietHoursRules.prefault({}),
  digests: DigestRules.prefault({}),
  audit: AuditRules.prefault({}),
  guests: GuestRules.prefault({}),
  emoji: EmojiRules.prefault({}),
  numbers: NumberRules.prefault({}),
  retention: RetentionRules.prefault({}),
  /** Places told, besides the Area Manager, when the Admin team sends an exception (domain section 6). */
  sent_to_manager: z.array(z.string().refine(namesPlace, 'use email, email:ADDRESS or channel:ID')).max(10).default([]),
  /** Where case events are posted to. */
  webhooks: z
    .array(Webhook)
    .max(10)
    .superRefine((all, context) => {
      for (const [i, { name }] of all.entries())
        if (all.findIndex((other) => other.name === name) < i)
          context.addIssue({ code: 'custom', path: [i, 'name'], message: `${name} is here twice` });
    })
    .default([]),
  /** What a repeat rule proposes, step by step (domain section 12). */
  steps: z
    .array(z.enum(STEPS))
    .refine((steps) => new Set(steps).size === steps.length, 'name each step once')
    .default(() => [...STEPS]),
  repeat_rules: z
    .array(RepeatRule)
    .max(20)
    .default(() =>
      CASE_KINDS.flatMap((kind) => {
        const standard = KINDS[kind].repeats?.standard;
        return standard ? [{ kind, ...standard }] : [];
      }),
    ),
});
export type Policy = z.infer<typeof Policy>;

/** Where leadership is nudged, asked to take callers, and gets the overall report: by default its channel. */
export const leadershipPlace = ({ channels }: Policy, what: 'nudges' | 'transfers' | 'reports'): string | null =>
  channels[what] ?? channels.leadership;

/** Severities whose clocks ignore opening hours (domain section 8). */
const NEVER_SLEEP: readonly Severity[] = ['critical', 'high'];

/**
 * How long someone has by this clock, or null if the policy sets none. The most specific entry wins: kind and severity,
 * kind's default, everyone's severity, everyone's default. A critical or high case always has wall-clock time, whatever
 * the entry says.
 */
export function clockAllowance(policy: Policy, kind: CaseKind, severity: Severity, clock: ClockName): Allowance | null {
  const { [kind]: own, default: common } = policy.clocks;
  const allowance =
    own?.[severity]?.[clock] ?? own?.default?.[clock] ?? common?.[severity]?.[clock] ?? common?.default?.[clock];
  if (!allowance) return null;
  return NEVER_SLEEP.includes(severity) ? { ...allowance, time: 'always' } : allowance;
}

/** The rungs of a clock's ladder with repeats, earliest first: the allowance's own, the clock's, or the default. */
export function ladderFor(policy: Policy, clock: ClockName, allowance: Allowance | null = null): Rung[] {
  const ladder = allowance?.ladder ?? policy.ladders[clock] ?? policy.ladders.default ?? [];
  return ladder.flatMap(rungsOf).sort((a, b) => a.after - b.after);
}

/** What is kept besides cases, each for its own time. */
export const AGED = ['drafts', 'letters', 'transfers', 'access_log', 'access_grants', 'homes'] as const;
export type Aged = (typeof AGED)[number];

/** How many days closed cases of a kind are kept if their severity has no entry. */
export const keptDays = ({ retention }: Policy, kind: CaseKind): number =>
  retention.cases[kind] ?? KINDS[kind].keptDays;

/** How many days cases of a kind are kept, by severities; null: any severity. */
export function keptSpans(
  policy: Policy,
  kind: CaseKind,
): readonly { readonly days: number; readonly severities: readonly Severity[] | null }[] {
  const own = policy.retention.by_severity[kind] ?? {};
  const daysOf = (severity: Severity) => own[severity] ?? keptDays(policy, kind);
  const spans = [...new Set(SEVERITIES.map(daysOf))];
  return spans.map((days) => ({
    days,
    severities: spans.length === 1 ? null : SEVERITIES.filter((severity) => daysOf(severity) === days),
  }));
}

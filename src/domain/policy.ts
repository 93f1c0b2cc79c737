import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Allowance, CLOCK_NAMES, type ClockName, RUNG_ROLES, type Rung } from './allowance';
import { CalendarRules } from './business-hours';
import { Channels } from './channels';
import { NumberRules } from './forms/numbers';
import { CASE_KINDS, KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { SEVERITIES, type Severity, TONES } from './severity';
import { STEPS } from './steps';
import { namesPlace, RUNG_USAGE, rungOf } from './targets';
import { Webhook } from './targets/webhook';

/** A ladder's limit of rungs, including repeats. */
const MOST_RUNGS = 60;

const Minutes = z
  .number()
  .int()
  .min(0)
  .max(60 * 24 * 90);

const TARGETS = `use ${[...RUNG_ROLES, ...RUNG_USAGE].join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
const RungPlace = z.union([z.enum(RUNG_ROLES), z.string().refine((to) => rungOf(to) !== null, TARGETS)], TARGETS);

/** A rung that repeats: `times` more, `every` so many minutes (same kind of time as the clock's). */
const Repeat = z.strictObject({
  every: Minutes.min(5, 'a rung can repeat every 5 minutes at most'),
  times: z.number().int().min(1).max(MOST_RUNGS),
});
const Step = z.strictObject({ after: Minutes, to: RungPlace, repeat: Repeat.optional() }) satisfies z.ZodType<Rung>;

const rungsOf = ({ after, to, repeat }: Rung): Rung[] =>
  Array.from({ length: 1 + (repeat?.times ?? 0) }, (_, i) => ({ after: after + i * (repeat?.every ?? 0), to }));

const Ladder = z.array(Step).superRefine((rungs, context) => {
  const count = rungs.reduce((sum, rung) => sum + 1 + (rung.repeat?.times ?? 0), 0);
  if (count > MOST_RUNGS)
    context.addIssue({
      code: 'custom',
      message: `this ladder has ${count} rungs with their repeats: ${MOST_RUNGS} is the limit`,
    });
});

const AllowanceRules = z.strictObject({
  minutes: Minutes,
  time: z.enum(['business', 'always']),
  ladder: Ladder.optional(),
}) satisfies z.ZodType<Allowance>;

const KindClocks = z.partialRecord(
  z.enum([...SEVERITIES, 'default']),
  z.partialRecord(z.enum(CLOCK_NAMES), AllowanceRules),
);
const PolicyKind = z.enum([...CASE_KINDS, 'default']);

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
    .partialRecord(z.enum(CASE_KINDS), KeptDays)
    .default(() => Object.fromEntries(CASE_KINDS.map((kind) => [kind, KINDS[kind].keptDays]))),
  /** Severities of a kind that are kept for a different time. */
  by_severity: z.partialRecord(z.enum(CASE_KINDS), z.partialRecord(z.enum(SEVERITIES), KeptDays)).default({}),
  drafts: KeptDays.default(1),
  letters: KeptDays.default(30),
  transfers: KeptDays.default(30),
  contacts: KeptDays.default(3 * 365),
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
  channels: Channels,
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
export const AGED = ['drafts', 'letters', 'transfers', 'contacts', 'access_log', 'access_grants', 'homes'] as const;
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

import type { Allowance } from './allowance';
import type { FieldFault } from './directory-rules';
import { CASE_KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { AGED, type Aged, DAYS, keptDays, Policy } from './policy';
import { type PolicyItem, pathOf } from './policy-items';
import {
  daysText,
  durationText,
  hoursText,
  type Kept,
  keepingText,
  keptText,
  ladderText,
  type Read,
  readDays,
  readDuration,
  readHours,
  readKeeping,
  readKept,
  readLadder,
  readRepeatRules,
  readWebhooks,
  repeatRulesText,
  webhooksText,
} from './policy-text';
import { sentence } from './wording';

/** The texts and choices of a form, by field. */
export type Entries = Readonly<Record<string, string | readonly string[]>>;

/** An item as its form shows it; empty texts for what the policy does not set. */
export function entriesOf(policy: Policy, item: PolicyItem): Entries {
  switch (item.is) {
    case 'clock': {
      const allowance = policy.clocks[item.kind]?.[item.severity]?.[item.clock];
      return {
        length: allowance ? durationText(allowance.minutes) : '',
        time: allowance?.time ?? 'business',
        ladder: allowance?.ladder ? ladderText(allowance.ladder) : '',
      };
    }
    case 'ladder':
      return { ladder: ladderText(policy.ladders[item.clock] ?? []) };
    case 'calendar': {
      const rules =
        (Object.hasOwn(policy.calendars, item.area) ? policy.calendars[item.area] : null) ?? policy.calendars.default;
      const { hours, holidays, days } = rules;
      return {
        ...Object.fromEntries(DAYS.map((day) => [day, hoursText(hours[day])])),
        holidays: holidays ? [holidays.country, holidays.state].filter(Boolean).join('/') : '',
        days: daysText(days),
      };
    }
    case 'time_zone':
      return { zone: policy.time_zone };
    case 'quiet_hours':
      return { bypass: policy.quiet_hours.bypass };
    case 'audit':
      return { grace: durationText(policy.audit.grace) };
    case 'digests':
      return { daily_at: policy.digests.daily_at, weekly_on: policy.digests.weekly_on };
    case 'guests':
      return { may: policy.guests.may };
    case 'emoji': {
      const { take, resolve, report } = policy.emoji;
      return { take: colons(take), resolve: colons(resolve), report: colons(report) };
    }
    case 'numbers': {
      const { sp_account, sj } = policy.numbers;
      return {
        sp_account: sp_account.pattern,
        sp_account_example: sp_account.example,
        sj: sj.pattern,
        sj_example: sj.example,
      };
    }
    case 'repeat_rules':
      return { rules: repeatRulesText(policy.repeat_rules) };
    case 'steps':
      return { steps: policy.steps.join(', ') };
    case 'sent_to_manager':
      return { places: policy.sent_to_manager.join('\n') };
    case 'webhooks':
      return { webhooks: webhooksText(policy.webhooks) };
    case 'retention':
      return Object.fromEntries([
        ...CASE_KINDS.map((kind) => [kind, keptText(keptOf(policy, kind))]),
        ...AGED.map((aged) => [aged, keepingText(policy.retention[aged])]),
      ]);
  }
}

/** How long cases of a kind are kept, as its field shows it. */
export const keptOf = (policy: Policy, kind: CaseKind): Kept => ({
  days: keptDays(policy, kind),
  own: policy.retention.by_severity[kind] ?? {},
});

/** The policy with an item as entered, or what is wrong in which field. */
export type Edited =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

export function withEntries(policy: Policy, item: PolicyItem, entries: Entries): Edited {
  const made = madeOf(item, entries);
  if (!made.ok) return made;
  const read = Policy.safeParse(put(policy, pathOf(item), made.value));
  if (read.success) return { ok: true, policy: read.data };
  const depth = pathOf(item).length;
  const faults = read.error.issues.map(({ path, message }) => ({
    field: fieldOf(item, path.slice(depth).map(String)),
    message: sentence(message),
  }));
  return { ok: false, faults };
}

const colons = (emoji: string): string => (emoji ? `:${emoji}:` : '');
const text = (entries: Entries, name: string): string => String(entries[name] ?? '').trim();
const timeOf = (entries: Entries): Allowance['time'] => (entries.time === 'always' ? 'always' : 'business');

type Made =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };
/** The item's value in the policy; undefined: none. */
function madeOf(item: PolicyItem, entries: Entries): Made {
  switch (item.is) {
    case 'clock': {
      const time = timeOf(entries);
      const length = text(entries, 'length');
      if (!length) return { ok: true, value: undefined };
      const own = text(entries, 'ladder');
      return all({ length: readDuration(length, time), ladder: readLadder(own, time) }, ({ length, ladder }) => ({
        minutes: length,
        time,
        ...(own ? { ladder } : {}),
      }));
    }
    case 'ladder': {
      if (!text(entries, 'ladder')) return { ok: true, value: item.clock === 'default' ? [] : undefined };
      return all({ ladder: readLadder(text(entries, 'ladder'), 'always') }, ({ ladder }) => ladder);
    }
    case 'calendar': {
      const isEmpty = item.area !== 'default' && [...DAYS, 'days'].every((name) => !text(entries, name));
      if (isEmpty) return { ok: true, value: undefined };
      const week = Object.fromEntries(DAYS.map((day) => [day, readHours(text(entries, day))])) as Record<
        (typeof DAYS)[number],
        ReturnType<typeof readHours>
      >;
      const [country, state] = text(entries, 'holidays').split('/');
      return all({ ...week, days: readDays(text(entries, 'days')) }, (read) => ({
        hours: Object.fromEntries(DAYS.map((day) => [day, read[day]])),
        holidays: country ? { country, ...(state ? { state } : {}) } : null,
        days: read.days,
      }));
    }
    case 'time_zone':
      return { ok: true, value: text(entries, 'zone') };
    case 'quiet_hours':
      return { ok: true, value: { bypass: [entries.bypass ?? []].flat() } };
    case 'audit':
      return all({ grace: readDuration(text(entries, 'grace'), 'always') }, ({ grace }) => ({ grace }));
    case 'digests':
      return {
        ok: true,
        value: { daily_at: text(entries, 'daily_at').padStart(5, '0'), weekly_on: text(entries, 'weekly_on') },
      };
    case 'guests':
      return { ok: true, value: { may: text(entries, 'may') } };
    case 'emoji': {
      const name = (field: string) => text(entries, field).replaceAll(':', '').toLowerCase();
      return { ok: true, value: { take: name('take'), resolve: name('resolve'), report: name('report') } };
    }
    case 'numbers': {
      const rule = (name: string) => ({ pattern: text(entries, name), example: text(entries, `${name}_example`) });
      return { ok: true, value: { sp_account: rule('sp_account'), sj: rule('sj') } };
    }
    case 'repeat_rules':
      return all({ rules: readRepeatRules(text(entries, 'rules')) }, ({ rules }) => rules);
    case 'steps':
      return { ok: true, value: listed(text(entries, 'steps').toLowerCase()) };
    case 'sent_to_manager':
      return { ok: true, value: listed(text(entries, 'places')) };
    case 'webhooks':
      return all({ webhooks: readWebhooks(text(entries, 'webhooks')) }, ({ webhooks }) => webhooks);
    case 'retention':
      return madeRetention(entries);
  }
}

function madeRetention(entries: Entries): Made {
  const reads = {
    ...Object.fromEntries(CASE_KINDS.map((kind) => [kind, readKept(text(entries, kind))])),
    ...Object.fromEntries(AGED.map((aged) => [aged, readKeeping(text(entries, aged))])),
  } as Record<CaseKind, Read<Kept>> & Record<Aged, Read<number>>;
  return all(reads, (kept) => ({
    cases: Object.fromEntries(CASE_KINDS.map((kind) => [kind, kept[kind].days])),
    by_severity: Object.fromEntries(
      CASE_KINDS.flatMap((kind) => (Object.keys(kept[kind].own).length ? [[kind, kept[kind].own]] : [])),
    ),
    ...Object.fromEntries(AGED.map((aged) => [aged, kept[aged]])),
  }));
}

type ValueOf<T> = T extends { readonly ok: true; readonly value: infer V } ? V : never;
/** The combined value of these fields if all can be read; else the fault of each that cannot. */
function all<R extends Readonly<Record<string, Read<unknown>>>>(
  reads: R,
  make: (values: { readonly [Name in keyof R]: ValueOf<R[Name]> }) => unknown,
): Made {
  const faults = Object.entries(reads).flatMap(([field, read]) =>
    read.ok ? [] : [{ field, message: sentence(read.fault) }],
  );
  if (faults.length) return { ok: false, faults };
  const values = Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.ok ? read.value : null]));
  return { ok: true, value: make(values as { readonly [Name in keyof R]: ValueOf<R[Name]> }) };
}

/** A copy with another value at this path; undefined removes its key and, below the top, objects left empty. */
function put(at: unknown, [key, ...rest]: readonly string[], value: unknown, isTop = true): unknown {
  if (key === undefined) return value;
  const { [key]: old, ...others } = (at ?? {}) as Readonly<Record<string, unknown>>;
  const made = put(old, rest, value, false);
  const isEmpty = value === undefined && !isTop && rest.length > 0 && !Object.keys(made as object).length;
  return made === undefined || isEmpty ? others : { ...(at as object), [key]: made };
}

/** The form's field for a fault of the policy. */
function fieldOf(item: PolicyItem, path: readonly string[]): string {
  const [head = '', next = ''] = path;
  switch (item.is) {
    case 'clock':
      return head === 'ladder' ? 'ladder' : 'length';
    case 'ladder':
      return 'ladder';
    case 'calendar':
      if (head === 'hours') return next || 'mon';
      return head === 'holidays' || head === 'days' ? head : 'mon';
    case 'numbers':
      return next === 'example' ? `${head}_example` : head;
    case 'repeat_rules':
      return 'rules';
    case 'steps':
      return 'steps';
    case 'sent_to_manager':
      return 'places';
    case 'webhooks':
      return 'webhooks';
    case 'retention':
      return head === 'cases' || head === 'by_severity' ? next : head;
    case 'time_zone':
      return 'zone';
    default:
      return head || 'bypass';
  }
}

/** Entries typed one per line or with commas: places, steps. */
export const listed = (typed: string): string[] => typed.split(/[\s,]+/).filter(Boolean);

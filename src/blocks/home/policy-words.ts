import type { ClockName } from '../../domain/allowance';
import { holidayPlaces } from '../../domain/holiday-places';
import { CASE_KINDS, KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import type { Aged, DAYS, Policy } from '../../domain/policy';
import { type Entries, entriesOf } from '../../domain/policy-entries';
import type { PolicyItem } from '../../domain/policy-items';
import { rungOf } from '../../domain/targets';
import { escapeWithin, namedMark } from '../text';

export const CLOCK_LABELS: Readonly<Record<ClockName | 'default', string>> = {
  acknowledge: 'Acknowledge',
  update: 'Next update',
  callback: 'Promised callback',
  review: 'Admin review',
  answer: "Agent's answer",
  sp_contact: 'SP gets back',
  approval: 'Second approval',
  follow_up: 'Follow-up',
  snooze: 'End of a snooze',
  police_number: 'Police report number',
  default: 'Every other clock',
};
export const KIND_NAMES: Readonly<Record<PolicyItemKind, string>> = {
  ...(Object.fromEntries(CASE_KINDS.map((kind) => [kind, KINDS[kind].label])) as Record<CaseKind, string>),
  default: 'Every other kind',
};
type PolicyItemKind = Extract<PolicyItem, { is: 'clock' }>['kind'];
export const SEVERITY_NAMES: Readonly<Record<Extract<PolicyItem, { is: 'clock' }>['severity'], string>> = {
  critical: 'critical',
  high: 'high',
  elevated: 'elevated',
  normal: 'normal',
  low: 'low',
  default: 'every other severity',
};
export const DAY_LABELS: Readonly<Record<(typeof DAYS)[number], string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
export const GUEST_WORDS: Readonly<Record<Policy['guests']['may'], string>> = {
  nothing: 'Nothing',
  what_agents_may: 'What every agent may',
};
/** What is kept outside of cases, as the policy's form calls it. */
export const AGED_LABELS: Readonly<Record<Aged, string>> = {
  drafts: 'Drafts of forms',
  letters: 'Messages sent outside of cases',
  transfers: 'Warm transfers',
  contacts: 'Attempts to contact SPs',
  access_log: 'Who read which case',
  access_grants: 'Who asked for and got access',
  homes: 'Places in Home',
};
export const TIME_LABELS = { business: 'Opening hours of the area', always: 'Around the clock' } as const;

/** The name of an item; literal text. */
export function itemName(item: PolicyItem): string {
  switch (item.is) {
    case 'clock':
      return `${CLOCK_LABELS[item.clock]}, ${lower(KIND_NAMES[item.kind])}, ${SEVERITY_NAMES[item.severity]}`;
    case 'ladder':
      return `Ladder: ${lower(CLOCK_LABELS[item.clock])}`;
    case 'calendar':
      return item.area === 'default' ? 'Calendar of every area without one of its own' : `Calendar of ${item.area}`;
    case 'time_zone':
      return 'Time zone';
    case 'quiet_hours':
      return 'Quiet hours';
    case 'audit':
      return 'Auditor';
    case 'digests':
      return 'Digests and reports';
    case 'guests':
      return 'Guests';
    case 'emoji':
      return 'Emoji';
    case 'numbers':
      return 'SP account and SJ numbers';
    case 'repeat_rules':
      return 'Repeat rules';
    case 'steps':
      return 'What repeat rules propose';
    case 'webhooks':
      return 'Webhooks';
    case 'retention':
      return 'How long records are kept';
    case 'sent_to_manager':
      return 'Told when an exception is sent to its Area Manager';
  }
}
const lower = (text: string) => (text.startsWith('SP') ? text : text.charAt(0).toLowerCase() + text.slice(1));

const FIELD_NAMES: Readonly<Record<string, string>> = {
  ...KIND_NAMES,
  ...AGED_LABELS,
  ...DAY_LABELS,
  time: 'counted in',
  ladder: 'ladder',
  holidays: 'public holidays',
  days: 'own days',
  bypass: 'quiet hours do not count for',
  daily_at: 'daily digest at',
  weekly_on: 'weekly report on',
  take: 'acknowledges',
  resolve: 'resolves',
  report: 'starts a report',
  sp_account: 'SP account',
  sp_account_example: 'example of an SP account',
  sj: 'SJ number',
  sj_example: 'example of an SJ number',
};
/** Fields whose name adds nothing to that of the item. */
const SPOKEN: readonly string[] = ['length', 'grace', 'rules', 'zone', 'may', 'places', 'webhooks'];
const LISTS: readonly string[] = ['ladder', 'days', 'rules', 'places', 'webhooks'];

/** What an edit changes, one line per value: "*Acknowledge, high-risk report, high*: 1 h → 30 min". */
export function changeLines(item: PolicyItem, before: Policy, after: Policy): string[] {
  const [old, now] = [entriesOf(before, item), entriesOf(after, item)];
  const isOwn = (policy: Policy) => item.is !== 'calendar' || Object.hasOwn(policy.calendars, item.area);
  const name = `*${escapeWithin(itemName(item), 150)}*`;
  if (isOwn(before) !== isOwn(after))
    return [
      `${name}: ${isOwn(after) ? 'has its own instead of the default one' : 'is removed, and the default one applies'}`,
      ...fieldLines(old, now, item, name),
    ];
  return fieldLines(old, now, item, name);
}

const fieldLines = (old: Entries, now: Entries, item: PolicyItem, name: string) =>
  Object.keys(now).flatMap((field) => {
    const [was, is] = [textOf(old[field]), textOf(now[field])];
    if (was === is) return [];
    const isNamed = !SPOKEN.includes(field) && !(item.is === 'ladder' && field === 'ladder');
    const label = isNamed ? `${name}, ${lower(FIELD_NAMES[field] ?? field)}` : name;
    if (LISTS.includes(field)) return [`${label}:`, ...listLines(was, is)];
    return [`${label}: ${valueWords(field, was)} → ${valueWords(field, is)}`];
  });

/** Lines removed and added. */
function listLines(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => text.split('\n').filter(Boolean));
  const gone = (old ?? []).filter((line) => !now?.includes(line)).map((line) => `     –  ~${lineWords(line)}~`);
  const added = (now ?? []).filter((line) => !old?.includes(line)).map((line) => `     +  ${lineWords(line)}`);
  return [...gone, ...added, ...(gone.length || added.length ? [] : ['     reordered'])];
}

const textOf = (value: Entries[string] | undefined): string =>
  typeof value === 'string' ? value : (value ?? []).join(', ');

function valueWords(field: string, text: string): string {
  if (field === 'time') return text === 'always' ? 'around the clock' : 'opening hours';
  if (field === 'holidays') return holidayPlaces().find(({ value }) => value === text)?.label ?? 'none';
  if (field === 'may') return GUEST_WORDS[text as keyof typeof GUEST_WORDS] ?? escapeWithin(text, 40);
  if (field === 'weekly_on') return DAY_LABELS[text as keyof typeof DAY_LABELS] ?? escapeWithin(text, 40);
  return escapeWithin(text, 300) || 'none';
}

/** A line of a ladder or similar, with people and channels as Slack shows them. */
export const lineWords = (line: string): string =>
  escapeWithin(line, 300).replace(/\b[a-z]+:[A-Z][A-Z0-9]+\b/g, (to) => {
    const rung = rungOf(to);
    return rung ? namedMark(rung.named(to)) : to;
  });

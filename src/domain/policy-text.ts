import { RUNG_ROLES, type Rung } from './allowance';
import { hoursFaults } from './business-hours';
import { CASE_KINDS, KINDS } from './kinds';
import { readDate } from './local-time';
import type { RepeatRule } from './policy';
import { SEVERITIES, type Severity, TONES } from './severity';
import { Webhook } from './targets/webhook';

/** A parsed entry, or why it cannot be read, as a sentence that says what to type. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };
const fault = (text: string): Read<never> => ({ ok: false, fault: text });
const fine = <T>(value: T): Read<T> => ({ ok: true, value });

const HOUR = 60;
/** Minutes in a day of the wall clock, and in a working day. */
export const DAY_MINUTES = { always: 24 * HOUR, business: 10 * HOUR } as const;
type Time = keyof typeof DAY_MINUTES;

/** A duration in words: "30 min", "1 h 30 min", "at once". Never in days, because working days are shorter. */
export function durationText(minutes: number): string {
  if (minutes === 0) return 'at once';
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ');
}

/** Minutes of a duration such as "30 min", "1 h 30 min", "2 days" (of 24 hours, or 10 opening hours) or "at once". */
export function readDuration(text: string, time: Time): Read<number> {
  const typed = text.trim().toLowerCase();
  if (typed === 'at once' || typed === '0') return fine(0);
  const pieces = [...typed.matchAll(/(\d+(?:\.\d+)?)\s*(min(?:ute)?s?|h(?:ours?|rs?)?|d(?:ays?)?)(?![a-z])/g)];
  const left = pieces.reduce((rest, [piece]) => rest.replace(piece, ''), typed).replace(/[\s,]|and/g, '');
  if (!pieces.length || left)
    return fault(`"${text.trim()}" is not a length of time: write 30 min, 4 h, 1 h 30 min or 2 days`);
  const unit = (name: string) => (name.startsWith('m') ? 1 : name.startsWith('h') ? HOUR : DAY_MINUTES[time]);
  const exact = pieces.reduce((sum, [, count, name = '']) => sum + Number(count) * unit(name), 0);
  // 1.1 * 60 is 66.00000000000001.
  const minutes = Number(exact.toFixed(6));
  return Number.isInteger(minutes) ? fine(minutes) : fault(`"${text.trim()}" is not a whole number of minutes`);
}

const YEAR = 365;
/** How long something is kept: "3 years", "30 days". */
export function keepingText(days: number): string {
  const [count, unit] = days % YEAR === 0 ? [days / YEAR, 'year'] : [days, 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Reads what `keepingText` writes, in days. */
export function readKeeping(text: string): Read<number> {
  const [, count, unit] = /^(\d{1,5})\s*(days?|years?)$/i.exec(text.trim()) ?? [];
  if (!count || !unit) return fault(`"${text.trim()}" is not a time in days or years: write 90 days or 7 years`);
  return fine(Number(count) * (unit.toLowerCase().startsWith('y') ? YEAR : 1));
}

/** How many days cases of a kind are kept, and severities that differ. */
export interface Kept {
  readonly days: number;
  readonly own: Partial<Readonly<Record<Severity, number>>>;
}

/** "7 years", or "7 years, critical 10 years". */
export const keptText = ({ days, own }: Kept): string =>
  [
    keepingText(days),
    ...SEVERITIES.flatMap((severity) => (own[severity] ? `${severity} ${keepingText(own[severity])}` : [])),
  ].join(', ');

/** Reads what `keptText` writes. */
export function readKept(text: string): Read<Kept> {
  const [first = '', ...more] = text.split(',');
  const days = readKeeping(first);
  if (!days.ok) return days;
  const own: Partial<Record<Severity, number>> = {};
  for (const each of more) {
    const [, name = '', length = ''] = /^\s*([a-z]+)\s+(.+)$/i.exec(each) ?? [];
    const severity = SEVERITIES.find((one) => one === name.toLowerCase());
    if (!severity)
      return fault(`"${each.trim()}" names no severity: write ${SEVERITIES.join(', ')}, then for how long`);
    if (own[severity] !== undefined) return fault(`${severity} is there twice`);
    const read = readKeeping(length);
    if (!read.ok) return read;
    own[severity] = read.value;
  }
  return fine({ days: days.value, own });
}

/** How many unreadable lines are named. */
const MOST_FAULTS = 3;

/** A list of lines without empty ones; else the first unreadable lines, each with its number. */
function readLines<T>(text: string, read: (line: string, number: number) => Read<T>): Read<T[]> {
  const values: T[] = [];
  const faults: string[] = [];
  for (const [i, each] of text.split('\n').entries()) {
    const line = each.trim();
    if (!line) continue;
    const one = read(line, i + 1);
    if (one.ok) values.push(one.value);
    else faults.push(`Line ${i + 1}: ${one.fault}.`);
  }
  return faults.length ? fault(faults.slice(0, MOST_FAULTS).join(' ')) : fine(values);
}

/** The rungs of a ladder, one per line: "30 min: owner", "2 h: leadership, every 30 min, 7 times". */
export const ladderText = (rungs: readonly Rung[]): string =>
  rungs
    .map(({ after, to, repeat }) => {
      const again = repeat
        ? `, every ${durationText(repeat.every)}, ${repeat.times} time${repeat.times === 1 ? '' : 's'}`
        : '';
      return `${durationText(after)}: ${to}${again}`;
    })
    .join('\n');

const RUNG = /^([^:]+):\s*([^,]+?)\s*(?:,\s*every\s+(.+?)\s*,?\s+(\d+)\s+times?)?$/i;
/** Reads what `ladderText` writes, in any order; times are of the clock's kind. Targets are not checked. */
export const readLadder = (text: string, time: Time): Read<{ after: number; to: string; repeat?: Rung['repeat'] }[]> =>
  readLines(text, (line) => {
    const [, delay, to, every, times] = RUNG.exec(line) ?? [];
    if (!delay || !to)
      return fault(`"${line}" is not a rung: write when and to whom, such as 30 min: owner, every 1 h, 3 times`);
    const after = readDuration(delay, time);
    if (!after.ok) return after;
    const target = RUNG_ROLES.find((role) => role === to.toLowerCase()) ?? to;
    if (!every) return fine({ after: after.value, to: target });
    const gap = readDuration(every, time);
    return gap.ok ? fine({ after: after.value, to: target, repeat: { every: gap.value, times: Number(times) } }) : gap;
  });

type Hours = [string, string][];
/** The hours of a day: "08:00-12:00, 13:00-18:00", or "closed". */
export const hoursText = (hours: readonly (readonly [string, string])[]): string =>
  hours.map(([from, to]) => `${from}-${to}`).join(', ') || 'closed';
/** Reads what `hoursText` writes; an empty text means closed. */
export function readHours(text: string): Read<Hours> {
  const typed = text.trim();
  if (!typed || typed.toLowerCase() === 'closed') return fine([]);
  const hours: Hours = [];
  for (const range of typed.split(',')) {
    const [, from, to] = /^(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)$/.exec(range.trim()) ?? [];
    if (!from || !to) return fault(`"${short(range.trim())}" are not hours: write 08:00-12:00, 13:00-18:00, or closed`);
    hours.push([from.padStart(5, '0'), to.padStart(5, '0')]);
  }
  const [first] = hoursFaults(hours);
  return first ? fault(first.reason) : fine(hours);
}

/** Days with special hours, one per line: "2026-12-24 08:00-12:00". */
export const daysText = (days: Readonly<Record<string, readonly (readonly [string, string])[]>>): string =>
  Object.keys(days)
    .sort()
    .map((day) => `${day} ${hoursText(days[day] ?? [])}`)
    .join('\n');
/** Reads what `daysText` writes: existing days, each once, with valid hours. */
export function readDays(text: string): Read<Record<string, Hours>> {
  const known = new Map<string, number>();
  const lines = readLines(text, (line, number): Read<[string, Hours]> => {
    const [, day, rest] = /^(\d{4}-\d\d-\d\d)(?:\s+(.*))?$/.exec(line) ?? [];
    if (!day) return fault(`"${short(line)}" is not a day: write 2026-12-24 08:00-12:00, or 2026-12-24 closed`);
    if (readDate(day) === null) return fault(`${day} is not a day of the calendar`);
    const earlier = known.get(day);
    if (earlier) return fault(`${day} is already on line ${earlier}: write all its hours there`);
    known.set(day, number);
    const hours = readHours(rest ?? '');
    return hours.ok ? fine([day, hours.value]) : hours;
  });
  return lines.ok ? fine(Object.fromEntries(lines.value)) : lines;
}
const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** The names that repeat rules use for the kinds they count. */
const COUNTED = CASE_KINDS.flatMap((kind) => {
  const { repeats } = KINDS[kind];
  return repeats ? [{ kind, words: repeats.counted, typed: repeats.typed }] : [];
});
/** Repeat rules, one per line: "3 negative SP feedback in 30 days". */
export const repeatRulesText = (rules: readonly RepeatRule[]): string => rules.map(repeatRuleText).join('\n');
const repeatRuleText = ({ kind, tone, count, days }: RepeatRule) =>
  [count, tone, KINDS[kind].repeats?.counted, 'in', days, 'days'].filter(Boolean).join(' ');
const RULE = /^(\d+)\s+(?:(positive|negative|neutral)\s+)?(\S.*?)\s+in\s+(\d+)\s+days?$/i;
export const readRepeatRules = (text: string): Read<RepeatRule[]> =>
  readLines(text, (line): Read<RepeatRule> => {
    const [, count, tone, what = '', days] = RULE.exec(line) ?? [];
    const counted = COUNTED.find(({ typed }) => typed.test(what));
    if (!counted) return fault(`"${line}" is not a rule: write ${EXAMPLE}`);
    const said = TONES.find((known) => known === tone?.toLowerCase());
    return fine({ kind: counted.kind, ...(said ? { tone: said } : {}), count: Number(count), days: Number(days) });
  });
const [FIRST = '', ...OTHERS] = COUNTED.map(({ words }) => words);
const EXAMPLE = `3 negative ${FIRST} in 30 days (or ${OTHERS.join(', ')})`;

/** Webhooks, one per line: "crm https://crm.example.com/hooks WEBHOOK_SECRET_CRM exception need-to-know". */
export const webhooksText = (webhooks: readonly Webhook[]): string =>
  webhooks
    .map(({ name, url, secret, kinds, need_to_know: reads, anchors }) =>
      [name, url, secret, ...kinds, ...(reads ? [NEED_TO_KNOW] : []), ...(anchors ? [ANCHORS] : [])].join(' '),
    )
    .join('\n');
const NEED_TO_KNOW = 'need-to-know';
const ANCHORS = 'anchors';
/** Reads what `webhooksText` writes; the policy validates the contents. */
export const readWebhooks = (text: string): Read<unknown[]> =>
  readLines(text, (line) => {
    const [name, url, secret, ...rest] = line.split(/[\s,]+/).filter(Boolean);
    if (!name || !url || !secret)
      return fault(`"${short(line)}" is not a webhook: write crm https://crm.example.com/hooks WEBHOOK_SECRET_CRM`);
    const webhook = Webhook.safeParse({
      name,
      url,
      secret,
      kinds: rest.filter((word) => word !== NEED_TO_KNOW && word !== ANCHORS),
      need_to_know: rest.includes(NEED_TO_KNOW),
      anchors: rest.includes(ANCHORS),
    });
    if (webhook.success) return fine(webhook.data);
    const [issue] = webhook.error.issues;
    const isKind = issue?.path[0] === 'kinds';
    return fault(isKind ? `use kinds among ${CASE_KINDS.join(', ')}` : (issue?.message ?? 'it cannot be read'));
  });

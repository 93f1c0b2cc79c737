import { belongsToArea, isRestricted, seenOutside } from './access';
import type { Actor } from './actor';
import type { Calendar } from './business-hours';
import type { CaseFacts } from './case';
import { KINDS } from './kinds';
import { dateOf, dayAt, momentOf, weekdayOf } from './local-time';
import { type Mailbox, openPost } from './mailbox';
import { DAYS, type Policy } from './policy';
import type { Lane } from './targets';

/** The facts a digest needs. */
export type DigestCase = Pick<
  CaseFacts,
  | 'ref'
  | 'kind'
  | 'state'
  | 'title'
  | 'sp'
  | 'severity'
  | 'tone'
  | 'area'
  | 'owner'
  | 'filedAt'
  | 'handedAt'
  | 'clocks'
  | 'subjects'
  | 'unrouted'
> &
  Pick<Mailbox, 'posts'>;

/**
 * A case in a digest; a need-to-know one shows no more than its redacted card (domain section 10). `owner`: also null if
 * the reader owns it.
 */
export interface DigestItem extends Pick<CaseFacts, 'ref' | 'title' | 'severity' | 'owner' | 'filedAt'> {
  readonly sp: string;
  /** What is owed next, or null if no clock runs. */
  readonly dueAt: Date | null;
  readonly card: { readonly channel: string; readonly ts: string } | null;
}

/** A list that is cut: `of` is the total, or where counting stopped (`isMore`). */
export interface Some<T> {
  readonly of: number;
  readonly isMore?: boolean;
  readonly shown: readonly T[];
}

/** One area's day (domain section 8). */
export interface AreaDigest {
  readonly area: string;
  readonly open: number;
  readonly overdue: Some<DigestItem>;
  readonly promised: Some<DigestItem>;
  readonly oldest: DigestItem | null;
  /** Praise since the last digest. */
  readonly recognition: Some<DigestItem>;
}
export interface AreaDigests {
  readonly areas: readonly AreaDigest[];
}

/** A message that was given up, of a case or a letter. */
export interface FailedDelivery {
  readonly about: string;
  readonly to: Lane;
  readonly fault: string;
}
export interface AdminDigest {
  readonly unrouted: Some<DigestItem>;
  /** Oldest first. */
  readonly inReview: Some<DigestItem>;
  /** Sent back to the agent and not answered yet. Oldest first. */
  readonly returned: Some<DigestItem>;
  readonly failed: Some<FailedDelivery>;
}

type Rules = Policy['digests'];

const MINUTE = 60_000;
/** A digest due shortly before midnight can be sent for this long, so that no tick or restart misses it. */
const LEAST_OWED_MS = 2 * 60 * MINUTE;

/** A local day with a digest: its date (`YYYY-MM-DD`), the moment it is due, and its end. */
export interface DigestDay {
  readonly date: string;
  readonly dueAt: Date;
  /** The last millisecond of the day. */
  readonly endsAt: Date;
}

/**
 * The day whose digest is owed at `now`, or null: before the hour, or on a day that the calendar is closed. Owed until
 * the day ends, and for at least two hours: downtime delays it, and after days of downtime only today's is sent. Every
 * local day has its hour once: if clocks skip it, at their change; if it occurs twice, the first time.
 */
export function digestDay(calendar: Calendar, rules: Rules, now: Date): DigestDay | null {
  const day = dayOwed(calendar, rules, now);
  if (day === null) return null;
  const { timeZone } = calendar;
  const endsAt = new Date(+momentOf(timeZone, day + 1) - 1);
  return { date: dateOf(day), dueAt: momentOf(timeZone, day, minutesOf(rules)), endsAt };
}

function dayOwed(calendar: Calendar, rules: Rules, now: Date): number | null {
  const { timeZone } = calendar;
  const isOwed = (day: number) => {
    const dueAt = momentOf(timeZone, day, minutesOf(rules));
    if (dueAt > now || !calendar.openOn(day).length) return false;
    return +now < Math.max(+momentOf(timeZone, day + 1), +dueAt + LEAST_OWED_MS);
  };
  const today = dayAt(timeZone, now);
  // When clocks go back over midnight, tomorrow has already been on them.
  const days = momentOf(timeZone, today + 1) <= now ? [today + 1, today] : [today, today - 1];
  return days.find(isOwed) ?? null;
}

function minutesOf({ daily_at }: Rules): number {
  const [hour = 0, minute = 0] = daily_at.split(':').map(Number);
  return hour * 60 + minute;
}

/** A week with a report: from `weekly_on` to `weekly_on`, local midnight, `to` exclusive. */
export interface ReportWeek {
  readonly from: Date;
  readonly to: Date;
  /** The local date of `to`. */
  readonly date: string;
}

/**
 * The week whose report is owed at `now`, or null. It is due on `weekly_on`, or else on the next day that the calendar
 * opens, and stays owed until the next one begins.
 */
export function reportWeek(calendar: Calendar, rules: Rules, now: Date): ReportWeek | null {
  const day = dayOwed(calendar, rules, now);
  if (day === null) return null;
  const { timeZone } = calendar;
  const to = day - ((weekdayOf(day) - 1 - DAYS.indexOf(rules.weekly_on) + 7) % 7);
  return { from: momentOf(timeZone, to - 7), to: momentOf(timeZone, to), date: dateOf(to) };
}

const LISTED = 5;
const some = <T>(all: readonly T[]): Some<T> => ({ of: all.length, shown: all.slice(0, LISTED) });
/** The clocks that a digest's readers may know of. */
const clocksOf = (one: DigestCase): DigestCase['clocks'] => (isRestricted(one.kind) ? seenOutside(one) : one).clocks;
const nextDue = (one: DigestCase): Date | null => {
  const clocks = clocksOf(one);
  return clocks.length ? new Date(Math.min(...clocks.map(({ dueAt }) => +dueAt))) : null;
};

const itemFor =
  (reader: Actor) =>
  (one: DigestCase): DigestItem => {
    const { ref, kind, title, sp, severity, owner, filedAt } = one;
    return {
      ref,
      title: isRestricted(kind) ? KINDS[kind].label : title,
      sp: sp.name ?? sp.account,
      severity,
      owner: owner === reader ? null : owner,
      filedAt,
      dueAt: nextDue(one),
      card: openPost(one).sent,
    };
  };

const itemsFor =
  (reader: Actor) =>
  (cases: readonly DigestCase[]): Some<DigestItem> => {
    const { of, shown } = some(cases);
    return { of, shown: shown.map(itemFor(reader)) };
  };
const byAge = (a: DigestCase, b: DigestCase) => +a.filedAt - +b.filedAt;
const byDue = (a: DigestCase, b: DigestCase) => +(nextDue(a) ?? 0) - +(nextDue(b) ?? 0);
const PROMISES: readonly string[] = ['update', 'callback', 'sp_contact'];
const WITH_ADMINS: readonly CaseFacts['state'][] = ['submitted', 'in_review', 'returned'];

/** Whether an area's people see this case in a digest: it belongs to them by now, and is not about the reader. */
const isFor = (reader: Actor) => (one: DigestCase) =>
  belongsToArea(one.kind) && !WITH_ADMINS.includes(one.state) && !one.subjects.includes(reader);

/**
 * One area's day for one reader, from its open cases and the praise filed since the last digest. `endsAt`: of their day.
 */
export function areaDigest(
  area: string,
  cases: { readonly open: readonly DigestCase[]; readonly praise: readonly DigestCase[] },
  reader: Actor,
  { since, now, endsAt }: { readonly since: Date; readonly now: Date; readonly endsAt: Date },
): AreaDigest {
  const items = itemsFor(reader);
  const open = cases.open.filter(isFor(reader)).sort(byAge);
  const isOverdue = (one: DigestCase) => clocksOf(one).some(({ name, dueAt }) => name !== 'snooze' && dueAt <= now);
  const isPromised = (one: DigestCase) =>
    clocksOf(one).some(({ name, dueAt }) => PROMISES.includes(name) && dueAt > now && dueAt <= endsAt);
  // Praise that was reviewed is theirs only since then.
  const isNewToThem = ({ tone, filedAt, handedAt }: DigestCase) =>
    tone === 'positive' && filedAt < since && handedAt !== null && handedAt >= since;
  const praise = [...open.filter(isNewToThem), ...cases.praise.filter(isFor(reader))];
  const [oldest] = open;
  return {
    area,
    open: open.length,
    overdue: items(open.filter(isOverdue).sort(byDue)),
    promised: items(open.filter(isPromised).sort(byDue)),
    oldest: oldest ? itemFor(reader)(oldest) : null,
    recognition: items(praise.filter(({ state }) => state !== 'void')),
  };
}

/** What waits for the Admin team, for one reader; nothing about them. `most`: of each, no more were read. */
export function adminDigest(
  cases: Record<'unrouted' | 'inReview' | 'returned', readonly DigestCase[]>,
  failed: readonly FailedDelivery[],
  reader: Actor,
  most: number,
): AdminDigest {
  const list = (all: readonly DigestCase[]) => ({
    ...itemsFor(reader)(all.filter(({ subjects }) => !subjects.includes(reader)).sort(byAge)),
    isMore: all.length >= most,
  });
  return {
    unrouted: list(cases.unrouted),
    inReview: list(cases.inReview),
    returned: list(cases.returned),
    failed: { ...some(failed), isMore: failed.length >= most },
  };
}

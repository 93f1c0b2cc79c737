import { DateTime } from 'luxon';
import { belongsToArea, isRestricted } from './access';
import type { Calendar } from './business-hours';
import type { Actor, CaseFacts } from './case';
import { type Mailbox, openPost } from './effects';
import { KINDS, type Severity } from './kinds';
import type { Policy } from './policy';

/** What a digest reads of a case. */
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
  | 'clocks'
  | 'subjects'
  | 'unrouted'
> &
  Pick<Mailbox, 'posts'>;

/** A case in a digest: of a need-to-know one, no more than its redacted card tells (domain section 10). */
export interface DigestItem {
  readonly ref: string;
  readonly title: string;
  readonly sp: string;
  readonly severity: Severity;
  /** Null where nobody owns it, or whoever reads this. */
  readonly owner: Actor | null;
  readonly filedAt: Date;
  /** What is owed next, or null while no clock runs. */
  readonly dueAt: Date | null;
  readonly card: { readonly channel: string; readonly ts: string } | null;
}

/** A list that is cut: `of` is how many there are. */
export interface Some<T> {
  readonly of: number;
  readonly shown: readonly T[];
}

/** One area's day (domain section 8). */
export interface AreaDigest {
  readonly area: string;
  readonly open: number;
  readonly overdue: Some<DigestItem>;
  readonly promised: Some<DigestItem>;
  readonly oldest: DigestItem | null;
  /** Praise that came in since the last digest. */
  readonly recognition: Some<DigestItem>;
}
export interface AreaDigests {
  readonly areas: readonly AreaDigest[];
}

/** A message that was given up: about a case, or a letter. */
export interface FailedDelivery {
  readonly about: string;
  readonly to: string;
  readonly fault: string;
}
export interface AdminDigest {
  readonly unrouted: Some<DigestItem>;
  /** Oldest first. */
  readonly inReview: Some<DigestItem>;
  /** Sent back to the agent, and not answered yet. Oldest first. */
  readonly returned: Some<DigestItem>;
  readonly failed: Some<FailedDelivery>;
}

type Rules = Policy['digests'];
const WEEKDAYS: readonly Rules['weekly_on'][] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const DAY_MS = 86_400_000;
const opensOn = (calendar: Calendar, day: DateTime) =>
  calendar.openOn(Math.floor(Date.UTC(day.year, day.month - 1, day.day) / DAY_MS)).length > 0;
const localTime = (at: Date, zone: string) => DateTime.fromJSDate(at, { zone });
const atTime = (day: DateTime, time: string) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.startOf('day').set({ hour, minute });
};

/** A local day with a digest: its date (`YYYY-MM-DD`), the moment it is due, and its end. */
export interface DigestDay {
  readonly date: string;
  readonly dueAt: Date;
  readonly endsAt: Date;
}

/**
 * The day whose digest is owed at `now`, or null: before the hour, or on a day on which the calendar does not open.
 * Owed until the day ends, so that a downtime makes it late and not lost.
 */
export function digestDay(calendar: Calendar, { daily_at }: Rules, now: Date): DigestDay | null {
  const local = localTime(now, calendar.timeZone);
  const due = atTime(local, daily_at);
  if (local < due || !opensOn(calendar, local)) return null;
  return { date: local.toISODate() ?? '', dueAt: due.toJSDate(), endsAt: local.endOf('day').toJSDate() };
}

/** A week with a report: it is reported from `weekly_on` to `weekly_on`, local midnight, `to` exclusive. */
export interface ReportWeek {
  readonly from: Date;
  readonly to: Date;
  /** The local date of `to`. */
  readonly date: string;
}

/**
 * The week whose report is owed at `now`, or null. It is due on `weekly_on`, or else on the next day on which the
 * calendar opens, and stays owed until the next one begins.
 */
export function reportWeek(calendar: Calendar, rules: Rules, now: Date): ReportWeek | null {
  if (!digestDay(calendar, rules, now)) return null;
  const today = localTime(now, calendar.timeZone).startOf('day');
  const to = today.minus({ days: (today.weekday - 1 - WEEKDAYS.indexOf(rules.weekly_on) + 7) % 7 });
  return { from: to.minus({ days: 7 }).toJSDate(), to: to.toJSDate(), date: to.toISODate() ?? '' };
}

const LISTED = 5;
const some = <T>(all: readonly T[]): Some<T> => ({ of: all.length, shown: all.slice(0, LISTED) });
const nextDue = ({ clocks }: DigestCase): Date | null =>
  clocks.length ? new Date(Math.min(...clocks.map(({ dueAt }) => +dueAt))) : null;

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

/** Whether an area's people hear of this case in a digest: it is theirs by now, and not about whoever reads it. */
const isFor = (reader: Actor) => (one: DigestCase) =>
  belongsToArea(one.kind) && !WITH_ADMINS.includes(one.state) && !one.subjects.includes(reader);

/** One area's day for one reader, from its open cases and the praise since the last digest. `endsAt`: of their day. */
export function areaDigest(
  area: string,
  cases: { readonly open: readonly DigestCase[]; readonly praise: readonly DigestCase[] },
  reader: Actor,
  { now, endsAt }: { readonly now: Date; readonly endsAt: Date },
): AreaDigest {
  const items = itemsFor(reader);
  const open = cases.open.filter(isFor(reader)).sort(byAge);
  const isOverdue = (one: DigestCase) => one.clocks.some(({ name, dueAt }) => name !== 'snooze' && dueAt <= now);
  const isPromised = ({ clocks }: DigestCase) =>
    clocks.some(({ name, dueAt }) => PROMISES.includes(name) && dueAt > now && dueAt <= endsAt);
  const [oldest] = open;
  return {
    area,
    open: open.length,
    overdue: items(open.filter(isOverdue).sort(byDue)),
    promised: items(open.filter(isPromised).sort(byDue)),
    oldest: oldest ? itemFor(reader)(oldest) : null,
    recognition: items(cases.praise.filter(isFor(reader)).filter(({ state }) => state !== 'void')),
  };
}

/** What the Admin team has before it, for one reader: nothing of what is about them. */
export function adminDigest(
  cases: Record<'unrouted' | 'inReview' | 'returned', readonly DigestCase[]>,
  failed: readonly FailedDelivery[],
  reader: Actor,
): AdminDigest {
  const list = (all: readonly DigestCase[]) =>
    itemsFor(reader)(all.filter(({ subjects }) => !subjects.includes(reader)).sort(byAge));
  return {
    unrouted: list(cases.unrouted),
    inReview: list(cases.inReview),
    returned: list(cases.returned),
    failed: some(failed),
  };
}

import { DateTime } from 'luxon';
import { belongsToArea, isRestricted } from './access';
import type { ClockName } from './allowance';
import { businessMinutesBetween, type Calendar } from './business-hours';
import type { CaseFacts, Clock } from './case';
import type { ReportWeek } from './digest';
import { CASE_KINDS, KINDS } from './kinds';
import { dayAt, momentOf } from './local-time';
import { quantile } from './quantile';
import { type Counts, counted } from './scorecard';
import { TONES, type Tone } from './severity';

/** The facts of a case that a report counts. */
export type ReportCase = Pick<
  CaseFacts,
  'kind' | 'state' | 'tone' | 'title' | 'codes' | 'sp' | 'filedAt' | 'resolution' | 'area' | 'firstAcknowledged'
> & { readonly clocks?: readonly Pick<Clock, 'name' | 'dueAt'>[] };

/** How long something took, in minutes of opening hours: the median and the 90th percentile. */
export interface Spread {
  readonly of: number;
  readonly median: number;
  readonly ninetieth: number;
}

/** A week in figures (domain section 8), for one area or, with `area: null`, for leadership. */
export interface WeeklyReport {
  readonly area: string | null;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly timeZone: string;
  /** Filed in the week, by kind, in words. */
  readonly kinds: Counts;
  readonly acknowledge: Spread | null;
  readonly resolve: Spread | null;
  /** Filed in its weeks, past a time by which someone had to answer, and not answered when it was counted. */
  readonly overdue?: number;
  /** The reasons, by code or else by title, without praise. */
  readonly reasons: Counts;
  readonly negatives: Counts;
  readonly praise: Counts;
  /** Filed in each of the last weeks, the reported one last. */
  readonly trend: readonly { readonly from: Date; readonly tones: Readonly<Record<Tone, number>> }[];
}

export const TREND_WEEKS = 8;
/** The days of the reported week, e.g. "Nov 2 – Nov 8". */
export function weekWords({ from, to, timeZone }: Pick<WeeklyReport, 'from' | 'to' | 'timeZone'>): string {
  const day = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US');
  return `${day(from).toFormat('LLL d')} – ${day(to).minus({ days: 1 }).toFormat('LLL d')}`;
}

const LISTED = 8;

/** The earliest time that a week's report counts: the start of its trend. */
export const trendStart = ({ to }: ReportWeek, timeZone: string): Date => weeksBefore(to, timeZone, TREND_WEEKS);

/** The first moment of the day this many weeks before the day that begins then. */
const weeksBefore = (dayBegins: Date, timeZone: string, weeks: number): Date =>
  momentOf(timeZone, dayAt(timeZone, dayBegins) - 7 * weeks);

/** Counts cases one by one without keeping them. */
export interface Tally {
  add(one: ReportCase): void;
  /** Null if there is nothing to report: no case in all its weeks. */
  result(): WeeklyReport | null;
}

/**
 * Counts a week. An area's report leaves out the kinds that never go to its people; for need-to-know kinds, every
 * report counts only how many were filed (domain section 10). Void cases do not count. `calendarOf`: the opening hours
 * by which the times of a case are measured.
 */
export function tally(
  area: string | null,
  week: ReportWeek,
  timeZone: string,
  calendarOf: (area: string | null) => Calendar,
): Tally {
  const trend = Array.from({ length: TREND_WEEKS }, (_, i) => ({
    from: weeksBefore(week.to, timeZone, TREND_WEEKS - i),
    tones: Object.fromEntries(TONES.map((tone) => [tone, 0])) as Record<Tone, number>,
  }));
  const kinds: string[] = [];
  const reasons: string[] = [];
  const negatives: string[] = [];
  const praise: string[] = [];
  const acknowledged: number[] = [];
  const resolved: number[] = [];
  let seen = 0;
  let overdue = 0;
  const within = (at: Date | undefined): at is Date => at !== undefined && at >= week.from && at < week.to;

  function countFiled({ kind, tone, title, codes, sp, filedAt }: ReportCase): void {
    const bar = trend.findLast(({ from }) => from <= filedAt);
    if (bar) bar.tones[tone]++;
    if (!within(filedAt)) return;
    kinds.push(KINDS[kind].label);
    if (isRestricted(kind)) return;
    const name = sp.name ? `${sp.name} (${sp.account})` : sp.account;
    if (tone === 'positive') praise.push(...(name ? [name] : []));
    else reasons.push(...(codes.length ? codes : [title]));
    if (tone === 'negative' && name) negatives.push(name);
  }
  function countTimes({ area: its, filedAt, resolution, firstAcknowledged }: ReportCase): void {
    const calendar = calendarOf(its);
    const { at: answered, handedAt } = firstAcknowledged ?? {};
    if (within(answered)) acknowledged.push(businessMinutesBetween(calendar, handedAt ?? filedAt, answered));
    if (within(resolution?.at)) resolved.push(businessMinutesBetween(calendar, filedAt, resolution.at));
  }

  return {
    add(one) {
      if (one.state === 'void' || (area !== null && !belongsToArea(one.kind))) return;
      seen++;
      if (one.filedAt < week.to) countFiled(one);
      if (isRestricted(one.kind)) return;
      countTimes(one);
      if (one.clocks?.some(({ name, dueAt }) => ANSWERS.includes(name) && dueAt < week.to)) overdue++;
    },
    result: () =>
      seen === 0
        ? null
        : {
            area,
            from: week.from,
            to: week.to,
            timeZone,
            kinds: inOrder(counted(kinds)),
            acknowledge: spread(acknowledged),
            resolve: spread(resolved),
            overdue,
            reasons: counted(reasons).slice(0, LISTED),
            negatives: counted(negatives).slice(0, LISTED),
            praise: counted(praise).slice(0, LISTED),
            trend,
          },
  };
}

/** The clocks that someone has to answer. */
const ANSWERS: readonly ClockName[] = ['acknowledge', 'update', 'callback', 'review'];

/** Kinds in the order of every list. */
const inOrder = (counts: Counts): Counts =>
  CASE_KINDS.flatMap((kind) => counts.filter(([label]) => label === KINDS[kind].label));

function spread(minutes: readonly number[]): Spread | null {
  if (!minutes.length) return null;
  return { of: minutes.length, median: quantile(minutes, 0.5), ninetieth: quantile(minutes, 0.9) };
}

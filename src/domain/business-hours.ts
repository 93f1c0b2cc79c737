import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Holiday, holidayPlaceFault, holidaysAround } from './holidays';
import { dateOf, instantOf, readDate, weekdayOf } from './local-time';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** No zone is further behind UTC. */
const FURTHEST_BEHIND = DAY / 2;
/** A calendar that does not open for this many days in a row counts as permanently closed. */
const LONGEST_CLOSURE_DAYS = 800;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** From inclusive to exclusive, epoch ms; either instants, or wall-clock time read as if it were UTC. */
type Span = readonly [from: number, to: number];

/** Opening hours of one area in its own time zone. Made by `calendarFor` only. */
export interface Calendar {
  readonly timeZone: string;
  /** Open spans (instants, ascending) of a local day, counted in days from 1970-01-01. */
  readonly openOn: (day: number) => readonly Span[];
}

/** What is wrong with the hours of one day, each with its position. Empty if nothing is. */
export function hoursFaults(ranges: readonly (readonly [string, string])[]): { index: number; reason: string }[] {
  const inOrder = ranges.map(([from, to], index) => ({ from, to, index })).sort((a, b) => a.from.localeCompare(b.from));
  return inOrder.flatMap(({ from, to, index }, place) => {
    const [opens, closes] = [minuteOfDay(from), minuteOfDay(to)];
    const before = inOrder[place - 1];
    if (opens === null || closes === null)
      return [{ index, reason: `${from}–${to} is not a time range: use 00:00 to 24:00` }];
    if (opens >= closes)
      return [
        {
          index,
          reason: `${from}–${to} ends before it starts: split hours past midnight into ${from}–24:00 and, on the next day, 00:00–${to}`,
        },
      ];
    if (before && before.to > from)
      return [{ index, reason: `${from}–${to} overlaps ${before.from}–${before.to}: join them into one` }];
    return [];
  });
}

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
      .strictObject({ country: z.string().length(2).toUpperCase(), state: z.string().toUpperCase().optional() })
      .nullable()
      .default(null),
    days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), z.array(HourRange)).default({}),
  })
  .superRefine((rules, context) => {
    for (const { path, reason } of calendarFaults(rules)) context.addIssue({ code: 'custom', path, message: reason });
  });
export type CalendarRules = z.infer<typeof CalendarRules>;

/** What is wrong with calendar rules, each with its path. Empty if nothing is. */
export function calendarFaults(rules: CalendarRules): { path: (string | number)[]; reason: string }[] {
  const faults: { path: (string | number)[]; reason: string }[] = [];
  const checkHours = (hours: readonly (readonly [string, string])[], path: (string | number)[]) => {
    for (const { index, reason } of hoursFaults(hours)) faults.push({ path: [...path, index], reason });
  };
  for (const day of WEEKDAYS) checkHours(rules.hours[day], ['hours', day]);
  for (const [date, hours] of Object.entries(rules.days)) {
    if (readDate(date) === null) faults.push({ path: ['days', date], reason: `${date} is not a day of the calendar` });
    checkHours(hours, ['days', date]);
  }
  if (WEEKDAYS.every((day) => rules.hours[day].length === 0))
    faults.push({ path: ['hours'], reason: 'it never opens: give at least one day opening hours' });
  const placeFault = rules.holidays && holidayPlaceFault(rules.holidays);
  if (placeFault) faults.push({ path: ['holidays', placeFault.part], reason: placeFault.reason });
  return faults;
}

const calendars = new WeakMap<CalendarRules, Map<string, Calendar>>();

/**
 * The calendar of these rules in an IANA time zone, or one sentence saying why there is none (domain section 8). Hours
 * are wall-clock hours: a time skipped when clocks go forward becomes the change, and one that occurs twice means the
 * first. An entry in `days` replaces its whole day, holiday or not.
 */
export function calendarFor(
  rules: CalendarRules,
  timeZone: string,
): { ok: true; calendar: Calendar } | { ok: false; fault: string } {
  const made = calendars.get(rules)?.get(timeZone);
  if (made) return { ok: true, calendar: made };
  if (!IANAZone.isValidZone(timeZone))
    return { ok: false, fault: `${timeZone} is not a time zone: use an IANA name such as America/Denver.` };
  const [fault] = calendarFaults(rules);
  if (fault) return { ok: false, fault: `The calendar cannot be used (${fault.path.join('.')}): ${fault.reason}.` };
  const calendar = makeCalendar(rules, IANAZone.create(timeZone));
  const siblings = calendars.get(rules) ?? new Map<string, Calendar>();
  calendars.set(rules, siblings.set(timeZone, calendar));
  return { ok: true, calendar };
}

/**
 * The earliest instant by which `minutes` of business time have passed since `start`: within opening hours or at their
 * very end; `start` itself for 0. Throws on a negative count and on an invalid date.
 */
export function addBusinessMinutes(calendar: Calendar, start: Date, minutes: number): Date {
  if (!(minutes >= 0)) throw new RangeError(`Business time runs forward only; ${minutes} minutes were asked for.`);
  let left = Math.round(minutes * MINUTE);
  if (left === 0) return new Date(start);
  for (const [from, to] of openFrom(calendar, +start)) {
    const begin = Math.max(from, +start);
    if (left <= to - begin) return new Date(begin + left);
    left -= to - begin;
  }
  throw neverOpens(calendar, start);
}

/** Minutes of business time from `a` to `b`; 0 when `b` is not after `a`. */
export function businessMinutesBetween(calendar: Calendar, a: Date, b: Date): number {
  let open = 0;
  if (!(+b > +a)) return 0;
  for (const [from, to] of openFrom(calendar, +a, +b)) open += Math.max(0, Math.min(to, +b) - Math.max(from, +a));
  return open / MINUTE;
}

/** Whether business time passes at this instant; opening is inclusive, closing is not. */
export function isOpen(calendar: Calendar, at: Date): boolean {
  return +nextOpening(calendar, at) === +at;
}

/** `at` itself if open then, else the next opening. */
export function nextOpening(calendar: Calendar, at: Date): Date {
  for (const [from] of openFrom(calendar, +at)) return new Date(Math.max(from, +at));
  throw neverOpens(calendar, at);
}

const neverOpens = (calendar: Calendar, after: Date) =>
  new RangeError(`The calendar in ${calendar.timeZone} never opens after ${after.toISOString()}.`);

/** Open spans that end after `start` and, if `end` is given, begin before it; ascending. */
function* openFrom(calendar: Calendar, start: number, end = Number.POSITIVE_INFINITY): Generator<Span> {
  if (Number.isNaN(start)) throw new RangeError('Business time was asked for an invalid date.');
  // The day before, too: a clock that goes back over midnight repeats its end.
  let day = Math.floor((start - FURTHEST_BEHIND) / DAY) - 1;
  for (let lastOpen = day; day - lastOpen < LONGEST_CLOSURE_DAYS; day++) {
    if ((day - 2) * DAY > end) return;
    for (const span of calendar.openOn(day)) {
      lastOpen = day;
      if (span[0] >= end) return;
      if (span[1] > start) yield span;
    }
  }
}

/** This weekday's hours, before holidays and special days. */
const weekHours = (rules: CalendarRules, day: number) => rules.hours[WEEKDAYS[weekdayOf(day) % 7] ?? 'sun'];

/** The hours of a day (counted from 1970-01-01) in wall-clock time read as if it were UTC, ascending. */
function hoursOn(rules: CalendarRules, day: number): readonly Span[] {
  const own = rules.days[dateOf(day)];
  const moment = (time: string) => day * DAY + (minuteOfDay(time) ?? 0) * MINUTE;
  const hours = (own ?? weekHours(rules, day)).map(([from, to]): Span => [moment(from), moment(to)]);
  hours.sort((a, b) => a[0] - b[0]);
  if (own || !rules.holidays) return hours;
  const closures = holidaysAround(rules.holidays, day).map(({ span }) => span);
  return hours.flatMap((span) => without(span, closures));
}

/** A day that is closed although its weekday opens, and why: the holiday's name, or null for a special day. */
export interface ClosedDay {
  readonly date: string;
  readonly name: string | null;
}

/** The next days from `from` on (counted from 1970-01-01) that are closed although their weekday opens, in order. */
export function closedDays(rules: CalendarRules, from: number, most: number): readonly ClosedDay[] {
  const found: ClosedDay[] = [];
  for (let day = from; day - from < LONGEST_CLOSURE_DAYS && found.length < most; day++) {
    if (!weekHours(rules, day).length || hoursOn(rules, day).length) continue;
    const date = dateOf(day);
    const touches = ({ span: [start, end] }: Holiday) => start < (day + 1) * DAY && end > day * DAY;
    const holiday = rules.days[date] || !rules.holidays ? null : holidaysAround(rules.holidays, day).find(touches);
    found.push({ date, name: holiday?.name ?? null });
  }
  return found;
}

function makeCalendar(rules: CalendarRules, zone: IANAZone): Calendar {
  const days = new Map<number, readonly Span[]>();
  const openOn = (day: number): readonly Span[] => {
    const known = days.get(day);
    if (known) return known;
    const spans = hoursOn(rules, day)
      .map(([from, to]): Span => [instantOf(zone, from), instantOf(zone, to)])
      .filter(([from, to]) => from < to);
    days.set(day, spans);
    return spans;
  };
  return { timeZone: zone.name, openOn };
}

/** What is left of a span without the closures (in any order, may overlap). */
function without(span: Span, closures: readonly Span[]): Span[] {
  return closures.reduce<Span[]>(
    (open, [from, to]) =>
      open.flatMap(([start, end]): Span[] => {
        if (to <= start || from >= end) return [[start, end]];
        const rest: Span[] = [
          [start, from],
          [to, end],
        ];
        return rest.filter(([left, right]) => left < right);
      }),
    [span],
  );
}

/** Minutes since midnight of `HH:MM`, up to 24:00; null if it is not a time. */
function minuteOfDay(text: string): number | null {
  const [hours, minutes] = text.split(':').map(Number);
  if (hours === undefined || minutes === undefined || !(minutes < 60) || !(hours * 60 + minutes <= 24 * 60))
    return null;
  return hours * 60 + minutes;
}

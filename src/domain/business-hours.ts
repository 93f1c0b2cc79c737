import { IANAZone } from 'luxon';
import { holidayLibrary } from './holiday-library';
import type { CalendarRules } from './policy';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** No zone is further behind UTC. */
const FURTHEST_BEHIND = DAY / 2;
/** A calendar that opens on none of this many days in a row is taken to be closed for good. */
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

/** What is wrong with calendar rules, each with the place in the rules it concerns. Empty when they can be used. */
export function calendarFaults(rules: CalendarRules): { path: (string | number)[]; reason: string }[] {
  const faults: { path: (string | number)[]; reason: string }[] = [];
  const checkRanges = (ranges: readonly (readonly [string, string])[], path: (string | number)[]) => {
    const inOrder = ranges
      .map(([from, to], index) => ({ from, to, path: [...path, index] }))
      .sort((a, b) => a.from.localeCompare(b.from));
    inOrder.forEach(({ from, to, path }, index) => {
      const [opens, closes] = [minuteOfDay(from), minuteOfDay(to)];
      const before = inOrder[index - 1];
      if (opens === null || closes === null)
        faults.push({ path, reason: `${from}–${to} is not a time range: use 00:00 to 24:00` });
      else if (opens >= closes)
        faults.push({
          path,
          reason: `${from}–${to} ends before it starts: split hours past midnight into ${from}–24:00 and, on the next day, 00:00–${to}`,
        });
      else if (before && before.to > from)
        faults.push({ path, reason: `${from}–${to} overlaps ${before.from}–${before.to}: join them into one` });
    });
  };
  for (const day of WEEKDAYS) checkRanges(rules.hours[day], ['hours', day]);
  for (const [date, ranges] of Object.entries(rules.days)) {
    if (Number.isNaN(Date.parse(`${date}T00:00Z`)) || dateOf(Date.parse(`${date}T00:00Z`) / DAY) !== date)
      faults.push({ path: ['days', date], reason: `${date} is not a day of the calendar` });
    checkRanges(ranges, ['days', date]);
  }
  if (WEEKDAYS.every((day) => rules.hours[day].length === 0))
    faults.push({ path: ['hours'], reason: 'it never opens: give at least one weekday opening hours' });
  if (rules.holidays) {
    const { country, state } = rules.holidays;
    const known = new (holidayLibrary())();
    if (!Object.hasOwn(known.getCountries(), country.toUpperCase()))
      faults.push({ path: ['holidays', 'country'], reason: `no public holidays are known for the country ${country}` });
    else if (state !== undefined && !Object.hasOwn(known.getStates(country) ?? {}, state.toUpperCase()))
      faults.push({
        path: ['holidays', 'state'],
        reason: `no public holidays are known for the state ${state} of ${country}`,
      });
  }
  return faults;
}

const calendars = new WeakMap<CalendarRules, Map<string, Calendar>>();

/**
 * The calendar of these rules in an IANA time zone, or one sentence saying why there is none (domain section 8).
 * Hours are wall-clock hours: one that is skipped when clocks go forward begins at the change, and one that occurs
 * twice when they go back means its first occurrence. An entry in `days` stands for its whole day, holiday or not.
 */
export function calendarFor(
  rules: CalendarRules,
  timeZone: string,
): { ok: true; calendar: Calendar } | { ok: false; fault: string } {
  const made = calendars.get(rules)?.get(timeZone);
  if (made) return { ok: true, calendar: made };
  if (!IANAZone.isValidZone(timeZone))
    return { ok: false, fault: `${timeZone} is no time zone: use an IANA name such as America/Denver.` };
  const [fault] = calendarFaults(rules);
  if (fault) return { ok: false, fault: `The calendar cannot be used (${fault.path.join('.')}): ${fault.reason}.` };
  const calendar = makeCalendar(rules, IANAZone.create(timeZone));
  const siblings = calendars.get(rules) ?? new Map<string, Calendar>();
  calendars.set(rules, siblings.set(timeZone, calendar));
  return { ok: true, calendar };
}

/**
 * The earliest instant by which `minutes` of business time have passed since `start`: within opening hours or at the
 * very end of them, and `start` itself for 0. Throws on a negative count and on an invalid date.
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

/** `at` itself when open then, else the instant of the next opening. */
export function nextOpening(calendar: Calendar, at: Date): Date {
  for (const [from] of openFrom(calendar, +at)) return new Date(Math.max(from, +at));
  throw neverOpens(calendar, at);
}

const neverOpens = (calendar: Calendar, after: Date) =>
  new RangeError(`The calendar in ${calendar.timeZone} never opens after ${after.toISOString()}.`);

/** Open spans that end after `start` and, where `end` is given, begin before it; ascending. */
function* openFrom(calendar: Calendar, start: number, end = Number.POSITIVE_INFINITY): Generator<Span> {
  if (Number.isNaN(start)) throw new RangeError('Business time was asked of an invalid date.');
  // The day before too: a clock that goes back over midnight repeats its end.
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

function makeCalendar(rules: CalendarRules, zone: IANAZone): Calendar {
  const days = new Map<number, readonly Span[]>();
  const compute = (day: number): Span[] => {
    const own = rules.days[dateOf(day)];
    const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7] ?? 'sun';
    const hours = (own ?? rules.hours[weekday]).map(([from, to]): Span => {
      return [day * DAY + (minuteOfDay(from) ?? 0) * MINUTE, day * DAY + (minuteOfDay(to) ?? 0) * MINUTE];
    });
    return hours
      .sort((a, b) => a[0] - b[0])
      .flatMap((span) => (own || !rules.holidays ? [span] : without(span, holidaysAround(rules.holidays, day))))
      .map(([from, to]): Span => [instantOf(zone, from), instantOf(zone, to)])
      .filter(([from, to]) => from < to);
  };
  const openOn = (day: number): readonly Span[] => {
    const known = days.get(day);
    if (known) return known;
    const spans = compute(day);
    days.set(day, spans);
    return spans;
  };
  return { timeZone: zone.name, openOn };
}

/** The instant at which the wall clock (read as if it were UTC, ms) first shows this time, or the change that skips it. */
export function instantOf(zone: IANAZone, wall: number): number {
  const [before, after] = [zone.offset(wall - DAY) * MINUTE, zone.offset(wall + DAY) * MINUTE];
  if (before === after) return wall - before;
  const shown = [wall - before, wall - after]
    .filter((instant) => instant + zone.offset(instant) * MINUTE === wall)
    .sort((a, b) => a - b)[0];
  if (shown !== undefined) return shown;
  let [earlier, later] = [wall - after, wall - before];
  while (later - earlier > 1) {
    const middle = Math.floor((earlier + later) / 2);
    if (zone.offset(middle) * MINUTE === before) earlier = middle;
    else later = middle;
  }
  return later;
}

/** What is left of a span once the closures (any order, may overlap) are taken out. */
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

const holidayTables = new Map<string, readonly Span[]>();

/** Public holidays (wall clock) that can touch a day: those of its year and the year before. */
function holidaysAround(place: { country: string; state?: string | undefined }, day: number): readonly Span[] {
  const year = new Date(day * DAY).getUTCFullYear();
  const key = `${place.country}/${place.state ?? ''}/${year}`;
  const known = holidayTables.get(key);
  if (known) return known;
  const options = { timezone: 'UTC', types: ['public' as const] };
  const Library = holidayLibrary();
  const holidays = place.state ? new Library(place.country, place.state, options) : new Library(place.country, options);
  const spans = [year - 1, year].flatMap((each) =>
    holidays.getHolidays(each).map(({ start, end }): Span => [+start, +end]),
  );
  holidayTables.set(key, spans);
  return spans;
}

const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** Minutes since midnight of `HH:MM`, up to 24:00; null when it is no time of day. */
function minuteOfDay(text: string): number | null {
  const [hours, minutes] = text.split(':').map(Number);
  if (hours === undefined || minutes === undefined || !(minutes < 60) || !(hours * 60 + minutes <= 24 * 60))
    return null;
  return hours * 60 + minutes;
}

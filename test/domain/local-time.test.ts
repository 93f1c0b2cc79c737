import { DateTime, IANAZone } from 'luxon';
import { CalendarRules, calendarFor, isOpen, nextOpening } from '../../src/domain/business-hours';
import { type Cover, coverOf } from '../../src/domain/cover';
import { digestDay, reportWeek } from '../../src/domain/digest';
import { FORMS } from '../../src/domain/forms';
import { callbackFaults } from '../../src/domain/forms/callback';
import { dateOf, dayAt, dayStart, momentOf, readDate, weekdayOf } from '../../src/domain/local-time';
import { quietUntil, readTimeOfDay, zoneOr } from '../../src/domain/preferences';
import { timeZones } from '../../src/domain/time-zones';
import { byNight, NIGHTLY } from '../support/nightly';
import { changesOf, FROM_2024, ODD_ZONES, TO_2028, unlike } from '../support/zones';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** By night, every kind of zone, which takes some minutes. */
const ZONES: readonly string[] = NIGHTLY ? [...new Set([...ODD_ZONES, ...unlike(timeZones())])] : ODD_ZONES;
const ALWAYS: [string, string][] = [['00:00', '24:00']];
const rulesOf = (hours: [string, string][]) =>
  CalendarRules.parse({
    hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
  });
const EVERY_DAY = rulesOf(ALWAYS);
function calendarIn(zone: string, rules = EVERY_DAY) {
  const made = calendarFor(rules, zone);
  if (!made.ok) throw new Error(made.fault);
  return made.calendar;
}
/** Every day of four years, by number. */
const EVERY = Array.from({ length: (TO_2028 - FROM_2024) / DAY }, (_, i) => FROM_2024 / DAY + i);
const local = (at: Date, zone: string) => DateTime.fromJSDate(at, { zone });
/** Instants through the three days around every clock change of a zone. */
function* around(zone: string, everyMinutes: number, year?: number): Generator<readonly Date[]> {
  for (const change of changesOf(zone).filter((at) => !year || at.getUTCFullYear() === year)) {
    const ticks = Math.floor((3 * 24 * 60) / everyMinutes);
    yield Array.from({ length: ticks }, (_, i) => new Date(+change - 1.5 * DAY + i * everyMinutes * MINUTE));
  }
}

it('the clock changes in these tests are those of the zones', () => {
  expect(changesOf('America/Havana')[0]?.toISOString()).toBe('2024-03-10T05:00:00.000Z');
  expect(changesOf('Asia/Kolkata')).toEqual([]);
  expect(changesOf('Asia/Almaty').map((at) => at.toISOString())).toEqual(['2024-02-29T18:00:00.000Z']);
  expect(changesOf('Antarctica/Troll')).toHaveLength(8);
});

describe('a local day', () => {
  it('begins once on each day of four years, when the previous one is over', () => {
    const wrong = ZONES.flatMap((zone) =>
      EVERY.filter((day) => {
        const begins = momentOf(zone, day);
        return dayAt(zone, begins) !== day || dayAt(zone, new Date(+begins - 1)) >= day;
      }).map((day) => `${zone} ${dateOf(day)}`),
    );
    expect(wrong).toEqual([]);
  });

  it("matches luxon's, around every clock change", () => {
    const wrong = [];
    for (const zone of ODD_ZONES)
      for (const ticks of around(zone, 211))
        for (const at of ticks) {
          const [day, expected] = [dayAt(zone, at), local(at, zone)];
          if (dateOf(day) !== expected.toISODate() || weekdayOf(day) !== expected.weekday) wrong.push([zone, at]);
        }
    expect(wrong).toEqual([]);
  });

  it('begins at the first of two midnights, and at the change if there is none', () => {
    expect(dayStart('America/Havana', '2026-11-01').toISOString()).toBe('2026-11-01T04:00:00.000Z');
    expect(dayStart('Asia/Beirut', '2026-03-29').toISOString()).toBe('2026-03-28T22:00:00.000Z');
    expect(dayStart('Africa/Cairo', '2026-04-24').toISOString()).toBe('2026-04-23T22:00:00.000Z');
    expect(dayStart('Asia/Calcutta', '2026-04-24')).toEqual(dayStart('Asia/Kolkata', '2026-04-24'));
    expect(dayStart('US/Pacific', '2026-11-01', 1)).toEqual(dayStart('America/Los_Angeles', '2026-11-02'));
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', 'tomorrow', ''])('is not %j', (text) => {
    expect(readDate(text)).toBeNull();
    expect(() => dayStart('UTC', text)).toThrow('not a day of the calendar');
  });
});

describe("a day's digest", () => {
  const TIMES = NIGHTLY ? ['00:00', '00:30', '02:15', '08:00', '23:51', '23:56', '23:59'] : ['02:15', '23:56'];
  const rulesAt = (daily_at: string) => ({ daily_at, weekly_on: 'mon' as const });
  const momentAt = (zone: string, day: number, time: string) => momentOf(zone, day, readTimeOfDay(time) ?? Number.NaN);

  const isSpring = (zone: string, at: Date) =>
    IANAZone.create(zone).offset(+at) > IANAZone.create(zone).offset(+at - 1);

  it('has its time on every day of four years: at its hour, or at the clock change that skips it', () => {
    const wrong = [];
    for (const zone of ZONES)
      for (const time of TIMES) {
        let before = 0;
        for (const day of EVERY) {
          const moment = momentAt(zone, day, time);
          const offset = IANAZone.create(zone).offset(+moment);
          const shown = +moment + offset * MINUTE - day * DAY;
          const isRight = shown === (readTimeOfDay(time) ?? 0) * MINUTE || isSpring(zone, moment);
          if (+moment <= before || !isRight) wrong.push([zone, time, dateOf(day)]);
          before = +moment;
        }
      }
    expect(wrong).toEqual([]);
  });

  it('is owed from its time on, on days of every kind in four years', () => {
    const wrong = [];
    for (const zone of ZONES)
      for (const time of TIMES)
        for (const day of EVERY.filter((each) => each % (NIGHTLY ? 5 : 97) === 0)) {
          const moment = momentAt(zone, day, time);
          const at = (ms: number) => digestDay(calendarIn(zone), rulesAt(time), new Date(+moment + ms));
          if (at(0)?.date !== dateOf(day) || +(at(0)?.dueAt ?? 0) !== +moment || at(-1)?.date === dateOf(day))
            wrong.push([zone, time, dateOf(day)]);
        }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['ten minutes', 10, NIGHTLY ? undefined : 2026],
    ['hour and a minute', 61, NIGHTLY ? undefined : 2027],
  ])('comes once and on time around every clock change, with a look every %s', (_words, everyMinutes, year) => {
    const wrong = [];
    for (const zone of byNight(ODD_ZONES, 5))
      for (const time of TIMES)
        for (const ticks of around(zone, everyMinutes, year)) {
          const written = new Map<string, Date>();
          for (const now of ticks) {
            const owed = digestDay(calendarIn(zone), rulesAt(time), now);
            if (owed && !written.has(owed.date)) written.set(owed.date, now);
          }
          const dates = [...written.keys()];
          const days = dates.map((date) => readDate(date) ?? 0);
          const isInARow = days.length >= 3 && days.every((day, i) => i === 0 || day === (days[i - 1] ?? 0) + 1);
          const late = days
            .slice(1)
            .map((day, i) => +(written.get(dates[i + 1] ?? '') ?? 0) - +momentAt(zone, day, time));
          if (!isInARow || late.some((ms) => ms < 0 || ms >= everyMinutes * MINUTE)) wrong.push([zone, time, dates]);
        }
    expect(wrong).toEqual([]);
  });

  it('after downtime covers only the present day, and past midnight still comes for two hours after its time', () => {
    const rules = { daily_at: '09:00', weekly_on: 'mon' as const };
    const late = { ...rules, daily_at: '23:56' };
    const calendar = calendarIn('America/Denver');
    const at = (wall: string) => DateTime.fromISO(wall, { zone: 'America/Denver' }).toJSDate();
    const dateAt = (wall: string, given = rules) => digestDay(calendar, given, at(wall))?.date ?? null;
    expect(dateAt('2026-11-05T15:00')).toBe('2026-11-05');
    expect(dateAt('2026-11-06T08:59')).toBeNull();
    expect(dateAt('2026-11-06T00:20', late)).toBe('2026-11-05');
    expect(dateAt('2026-11-06T01:55', late)).toBe('2026-11-05');
    expect(dateAt('2026-11-06T01:56', late)).toBeNull();
    expect(dateAt('2026-11-06T23:56', late)).toBe('2026-11-06');
  });

  it('brings the weekly report of the same week, however late in the evening', () => {
    for (const zone of ODD_ZONES)
      for (const daily_at of ['00:00', '09:00', '23:51', '23:59']) {
        const rules = { daily_at, weekly_on: 'mon' as const };
        const monday = momentOf(zone, readDate('2026-11-02') ?? 0, readTimeOfDay(daily_at) ?? 0);
        for (const lateMinutes of [0, 9, 60]) {
          const week = reportWeek(calendarIn(zone), rules, new Date(+monday + lateMinutes * MINUTE));
          expect(week).toEqual({
            from: dayStart(zone, '2026-10-26'),
            to: dayStart(zone, '2026-11-02'),
            date: '2026-11-02',
          });
        }
        expect(reportWeek(calendarIn(zone), rules, new Date(+monday - 1))?.date).not.toBe('2026-11-02');
      }
  });
});

describe('a person whose Slack profile has no zone, or an old one', () => {
  it.each([
    [null, 'America/Chicago'],
    ['', 'America/Chicago'],
    ['Mars/Base', 'America/Chicago'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['US/Pacific', 'US/Pacific'],
  ])('%j uses %s', (told, zone) => {
    expect(zoneOr(told, 'America/Chicago')).toBe(zone);
    expect(IANAZone.isValidZone(zoneOr(told, 'America/Chicago'))).toBe(true);
  });

  it('has the same quiet hours and the same digest as with the new name', () => {
    const night = { from: 22 * 60, to: 6 * 60 };
    for (const [old, modern] of [
      ['Asia/Calcutta', 'Asia/Kolkata'],
      ['US/Pacific', 'America/Los_Angeles'],
    ] as const)
      for (let hour = 0; hour < 24; hour++) {
        const now = new Date(Date.UTC(2026, 10, 1, hour, 30));
        expect(quietUntil(night, old, now)).toEqual(quietUntil(night, modern, now));
        const rules = { daily_at: '08:00', weekly_on: 'mon' as const };
        expect(digestDay(calendarIn(old), rules, now)).toEqual(digestDay(calendarIn(modern), rules, now));
      }
  });
});

describe('quiet hours from 22:00 to 06:00', () => {
  const NIGHT = { from: 22 * 60, to: 6 * 60 };
  it('hold by the wall clock, and end at six, around every clock change', () => {
    const wrong = [];
    for (const zone of ODD_ZONES)
      for (const ticks of around(zone, 113))
        for (const now of ticks) {
          const { hour } = local(now, zone);
          const until = quietUntil(NIGHT, zone, now);
          const isQuiet = hour >= 22 || hour < 6;
          const endsRight =
            !until ||
            (local(until, zone).toFormat('HH:mm') === '06:00' &&
              +until - +now <= 10 * 60 * MINUTE &&
              !quietUntil(NIGHT, zone, until));
          if (isQuiet !== (until !== null) || !endsRight) wrong.push([zone, now, until]);
        }
    expect(wrong).toEqual([]);
  });
});

describe('a cover until Sunday', () => {
  it('is in force through all of Sunday and not a moment longer, whatever the clocks do that day', () => {
    const wrong = [];
    for (const zone of ODD_ZONES)
      for (const change of changesOf(zone)) {
        const sunday = dayAt(zone, change);
        const days = { from: momentOf(zone, sunday - 1), until: momentOf(zone, sunday + 1) };
        const cover: Cover = { id: 'c', person: 'U1', deputy: 'U2', ...days, state: 'accepted' };
        for (let ms = +change - 2 * DAY; ms < +change + 3 * DAY; ms += 83 * MINUTE) {
          const at = new Date(ms);
          const day = dayAt(zone, at);
          const stands = coverOf([cover], 'U1', at)?.deputy === 'U2';
          if (stands !== (day === sunday - 1 || day === sunday)) wrong.push([zone, at]);
        }
      }
    expect(wrong).toEqual([]);
  });
});

describe('a promised callback', () => {
  const form = FORMS.leadership;
  const question = form.callbackQuestion ?? '';
  const faultsAt = (at: Date, calendar: ReturnType<typeof calendarIn>, now: Date) =>
    callbackFaults(form, { [question]: at.toISOString() }, { calendar, now, respondBy: null, zone: calendar.timeZone });

  it('is refused outside of opening hours with a time that is accepted, around every clock change', () => {
    const nights = rulesOf([
      ['00:30', '02:15'],
      ['09:00', '17:00'],
    ]);
    const wrong = [];
    for (const zone of ODD_ZONES) {
      const calendar = calendarIn(zone, nights);
      for (const ticks of around(zone, 173))
        for (const at of ticks) {
          const now = new Date(+at - MINUTE);
          const isTaken = faultsAt(at, calendar, now).length === 0;
          if (isTaken !== isOpen(calendar, at) || faultsAt(nextOpening(calendar, at), calendar, now).length)
            wrong.push([zone, at]);
        }
    }
    expect(wrong).toEqual([]);
  });
});

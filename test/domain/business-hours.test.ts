import { DateTime } from 'luxon';
import {
  addBusinessMinutes,
  businessMinutesBetween,
  CalendarRules,
  calendarFor,
  isOpen,
  nextOpening,
} from '../../src/domain/business-hours';
import { calendar, closed, daily, rules, weekdays } from '../support/business-hours';

/** The instant a wall clock shows, e.g. `at('2026-03-08T09:00', 'America/New_York')`. */
const at = (wall: string, zone: string) => DateTime.fromISO(wall, { zone }).toJSDate();
const wall = (instant: Date, zone: string) => DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

const office = rules(weekdays(['08:00', '18:00']));

describe('business time', () => {
  const denver = 'America/Denver';

  it('passes only during opening hours', () => {
    const open = calendar(office, denver);
    expect(wall(addBusinessMinutes(open, at('2026-01-05T09:00', denver), 240), denver)).toBe('2026-01-05T13:00');
    expect(wall(addBusinessMinutes(open, at('2026-01-05T16:00', denver), 240), denver)).toBe('2026-01-06T10:00');
    expect(wall(addBusinessMinutes(open, at('2026-01-09T17:00', denver), 120), denver)).toBe('2026-01-12T09:00');
    expect(wall(addBusinessMinutes(open, at('2026-01-10T12:00', denver), 1), denver)).toBe('2026-01-12T08:01');
  });

  it('lands at the earliest instant: closing time rather than the next opening, and the start itself for zero', () => {
    const open = calendar(office, denver);
    expect(wall(addBusinessMinutes(open, at('2026-01-05T16:00', denver), 120), denver)).toBe('2026-01-05T18:00');
    const saturday = at('2026-01-10T12:00', denver);
    expect(addBusinessMinutes(open, saturday, 0)).toEqual(saturday);
  });

  it('knows when it is open and when it opens next', () => {
    const open = calendar(office, denver);
    expect(isOpen(open, at('2026-01-05T08:00', denver))).toBe(true);
    expect(isOpen(open, at('2026-01-05T18:00', denver))).toBe(false);
    expect(wall(nextOpening(open, at('2026-01-09T18:00', denver)), denver)).toBe('2026-01-12T08:00');
    expect(nextOpening(open, at('2026-01-05T09:30', denver))).toEqual(at('2026-01-05T09:30', denver));
  });

  it('respects breaks, public holidays of the state, half-days and special days', () => {
    const open = calendar(
      rules(weekdays(['13:00', '17:00'], ['08:00', '12:00']), {
        holidays: { country: 'US', state: 'CO' },
        days: {
          '2026-12-24': [['08:00', '10:00']],
          '2026-01-07': [],
          '2026-07-03': [['09:00', '10:00']],
          '2026-01-10': [['10:00', '11:00']],
        },
      }),
      denver,
    );
    const minutesOn = (day: string) =>
      businessMinutesBetween(open, at(`${day}T00:00`, denver), at(`${day}T23:59`, denver));
    expect(wall(addBusinessMinutes(open, at('2026-01-05T11:30', denver), 60), denver)).toBe('2026-01-05T13:30');
    expect(minutesOn('2026-01-05')).toBe(480);
    expect(minutesOn('2026-12-24')).toBe(120);
    expect(minutesOn('2026-01-07')).toBe(0);
    expect(minutesOn('2026-01-10')).toBe(60);
    // Only Colorado has Frances Xavier Cabrini Day; July 3, 2026 is observed for the 4th, a Saturday.
    expect(minutesOn('2026-10-05')).toBe(0);
    expect(minutesOn('2026-07-03')).toBe(60);
    expect(minutesOn('2026-11-26')).toBe(0);
  });

  it('opens until noon where a public holiday begins at noon', () => {
    const open = calendar(rules(weekdays(['08:00', '18:00']), { holidays: { country: 'GT' } }), 'America/Guatemala');
    const day = (time: string) => at(`2026-12-24T${time}`, 'America/Guatemala');
    expect(businessMinutesBetween(open, day('00:00'), day('23:00'))).toBe(240);
  });

  it('counts February 29 only in leap years', () => {
    const open = calendar(rules(daily(['08:00', '18:00'])), denver);
    const february = (year: number) =>
      businessMinutesBetween(open, at(`${year}-02-01T00:00`, denver), at(`${year}-03-01T00:00`, denver)) / 600;
    expect([2024, 2026, 2028, 2100].map(february)).toEqual([29, 28, 29, 28]);
  });

  it('accepts only non-negative counts, valid dates, and calendars that open', () => {
    const open = calendar(office, denver);
    expect(() => addBusinessMinutes(open, new Date(0), -1)).toThrow(RangeError);
    expect(() => addBusinessMinutes(open, new Date(Number.NaN), 1)).toThrow('invalid date');
    expect(businessMinutesBetween(open, new Date(1e9), new Date(0))).toBe(0);
  });
});

describe('clock changes', () => {
  const allDay = rules(daily(['00:00', '24:00']));
  const minutes = (given: CalendarRules, zone: string, from: string, to: string) =>
    businessMinutesBetween(calendar(given, zone), at(from, zone), at(to, zone));

  it.each([
    ['America/New_York', '2026-03-08', 23 * 60],
    ['America/New_York', '2026-11-01', 25 * 60],
    ['America/Denver', '2026-03-08', 23 * 60],
    ['America/Denver', '2026-11-01', 25 * 60],
    ['Australia/Lord_Howe', '2026-10-04', 23.5 * 60],
    ['Australia/Lord_Howe', '2026-04-05', 24.5 * 60],
    ['America/Havana', '2026-03-08', 23 * 60],
    ['America/Havana', '2026-11-01', 25 * 60],
  ])('make the day to noon of %s on %s %d minutes long', (zone, day, length) => {
    const eve = DateTime.fromISO(day, { zone }).minus({ days: 1 }).toFormat('yyyy-MM-dd');
    expect(minutes(allDay, zone, `${eve}T12:00`, `${day}T12:00`)).toBe(length);
  });

  it('leave office hours on the wall clock', () => {
    const open = calendar(rules(daily(['08:00', '18:00'])), 'America/New_York');
    for (const day of ['2026-03-07', '2026-10-31'])
      expect(wall(addBusinessMinutes(open, at(`${day}T17:00`, 'America/New_York'), 120), 'America/New_York')).toMatch(
        /T09:00$/,
      );
  });

  it('shorten a night shift in spring and lengthen it in autumn', () => {
    const night = rules(daily(['00:00', '06:00']));
    expect(minutes(night, 'America/New_York', '2026-03-08', '2026-03-09')).toBe(300);
    expect(minutes(night, 'America/New_York', '2026-11-01', '2026-11-02')).toBe(420);
    expect(minutes(night, 'Australia/Lord_Howe', '2026-10-04', '2026-10-05')).toBe(330);
  });

  it('move a skipped time to the change, and take the first of two', () => {
    const skipped = calendar(rules(daily(['02:30', '05:00'])), 'America/Denver');
    expect(nextOpening(skipped, at('2026-03-08T00:00', 'America/Denver')).toISOString()).toBe(
      '2026-03-08T09:00:00.000Z',
    );
    expect(minutes(rules(daily(['00:00', '02:30'])), 'America/Denver', '2026-03-08', '2026-03-09')).toBe(120);
    const twice = calendar(rules(daily(['01:30', '05:00'])), 'America/Denver');
    expect(nextOpening(twice, at('2026-11-01T00:00', 'America/Denver')).toISOString()).toBe('2026-11-01T07:30:00.000Z');
  });

  it('pass over a day that did not exist', () => {
    expect(minutes(allDay, 'Pacific/Apia', '2011-12-29', '2012-01-01')).toBe(2 * 24 * 60);
  });
});

describe('a calendar that cannot be used', () => {
  it.each<[string, CalendarRules, string, string]>([
    ['without opening hours', rules(closed), 'America/Denver', 'never opens'],
    ['with a reversed range', rules(weekdays(['18:00', '08:00'])), 'America/Denver', 'ends before it starts: split'],
    ['with an empty range', rules(weekdays(['08:00', '08:00'])), 'America/Denver', 'ends before it starts'],
    [
      'with overlapping ranges',
      rules(weekdays(['12:00', '18:00'], ['08:00', '13:00'])),
      'America/Denver',
      '12:00–18:00 overlaps 08:00–13:00',
    ],
    ['with a time that is none', rules(weekdays(['08:00', '25:00'])), 'America/Denver', 'is not a time range'],
    ['with an unknown zone', office, 'America/Nowhere', 'is not a time zone'],
    ['with an unknown country', { ...office, holidays: { country: 'ZZ' } }, 'UTC', 'country ZZ'],
    ['with an unknown state', { ...office, holidays: { country: 'US', state: 'ZZ' } }, 'UTC', 'state ZZ of US'],
    ['with a date that is none', { ...office, days: { '2026-02-30': [] } }, 'UTC', '2026-02-30 is not a day'],
    ['with a wrong own day', { ...office, days: { '2026-02-27': [['09:00', '08:00']] } }, 'UTC', 'days.2026-02-27'],
  ])('is refused %s', (_, given, zone, words) => {
    const made = calendarFor(given, zone);
    expect(made).toEqual({ ok: false, fault: expect.stringContaining(words) });
  });

  it('is refused by the policy as well, with its path', () => {
    const read = CalendarRules.safeParse({
      hours: {
        mon: [
          ['08:00', '12:00'],
          ['11:00', '13:00'],
        ],
      },
    });
    expect(read.error?.issues.map(({ path }) => path)).toEqual([['hours', 'mon', 1]]);
  });

  it('says so if its only weekday is always a holiday', () => {
    const never = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, day) => [new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), []]),
    );
    const open = calendar({ ...office, days: never }, 'UTC');
    expect(() => nextOpening(open, new Date('2026-01-01T00:00Z'))).toThrow('never opens after 2026-01-01');
  });
});

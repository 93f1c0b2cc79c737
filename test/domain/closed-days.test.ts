import { CalendarRules, calendarFor, closedDays, isOpen } from '../../src/domain/business-hours';
import { readDate } from '../../src/domain/local-time';
import { readDays } from '../../src/domain/policy-text';

const NINE_TO_FIVE: [string, string][] = [['09:00', '17:00']];
const [mon, tue, wed, thu, fri] = [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE];
const rules = (country: string, days: CalendarRules['days'] = {}) =>
  CalendarRules.parse({ hours: { mon, tue, wed, thu, fri }, holidays: { country }, days });
/** Whether offices are open there at noon, Greenwich time: only the day matters. */
function isOpenOn(country: string, date: string, days: CalendarRules['days'] = {}) {
  const made = calendarFor(rules(country, days), 'UTC');
  if (!made.ok) throw new Error(made.fault);
  return isOpen(made.calendar, new Date(`${date}T12:00:00Z`));
}
const closedFrom = (date: string, given: CalendarRules, most = 12) => closedDays(given, readDate(date) ?? 0, most);

describe('a holiday that falls on a weekend', () => {
  it.each([
    ['US', '2026-07-03', 'Independence Day'],
    ['US', '2027-12-24', 'Christmas Day'],
    ['US', '2027-12-31', "New Year's Day"],
    ['US', '2028-11-10', 'Veterans Day'],
    ['US', '2029-11-12', 'Veterans Day'],
    ['PR', '2028-11-10', 'Veterans Day'],
    ['BM', '2026-12-28', 'Boxing Day'],
    ['BM', '2028-11-13', 'Remembrance Day'],
    ['IE', '2026-12-28', 'St. Stephen’s Day'],
    ['GB', '2027-12-27', 'Christmas Day'],
  ])('is observed in %s on %s (%s), under its name', (country, date, name) => {
    expect(isOpenOn(country, date)).toBe(false);
    expect(closedFrom(date, rules(country), 1)).toEqual([{ date, name: expect.stringContaining(name) }]);
  });

  it('closes nothing if each region chooses for itself', () => {
    expect(isOpenOn('ES', '2024-12-09')).toBe(true);
  });
});

it('the day after a holiday is a working day, unless a line says otherwise; a day is a holiday if a line says so', () => {
  expect(isOpenOn('US', '2026-11-26')).toBe(false);
  expect(isOpenOn('US', '2026-11-27')).toBe(true);
  expect(isOpenOn('US', '2026-11-27', { '2026-11-27': [] })).toBe(false);
  expect(isOpenOn('US', '2026-11-26', { '2026-11-26': [['10:00', '14:00']] })).toBe(true);
});

describe('the next closed days', () => {
  it('are those that would otherwise be open: holidays by name, and special days', () => {
    const given = rules('US', { '2026-11-27': [], '2026-12-25': [['10:00', '12:00']] });
    expect(closedFrom('2026-11-01', given)).toEqual([
      { date: '2026-11-11', name: 'Veterans Day' },
      { date: '2026-11-26', name: 'Thanksgiving Day' },
      { date: '2026-11-27', name: null },
      { date: '2027-01-01', name: "New Year's Day" },
      { date: '2027-01-18', name: 'Martin Luther King Jr. Day' },
      { date: '2027-02-15', name: "Washington's Birthday" },
      { date: '2027-05-31', name: 'Memorial Day' },
      { date: '2027-06-18', name: 'Juneteenth, observed' },
      { date: '2027-07-05', name: 'Independence Day, observed' },
      { date: '2027-09-06', name: 'Labor Day' },
      { date: '2027-10-11', name: 'Columbus Day' },
      { date: '2027-11-11', name: 'Veterans Day' },
    ]);
  });

  it('reveal missing holidays, and one line adds such a day', () => {
    const proclaimed = '2027-02-22';
    const has = (given: CalendarRules) => closedFrom('2027-02-01', given).some(({ date }) => date === proclaimed);
    expect(has(rules('PH'))).toBe(false);
    expect(has(rules('PH', { [proclaimed]: [] }))).toBe(true);
  });

  it('are empty for a calendar without holidays and special days', () => {
    expect(closedFrom('2026-11-01', { ...rules('US'), holidays: null })).toEqual([]);
  });
});

describe('special days that cannot be read', () => {
  it.each([
    ['12/24/2026 closed', 'Line 1: "12/24/2026 closed" is not a day'],
    ['2026-12-24 closed\n\n2026-02-30 closed', 'Line 3: 2026-02-30 is not a day of the calendar'],
    ['2026-12-24 closed\n2026-12-24 09:00-12:00', 'Line 2: 2026-12-24 is already on line 1'],
    ['2026-12-24 18:00-09:00', 'Line 1: 18:00–09:00 ends before it starts'],
    ['2026-12-24 09:00-12:00, 11:00-13:00', 'Line 1: 11:00–13:00 overlaps 09:00–12:00'],
    ['2026-12-24 09:00-25:00', 'Line 1: 09:00–25:00 is not a time range'],
    ['2026-12-24 half a day', 'Line 1: "half a day" are not hours'],
  ])('are reported by line: %j', (text, fault) => {
    expect(readDays(text)).toEqual({ ok: false, fault: expect.stringContaining(fault) });
  });

  it('are reported together, shortened', () => {
    const read = readDays(`${'x'.repeat(900)}\nChristmas\n2026-12-24\n2027-13-01`);
    expect(read.ok ? '' : read.fault).toMatch(/^Line 1: "x{39}…" .*Line 2: "Christmas" .*Line 4: 2027-13-01 /);
    expect(readDays('2026-12-24')).toEqual({ ok: true, value: { '2026-12-24': [] } });
  });
});

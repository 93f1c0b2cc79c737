import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type QuietHours, quietUntil, readTimeOfDay, timeOfDay } from '../../src/domain/preferences';

const LA = 'America/Los_Angeles';
const at = (local: string, zone = LA) => DateTime.fromISO(local, { zone }).toJSDate();
const hours = (from: string, to: string): QuietHours => ({
  from: readTimeOfDay(from) ?? Number.NaN,
  to: readTimeOfDay(to) ?? Number.NaN,
});
const NIGHT = hours('22:00', '07:00');

describe('quiet hours', () => {
  it.each([
    ['in the evening, until the next morning', '2026-11-02T22:00', '2026-11-03T07:00'],
    ['after midnight, until the same morning', '2026-11-03T06:59', '2026-11-03T07:00'],
    ['not at the very end', '2026-11-03T07:00', null],
    ['not before they begin', '2026-11-02T21:59', null],
  ])('hold over midnight: %s', (_, now, end) => {
    expect(quietUntil(NIGHT, LA, at(now))).toEqual(end && at(end));
  });

  it('hold within a day, at the same local hours wherever the person lives', () => {
    const noon = hours('12:00', '13:30');
    expect(quietUntil(noon, LA, at('2026-11-02T12:45'))).toEqual(at('2026-11-02T13:30'));
    expect(quietUntil(noon, 'Asia/Manila', at('2026-11-02T12:45'))).toBeNull();
    expect(quietUntil(noon, 'Asia/Manila', at('2026-11-02T12:45', 'Asia/Manila'))).toEqual(
      at('2026-11-02T13:30', 'Asia/Manila'),
    );
  });

  it('end by the wall clock in nights that are an hour shorter or longer', () => {
    const spring = quietUntil(NIGHT, LA, at('2026-03-07T22:00'));
    expect(spring?.toISOString()).toBe('2026-03-08T14:00:00.000Z');
    expect(Number(spring) - +at('2026-03-07T22:00')).toBe(8 * 3_600_000);
    const autumn = quietUntil(NIGHT, LA, at('2026-10-31T22:00'));
    expect(autumn?.toISOString()).toBe('2026-11-01T15:00:00.000Z');
    expect(Number(autumn) - +at('2026-10-31T22:00')).toBe(10 * 3_600_000);
  });

  it('end at the change if their end is skipped, and at the first time if it occurs twice', () => {
    const change = new Date('2026-03-08T10:00:00Z');
    expect(quietUntil(hours('22:00', '02:30'), LA, at('2026-03-08T01:30'))).toEqual(change);
    expect(quietUntil(hours('22:00', '02:30'), LA, change)).toBeNull();
    const first = new Date('2026-11-01T08:30:00Z');
    expect(quietUntil(hours('22:00', '01:30'), LA, new Date('2026-11-01T08:15:00Z'))).toEqual(first);
    expect(quietUntil(hours('22:00', '01:30'), LA, new Date('2026-11-01T09:15:00Z'))).toBeNull();
  });

  it('always end later than now, within a day and an hour; delayed messages are free then', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(LA, 'America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Manila', 'UTC');
    fc.assert(
      fc.property(minute, minute, zones, instant, (from, to, zone, now) => {
        fc.pre(from !== to);
        const end = quietUntil({ from, to }, zone, now);
        const local = DateTime.fromJSDate(now, { zone });
        const wall = local.hour * 60 + local.minute;
        const within = from < to ? from <= wall && wall < to : from <= wall || wall < to;
        const nearChange = local.minus({ hours: 3 }).offset !== local.plus({ hours: 3 }).offset;
        if (!nearChange) expect(end !== null).toBe(within);
        if (!end) return;
        expect(+end).toBeGreaterThan(+now);
        expect(+end - +now).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil({ from, to }, zone, end)).toBeNull();
      }),
    );
  });

  it('are read and written as times of day', () => {
    expect([readTimeOfDay('00:00'), readTimeOfDay('07:05'), readTimeOfDay('23:59')]).toEqual([0, 425, 1439]);
    expect([readTimeOfDay('24:00'), readTimeOfDay('7:00'), readTimeOfDay('')]).toEqual([null, null, null]);
    expect([0, 425, 1439].map(timeOfDay)).toEqual(['00:00', '07:05', '23:59']);
  });
});

import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addBusinessMinutes,
  businessMinutesBetween,
  type Calendar,
  isOpen,
  nextOpening,
} from '../../src/domain/business-hours';
import { calendar, daily, type Hours, rules } from '../support/business-hours';

describe('properties of business time', () => {
  const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarter) => {
    return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
  });
  /** Up to two ranges that are not empty and do not overlap. */
  const ranges = fc
    .uniqueArray(time, { minLength: 0, maxLength: 4 })
    .map((times) => [...times].sort())
    .map(
      ([a, b, c, d]): Hours => [
        ...(a && b ? [[a, b] as Hours[number]] : []),
        ...(c && d ? [[c, d] as Hours[number]] : []),
      ],
    );
  const anyRules = fc
    .record({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges })
    .filter((hours) => Object.values(hours).some((day) => day.length > 0))
    .chain((hours) =>
      fc.record({
        hours: fc.constant(hours),
        holidays: fc.constantFrom(
          null,
          { country: 'US' },
          { country: 'US', state: 'CO' },
          { country: 'AU', state: 'NSW' },
        ),
        days: fc.dictionary(fc.constantFrom('2026-03-08', '2026-11-01', '2028-02-29', '2026-12-24'), ranges),
      }),
    );
  const zone = fc.constantFrom(
    'America/New_York',
    'America/Denver',
    'Australia/Lord_Howe',
    'UTC',
    'Asia/Kathmandu',
    'America/Havana',
  );
  // Half of all starts are within two days of a clock change or a leap day.
  const near = fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-11-01', '2026-04-04', '2026-10-03', '2028-02-29', '2026-12-31'),
      fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }),
    )
    .map(([day, seconds]) => new Date(Date.parse(day) + seconds * 1000));
  const start = fc.oneof(
    near,
    fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  );
  const span = fc.integer({ min: 0, max: 10_000 });
  const holds = (property: (open: Calendar, from: Date, a: number, b: number) => void) =>
    fc.assert(
      fc.property(anyRules, zone, start, span, span, (given, tz, from, a, b) =>
        property(calendar(given, tz), from, a, b),
      ),
      {
        numRuns: 150,
      },
    );

  it('is additive: a and then b is a and b', () => {
    holds((open, from, a, b) =>
      expect(addBusinessMinutes(open, addBusinessMinutes(open, from, a), b)).toEqual(
        addBusinessMinutes(open, from, a + b),
      ),
    );
  });

  it('is monotone in duration and start', () => {
    holds((open, from, a, b) => {
      expect(+addBusinessMinutes(open, from, a + b)).toBeGreaterThanOrEqual(+addBusinessMinutes(open, from, a));
      expect(+addBusinessMinutes(open, new Date(+from + b * 60_000), a)).toBeGreaterThanOrEqual(
        +addBusinessMinutes(open, from, a),
      );
    });
  });

  it('counts back what was added', () => {
    holds((open, from, a) =>
      expect(businessMinutesBetween(open, from, addBusinessMinutes(open, from, a))).toBeCloseTo(a, 6),
    );
  });

  it('adds back what was counted, to the millisecond', () => {
    holds((open, from, a, b) => {
      const to = nextOpening(open, new Date(+from + a * 60_000 + b));
      const counted = businessMinutesBetween(open, from, to);
      const landed = addBusinessMinutes(open, from, counted);
      // An opening and the closing before it are the same business time.
      expect(+nextOpening(open, landed)).toBe(+(counted === 0 ? nextOpening(open, from) : to));
    });
  });

  it('lands within hours or at their very end', () => {
    holds((open, from, a) => {
      const landed = addBusinessMinutes(open, from, a + 1);
      expect(isOpen(open, new Date(+landed - 1))).toBe(true);
    });
  });

  it('adds up over a split', () => {
    holds((open, from, a, b) => {
      const [middle, end] = [new Date(+from + a * 60_000), new Date(+from + (a + b) * 60_000)];
      const whole = businessMinutesBetween(open, from, end);
      expect(businessMinutesBetween(open, from, middle) + businessMinutesBetween(open, middle, end)).toBeCloseTo(
        whole,
        6,
      );
    });
  });

  it('agrees with the wall clock, quarter hour by quarter hour', () => {
    const wallRules = fc.record({ hours: fc.constant(null), day: ranges.filter((day) => day.length > 0) });
    fc.assert(
      fc.property(wallRules, zone, near, ({ day }, tz, from) => {
        const open = calendar(rules(daily(...day)), tz);
        const begin = new Date(Math.floor(+from / 900_000) * 900_000);
        for (let quarter = 0; quarter < 96; quarter++) {
          const instant = new Date(+begin + quarter * 900_000);
          const local = DateTime.fromJSDate(instant, { zone: tz });
          // Around a change, the rules for skipped and repeated times apply, which the examples above cover.
          if (local.offset !== local.plus({ hours: 3 }).offset || local.offset !== local.minus({ hours: 3 }).offset)
            continue;
          const shown = local.toFormat('HH:mm');
          expect(isOpen(open, instant)).toBe(day.some(([opens, closes]) => opens <= shown && shown < closes));
        }
      }),
      { numRuns: 40 },
    );
  });
});

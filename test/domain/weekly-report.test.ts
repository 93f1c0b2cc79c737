import fc from 'fast-check';
import { CalendarRules, calendarFor } from '../../src/domain/business-hours';
import { quantile } from '../../src/domain/quantile';
import { type ReportCase, tally, trendStart, weekWords } from '../../src/domain/weekly-report';

const ZONE = 'America/Denver';
const day = [['08:00', '18:00']];
const made = calendarFor(CalendarRules.parse({ hours: { mon: day, tue: day, wed: day, thu: day, fri: day } }), ZONE);
if (!made.ok) throw new Error(made.fault);
const { calendar } = made;
const WEEK = { from: new Date('2026-10-26T06:00:00Z'), to: new Date('2026-11-02T07:00:00Z'), date: '2026-11-02' };
const MONDAY_9 = Date.parse('2026-10-26T15:00:00Z');
const HOUR = 60 * 60_000;
const at = (hours: number) => new Date(MONDAY_9 + hours * HOUR);
const SECRET = 'Name-Of-A-Secret-SP';

const aCase = (filed: Date, given: Partial<ReportCase> & { acknowledged?: Date } = {}): ReportCase => {
  const { acknowledged, ...rest } = given;
  return {
    kind: 'sp_feedback',
    state: 'open',
    tone: 'negative',
    title: 'Negative feedback from a customer',
    codes: ['NCNS'],
    sp: { account: 'ACC100', name: 'Ace Plumbing' },
    filedAt: filed,
    resolution: null,
    area: 'West',
    firstAcknowledged: acknowledged ? { at: acknowledged, handedAt: null } : null,
    ...rest,
  };
};
const resolvedAt = (moment: Date) =>
  ({ outcome: 'coaching_given', text: '', by: 'U0DANA', at: moment }) as const satisfies ReportCase['resolution'];

function reportOf(area: string | null, cases: readonly ReportCase[]) {
  const figures = tally(area, WEEK, ZONE, () => calendar);
  for (const one of cases) figures.add(one);
  return figures.result();
}

describe('a weekly report', () => {
  it('counts what is overdue and still open, which no median shows', () => {
    const clocks = (name: 'acknowledge' | 'sp_contact', hours: number) => [{ name, dueAt: at(hours) }];
    const cases = [
      aCase(at(0), { clocks: clocks('acknowledge', 4) }),
      aCase(at(0), { clocks: clocks('sp_contact', 4) }),
      aCase(at(0), { clocks: clocks('acknowledge', 24 * 30) }),
      aCase(at(0), { kind: 'high_risk', clocks: clocks('acknowledge', 1) }),
      aCase(at(0), { acknowledged: at(2) }),
    ];
    expect(reportOf(null, cases)).toMatchObject({ overdue: 1, acknowledge: { of: 1 } });
  });

  it('counts what was filed in its week by kind, reason and SP', () => {
    const report = reportOf('West', [
      aCase(at(0)),
      aCase(at(1), { codes: ['NCNS', 'NO WORK'] }),
      aCase(at(2), { tone: 'positive', codes: ['GREAT SVC'], sp: { account: 'ACC9', name: null } }),
      aCase(at(3), { tone: 'neutral', codes: [], title: 'Recall reassignment' }),
      aCase(at(-1000)),
      aCase(new Date(+WEEK.to), {}),
    ]);
    expect(report?.kinds).toEqual([['SP feedback', 4]]);
    expect(report?.reasons).toEqual([
      ['NCNS', 2],
      ['NO WORK', 1],
      ['Recall reassignment', 1],
    ]);
    expect(report?.negatives).toEqual([['Ace Plumbing (ACC100)', 2]]);
    expect(report?.praise).toEqual([['ACC9', 1]]);
  });

  it('measures in opening hours, from when it was handed on, what was answered or resolved in the week', () => {
    const report = reportOf('West', [
      aCase(at(8), { acknowledged: at(24) }), // 17:00, one hour that day and one the next
      aCase(at(-1000), { resolution: resolvedAt(at(1)) }),
      aCase(at(0), { resolution: resolvedAt(at(300)) }),
      aCase(at(0), {
        kind: 'exception',
        firstAcknowledged: { at: at(5), handedAt: at(4) },
      }),
    ]);
    expect(report?.acknowledge).toEqual({ of: 2, median: 90, ninetieth: expect.closeTo(114) });
    expect(report?.resolve?.of).toBe(1);
  });

  it('has eight weeks of trend, each from local midnight, over a clock change', () => {
    const report = reportOf('West', [aCase(at(0)), aCase(at(-24 * 7), { tone: 'positive' }), aCase(at(-24 * 7 * 20))]);
    expect(report?.trend).toHaveLength(8);
    expect(report?.trend.at(-1)).toEqual({ from: WEEK.from, tones: { negative: 1, positive: 0, neutral: 0 } });
    expect(report?.trend.at(-2)?.tones.positive).toBe(1);
    expect(report?.trend[0]?.from).toEqual(trendStart(WEEK, ZONE));
    expect(trendStart(WEEK, ZONE)).toEqual(new Date('2026-09-07T06:00:00Z'));
  });

  it('only counts need-to-know cases', () => {
    const secret = { kind: 'leadership', title: SECRET, sp: { account: 'X', name: SECRET }, codes: [] } as const;
    const risk = aCase(at(0), { ...secret, kind: 'high_risk', acknowledged: at(1), resolution: resolvedAt(at(2)) });
    const cases = [risk, aCase(at(0), secret), aCase(at(0), { ...secret, kind: 'provider_report' })];
    const leadership = reportOf(null, cases);
    expect(leadership?.kinds).toEqual([
      ['High-risk report', 1],
      ['Leadership concern', 1],
      ['Provider report', 1],
    ]);
    expect(leadership).toMatchObject({ acknowledge: null, resolve: null, reasons: [], negatives: [], praise: [] });
    expect(JSON.stringify(leadership)).not.toContain(SECRET);
    expect(reportOf('West', cases)?.kinds).toEqual([['High-risk report', 1]]);
  });

  it('is empty without a case, and void ones do not count', () => {
    expect(reportOf('West', [])).toBeNull();
    expect(reportOf('West', [aCase(at(0), { state: 'void' })])).toBeNull();
  });

  it('says which days it covers', () => {
    expect(weekWords({ ...WEEK, timeZone: ZONE })).toBe('Oct 26 – Nov 1');
  });
});

describe('a quantile', () => {
  it.each([
    [[7], 0.9, 7],
    [[1, 3], 0.5, 2],
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10],
  ])('of %j at %d is %d', (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected);
  });

  it('is between the smallest and the largest, and does not fall as the share grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (values, shares) => {
          const [low, high] = shares.sort((a, b) => a - b).map((share) => quantile(values, share));
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
          expect(high).toBeGreaterThanOrEqual((low ?? 0) - 1e-6);
        },
      ),
    );
  });
});

import { periodsOf, recognitionOf, SCORE_WEEKS, weeksOf } from '../../src/domain/scorecard';
import { later, MONDAY, minutes, storedCase } from '../support/cases';

const DAY = minutes(24 * 60);
const NOW = later(MONDAY, 3 * DAY);
const daysAgo = (days: number) => later(NOW, -days * DAY);
const one = (days: number, more: Partial<ReturnType<typeof storedCase>> = {}) => ({
  ...storedCase(String(days), daysAgo(days)),
  ...more,
});
const resolved = (days: number, took: number, outcome: 'coaching_given' | 'recognition_sent' = 'coaching_given') =>
  one(days, { state: 'resolved', resolution: { outcome, text: '', by: 'U0DANA', at: later(daysAgo(days), took) } });
const took = ({ filedAt }: { filedAt: Date }, at: Date) => (+at - +filedAt) / minutes(1);

describe('the periods of a scorecard', () => {
  it('count what was filed within them, without void cases', () => {
    const cases = [one(1), one(29.9), one(30), one(89), one(90), one(2, { state: 'void' })];
    expect(periodsOf(cases, NOW, took).map(({ days, total }) => [days, total])).toEqual([
      [30, 2],
      [90, 4],
    ]);
  });
  it('have the median time to resolve', () => {
    const cases = [resolved(5, minutes(10)), resolved(6, minutes(30)), resolved(40, minutes(600)), one(3)];
    expect(periodsOf(cases, NOW, took).map((period) => period.resolved)).toEqual([
      { of: 2, medianMinutes: 20 },
      { of: 3, medianMinutes: 30 },
    ]);
    expect(periodsOf([one(3)], NOW, took)[0]?.resolved).toBeNull();
  });
});

describe('the weeks of a scorecard', () => {
  it('begin on Mondays in the time zone, the current one last, even over a clock change', () => {
    const weeks = weeksOf([], NOW, 'America/Los_Angeles').map(({ from }) => from.toISOString());
    expect(weeks).toHaveLength(SCORE_WEEKS);
    expect(weeks.at(-1)).toBe('2026-11-02T08:00:00.000Z');
    expect(weeks.at(-2)).toBe('2026-10-26T07:00:00.000Z');
    expect(weeks[0]).toBe('2026-08-17T07:00:00.000Z');
  });
  it('count each case once, by tone', () => {
    const cases = [one(1), one(1, { tone: 'positive' }), one(2, { state: 'void' }), one(7), one(80), one(89)];
    const weeks = weeksOf(cases, NOW, 'America/Los_Angeles');
    expect(weeks.at(-1)?.tones).toEqual({ positive: 1, negative: 1, neutral: 0 });
    expect(weeks.at(-2)?.tones).toEqual({ positive: 0, negative: 1, neutral: 0 });
    expect(weeks.reduce((sum, { tones }) => sum + tones.negative + tones.positive, 0)).toBe(4);
  });
});

it('recognition is the praise of 90 days, with the newest named, and how often it was sent on', () => {
  const praise = (days: number) => one(days, { tone: 'positive' });
  const cases = [
    praise(100),
    praise(9),
    praise(3),
    praise(50),
    praise(70),
    resolved(4, DAY, 'recognition_sent'),
    one(1),
  ];
  const { praised, sent, newest } = recognitionOf(cases, NOW);
  expect([praised, sent]).toEqual([4, 1]);
  expect(newest.map(({ ref }) => ref)).toEqual(['SPF-3', 'SPF-9', 'SPF-50']);
});

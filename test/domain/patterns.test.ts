import fc from 'fast-check';
import { SYSTEM } from '../../src/domain/actor';
import {
  causeWords,
  isWatched,
  type Pattern,
  patternsIn,
  type Raised,
  raisedPrefix,
  type WatchedCase,
  watchedSince,
} from '../../src/domain/patterns';
import type { RepeatRule } from '../../src/domain/policy';

const DAY = 24 * 60 * 60_000;
const START = Date.parse('2026-01-01T12:00:00Z');
const on = (day: number) => new Date(START + day * DAY);
const NEGATIVES: RepeatRule = { kind: 'sp_feedback', tone: 'negative', count: 3, days: 30 };
const RISKS: RepeatRule = { kind: 'high_risk', count: 2, days: 365 };
let refs = 0;
const filed = (day: number, given: Partial<WatchedCase> = {}): WatchedCase => ({
  ref: `SPF-${String(++refs).padStart(6, '0')}`,
  kind: 'sp_feedback',
  state: 'open',
  tone: 'negative',
  severity: 'normal',
  filedAt: on(day),
  sp: { account: 'ACC100', name: 'Ace Plumbing' },
  reporter: 'U0AMIRA',
  ...given,
});
const raisedBy = ({ id, causes }: Pattern, day: number): Raised => ({
  id,
  filedAt: on(day),
  links: causes.map(({ ref }) => ({ ref, relation: 'cause' })),
});
const look = (cases: readonly WatchedCase[], raised: readonly Raised[], day: number, rules = [NEGATIVES]) =>
  patternsIn('ACC100', rules, cases, raised, on(day));

describe('a repeat rule', () => {
  it('is met by the third negative within its days, and says why', () => {
    const cases = [filed(0), filed(10), filed(29)];
    expect(look(cases.slice(0, 2), [], 10)).toEqual([]);
    const [pattern, ...more] = look(cases, [], 29);
    expect(more).toEqual([]);
    expect(pattern?.why).toBe('3 negative SP feedback reports within 30 days');
    expect(pattern?.causes).toEqual(cases);
    expect(pattern?.id.startsWith(raisedPrefix('ACC100'))).toBe(true);
  });

  it('forgets what is older than its days', () => {
    expect(look([filed(0), filed(10), filed(30)], [], 30)).toEqual([]);
  });

  it.each<[string, Partial<WatchedCase>]>([
    ['filed by mistake or twice', { state: 'void' }],
    ['praise', { tone: 'positive' }],
    ['of another kind', { kind: 'exception' }],
    ['a provider report', { kind: 'provider_report' }],
    ['that a rule raised itself', { reporter: SYSTEM }],
  ])('does not count what is %s', (_name, given) => {
    expect(look([filed(0), filed(1), filed(2, given)], [], 2)).toEqual([]);
  });

  it('raises one case per window, and another once a new window is full', () => {
    const cases = [filed(0), filed(1), filed(2)];
    const [first] = look(cases, [], 2);
    if (!first) throw new Error('Nothing was raised.');
    const raised = [raisedBy(first, 2)];
    const later = [...cases, filed(5), filed(6), filed(29)];
    expect(look(later, raised, 29)).toEqual([]);
    const next = [...later, filed(31), filed(32), filed(33)];
    expect(look(next.slice(0, -1), raised, 32)).toEqual([]);
    const [second] = look(next, raised, 33);
    expect(second?.causes).toEqual(next.slice(-3));
    expect(second?.id).not.toBe(first.id);
  });

  it('counts high-risk reports within a year; each rule by itself', () => {
    const risk = (day: number) => filed(day, { kind: 'high_risk', severity: 'critical', tone: 'neutral' });
    const cases = [risk(0), risk(300), filed(300), filed(300), filed(300)];
    const whys = look(cases, [], 300, [NEGATIVES, RISKS]).map(({ why }) => why);
    expect(whys).toEqual(['3 negative SP feedback reports within 30 days', '2 high-risk reports within 365 days']);
    expect(look([risk(0), risk(365)], [], 365, [RISKS])).toEqual([]);
  });

  it('numbers what it raises, so that of two instances only one can raise it', () => {
    const cases = [filed(0), filed(1), filed(2)];
    expect(look(cases, [], 2)[0]?.id).toBe(look([...cases, filed(2)], [], 2)[0]?.id);
  });

  it('never counts a case twice, nor raises two in one window, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 40 }), (days) => {
        const cases = days.sort((a, b) => a - b).map((day) => filed(day));
        const raised: Raised[] = [];
        const used: string[] = [];
        const firsts: number[] = [];
        for (const [i, one] of cases.entries())
          for (const pattern of patternsIn(
            'ACC100',
            [NEGATIVES],
            cases.slice(0, i + 1).filter(({ filedAt }) => filedAt >= watchedSince([NEGATIVES], one.filedAt)),
            raised,
            one.filedAt,
          )) {
            raised.push({ ...raisedBy(pattern, 0), filedAt: one.filedAt });
            used.push(...pattern.causes.map(({ ref }) => ref));
            firsts.push(+(pattern.causes[0]?.filedAt ?? 0));
          }
        expect(new Set(used).size).toBe(used.length);
        expect(new Set(raised.map(({ id }) => id)).size).toBe(raised.length);
        for (const [i, first] of firsts.entries())
          if (i > 0) expect(first - (firsts[i - 1] ?? 0)).toBeGreaterThanOrEqual(30 * DAY);
      }),
    );
  });
});

it('names a need-to-know cause only by reference and severity', () => {
  expect(causeWords(filed(0, { ref: 'HRR-000001', kind: 'high_risk', severity: 'critical' }))).toBe(
    'HRR-000001 (critical)',
  );
  expect(causeWords(filed(0, { ref: 'SPF-000009' }))).toBe('SPF-000009');
});

it('ignores reports without an SP', () => {
  expect(isWatched(filed(0, { sp: { account: '', name: null } }))).toBe(false);
});

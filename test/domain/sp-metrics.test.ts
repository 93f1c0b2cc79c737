import { METRIC_NAMES, parseMetric, parsePeriod, standings } from '../../src/domain/sp-metrics';

it.each([
  ['2026-10', '2026-10'],
  ['2026-02-28', '2026-02-28'],
  ['2026-02-30', null],
  ['2026-13', null],
  ['10/2026', null],
  ['', null],
])('the period %s is read as %s', (raw, period) => expect(parsePeriod(raw)).toBe(period));

it.each([
  ['completion_rate', '96.5', 96.5],
  ['completion_rate', '96.5 %', 96.5],
  ['completion_rate', '0', 0],
  ['nps', '-12', -12],
  ['reassigns', '1,204', 1204],
  ['average_eta_minutes', '', null],
] as const)('%s given as "%s" is %s', (name, raw, value) =>
  expect(parseMetric(name, raw)).toEqual({ ok: true, value }),
);

it.each([
  ['completion_rate', '101', 'out of range: Completion rate goes from 0 to 100%'],
  ['nps', '-101', 'out of range'],
  ['average_eta_minutes', '35%', 'is not a number'],
  ['reassigns', '1,2', 'is not a number'],
  ['reassigns', '1.204', 'is not a whole number'],
  ['eta_accuracy', 'high', 'is not a number'],
  ['eta_accuracy', 'Infinity', 'is not a number'],
] as const)('%s given as "%s" is refused', (name, raw, reason) => {
  const parsed = parseMetric(name, raw);
  expect(parsed.ok ? '' : parsed.fault).toContain(reason);
});

describe("an SP's metrics", () => {
  const of = (period: string, values: Parameters<typeof standings>[0][number]['values']) => ({
    account: 'ACC100',
    period,
    values,
  });
  it('are the newest period with its change since the one before, without what was not measured', () => {
    const both = [
      of('2026-10', { nps: 40, completion_rate: 91.3 }),
      of('2026-09', { completion_rate: 91.1, reassigns: 2 }),
    ];
    expect(standings(both)).toEqual([
      { name: 'completion_rate', value: 91.3, change: 0.2 },
      { name: 'nps', value: 40, change: null },
    ]);
  });
  it('are empty if nothing was imported, and in the order of the columns', () => {
    expect(standings([])).toEqual([]);
    const all = Object.fromEntries(METRIC_NAMES.toReversed().map((name) => [name, 1]));
    expect(standings([of('2026-10', all)]).map(({ name }) => name)).toEqual(METRIC_NAMES);
  });
});

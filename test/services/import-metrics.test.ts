import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import type { SpMetrics } from '../../src/domain/sp-metrics';
import { importMetrics } from '../../src/services/import-metrics';
import { faultLine } from '../../src/services/import-report';

const HEADER =
  'sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns';

async function run(lines: readonly string[]) {
  const saved: SpMetrics[] = [];
  const batches: number[] = [];
  const report = await importMetrics(
    {
      name: 'metrics.csv',
      open: async function* () {
        yield Buffer.from([HEADER, ...lines].join('\r\n'));
      },
    },
    {
      numbers: STANDARD_NUMBERS,
      dryRun: false,
      by: 'test',
      now: () => new Date('2026-11-02T17:00:00Z'),
      metrics: {
        save: async (list) => {
          saved.push(...list);
          batches.push(list.length);
          return { inserted: list.length, updated: 0, unchanged: 0 };
        },
      },
    },
  );
  return { saved, batches, report, faults: report.faults.map(faultLine) };
}

it('reads metrics, with the account as stored and without what was not measured', async () => {
  const { saved, faults } = await run(['acc100,2026-10,96.5%,90,41,80,-5,77.5,3', 'ACC100,2026-09,,,,,12,,']);
  expect(faults).toEqual([]);
  expect(saved).toEqual([
    {
      account: 'ACC100',
      period: '2026-10',
      values: {
        completion_rate: 96.5,
        call_acceptance: 90,
        average_eta_minutes: 41,
        eta_accuracy: 80,
        nps: -5,
        location_tracking: 77.5,
        reassigns: 3,
      },
    },
    { account: 'ACC100', period: '2026-09', values: { nps: 12 } },
  ]);
});

it('reports every bad row with place and reason, and accepts the others', async () => {
  const { saved, faults } = await run([
    'ACC100,2026-10,96,,,,,,',
    '??,October,200,,,,,,many',
    'acc100,2026-10,95,,,,,,',
    'ACC200,2026-10,,,,,,,',
    'ACC200,2026-10,1',
    'ACC300,2026-10-31,,,,,,,4',
    'ACC400,2062-10,96,,,,,,',
  ]);
  expect(saved.map(({ account }) => account)).toEqual(['ACC100', 'ACC300']);
  expect(faults).toEqual([
    'metrics.csv:3:sp_account ?? is not an account number: use 3 to 20 letters, digits or dashes, such as SP-10442',
    'metrics.csv:3:period October is not a period: give a month (2026-10) or a day (2026-10-31)',
    'metrics.csv:3:completion_rate 200 is out of range: Completion rate goes from 0 to 100%',
    'metrics.csv:3:reassigns many is not a number: give one such as 96.5, or leave it empty',
    'metrics.csv:4:period ACC100 has 2026-10 on line 2 already: keep one of the two',
    'metrics.csv:5:completion_rate this and every other value is empty: give at least one, or remove the row',
    'metrics.csv:6:row has 3 values where the header has 9: check commas and quotes',
    'metrics.csv:8:period 2062-10 has not begun: correct the year or the month',
  ]);
});

it('writes a long file a thousand rows at a time', async () => {
  const { batches, report } = await run(Array.from({ length: 2500 }, (_, i) => `SP${i},2026-10,50,,,,,,`));
  expect(batches).toEqual([1000, 1000, 500]);
  expect(report).toMatchObject({ rows: 2500, inserted: 2500, faults: [] });
});

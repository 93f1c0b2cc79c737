import { type BarChart, COLORS, drawChart } from '../../src/charts/chart';
import { weeklyCharts } from '../../src/charts/weekly';

const chart: BarChart = {
  title: 'What it was about',
  subtitle: 'West, Oct 26 – Nov 1',
  categories: ['NCNS', 'A name that is much longer than a chart has room for, <b>marks</b> & all'],
  series: [{ name: 'Cases', color: COLORS.bad, values: [3, 1] }],
  bars: 'across',
};
/** Width and height of a PNG image, from its header. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('a chart', () => {
  it('is a PNG image as wide as Slack shows it, and as high as it has rows', async () => {
    const png = await drawChart(chart);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(sizeOf(png)).toEqual([1600, 410]);
    const longer = { ...chart, categories: Array.from({ length: 8 }, (_, i) => `Code ${i}`) };
    expect(sizeOf(await drawChart(longer))).toEqual([1600, 890]);
  });

  it('contains its text, whatever fonts the machine has', async () => {
    const [one, other] = await Promise.all([drawChart(chart), drawChart({ ...chart, title: 'Something else' })]);
    expect(one.equals(other)).toBe(false);
    expect(one.equals(await drawChart(chart))).toBe(true);
    const text = one.toString('utf8');
    const branches = ['SP100275', 'SP100276'].map((account) => `${'Cascade Appliance Repair '.repeat(7)}(${account})`);
    const named = (await drawChart({ ...chart, categories: branches })).toString('utf8');
    for (const words of ['Cascade Appliance Repa… (SP100275)', 'Cascade Appliance Repa… (SP100276)'])
      expect(named).toContain(words);
    for (const words of ['What it was about', 'West, Oct 26 – Nov 1', 'NCNS', 'A name that is much longer than a'])
      expect(text).toContain(words);
  });
});

describe('the charts of a weekly report', () => {
  it('say in words what they show, and are left out if they are empty', async () => {
    const from = new Date('2026-10-26T06:00:00Z');
    const charts = await weeklyCharts({
      area: 'West',
      from,
      to: new Date('2026-11-02T07:00:00Z'),
      timeZone: 'America/Denver',
      kinds: [['SP feedback', 3]],
      acknowledge: null,
      resolve: null,
      reasons: [['NCNS', 3]],
      negatives: [],
      praise: [],
      trend: [{ from, tones: { negative: 3, positive: 1, neutral: 0 } }],
    });
    expect(charts.map(({ alt }) => alt)).toEqual([
      'Filed in each week, West, the last 1 weeks. Oct 26: 3 negative, 1 positive, 0 other.',
      'What it was about, West, Oct 26 – Nov 1. NCNS: 3.',
    ]);
  });
});

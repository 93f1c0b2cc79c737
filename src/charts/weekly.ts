import { DateTime } from 'luxon';
import type { Counts } from '../domain/scorecard';
import { type WeeklyReport, weekWords } from '../domain/weekly-report';
import { type BarChart, COLORS, type DrawnChart, drawChart, inWords } from './chart';

/** The pictures of a weekly report, the trend first, without empty ones. */
export async function weeklyCharts(report: WeeklyReport): Promise<readonly DrawnChart[]> {
  const charts = [
    trend(report),
    counts(report, 'What it was about', report.reasons, COLORS.bad),
    counts(report, 'SPs with most negative reports', report.negatives, COLORS.bad),
    counts(report, 'SPs with most praise', report.praise, COLORS.good),
  ].filter((chart) => chart !== null);
  const drawn: DrawnChart[] = [];
  for (const chart of charts)
    drawn.push({ title: `${chart.title}, ${chart.subtitle}`, alt: inWords(chart), png: await drawChart(chart) });
  return drawn;
}

function trend({ area, trend: weeks, timeZone }: WeeklyReport): BarChart {
  return {
    title: 'Filed in each week',
    subtitle: `${area ?? 'All areas'}, the last ${weeks.length} weeks`,
    categories: weeks.map(({ from }) =>
      DateTime.fromJSDate(from, { zone: timeZone }).setLocale('en-US').toFormat('LLL d'),
    ),
    series: [
      { name: 'Negative', color: COLORS.bad, values: weeks.map(({ tones }) => tones.negative) },
      { name: 'Positive', color: COLORS.good, values: weeks.map(({ tones }) => tones.positive) },
      { name: 'Other', color: COLORS.other, values: weeks.map(({ tones }) => tones.neutral) },
    ],
    bars: 'upright',
  };
}

function counts(report: WeeklyReport, title: string, all: Counts, color: string): BarChart | null {
  if (!all.length) return null;
  return {
    title,
    subtitle: `${report.area ?? 'All areas'}, ${weekWords(report)}`,
    categories: all.map(([what]) => what),
    series: [{ name: 'Cases', color, values: all.map(([, count]) => count) }],
    bars: 'across',
  };
}

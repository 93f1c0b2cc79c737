import { DateTime } from 'luxon';
import { clipName } from '../domain/notes';
import type { Pictured } from '../domain/pictured';
import { type BarChart, COLORS, type DrawnChart, drawChart, inWords } from './chart';

/** More bars would not be readable at a glance; the text next to a chart has the rest. */
const MOST_BARS = 12;

/** What fits next to the other words under a title. */
const LONGEST_SP = 60;

/** Draws figures as a chart. */
export async function drawPicture(of: Pictured): Promise<DrawnChart> {
  const chart = chartOf(of);
  return { title: `${chart.title}, ${chart.subtitle}`, alt: inWords(chart), png: await drawChart(chart) };
}

function chartOf(of: Pictured): BarChart {
  switch (of.type) {
    case 'sp_weeks':
      return {
        title: 'Reports in each week',
        subtitle: `${clipName(of.sp, LONGEST_SP)}, the last ${of.weeks.length} weeks`,
        categories: of.weeks.map(({ from }) =>
          DateTime.fromJSDate(from, { zone: of.timeZone }).setLocale('en-US').toFormat('LLL d'),
        ),
        series: [
          { name: 'Negative', color: COLORS.bad, values: of.weeks.map(({ tones }) => tones.negative) },
          { name: 'Positive', color: COLORS.good, values: of.weeks.map(({ tones }) => tones.positive) },
          { name: 'Other', color: COLORS.other, values: of.weeks.map(({ tones }) => tones.neutral) },
        ],
        bars: 'upright',
      };
    case 'kept': {
      const rows = of.rows.slice(0, MOST_BARS);
      const kept = rows.map(([, figure]) => figure[of.promise]);
      return {
        title: `${of.promise === 'acknowledged' ? 'Acknowledged' : 'Resolved'} in time, by ${of.by}`,
        subtitle: `Cases filed in ${of.span}`,
        categories: rows.map(([name]) => name),
        series: [
          { name: 'In time', color: COLORS.good, values: kept.map(({ inTime }) => inTime) },
          { name: 'Late', color: COLORS.bad, values: kept.map(({ late }) => late) },
          { name: 'Still open', color: COLORS.other, values: kept.map(({ open }) => open) },
        ],
        bars: 'across',
      };
    }
    case 'waits':
      return {
        title: 'Where cases wait',
        subtitle: `Median hours in a state, cases filed in ${of.span}`,
        categories: of.rows.map(([state]) => state),
        series: [
          { name: 'Hours', color: COLORS.other, values: of.rows.map(([, hours]) => Math.round(hours * 10) / 10) },
        ],
        bars: 'across',
      };
  }
}

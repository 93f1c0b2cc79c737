import { renderAsync } from '@resvg/resvg-js';
import type { EChartsCoreOption } from 'echarts';
import { clip, clipName } from '../domain/notes';
import { withWords, wordsOfSvg } from './png-words';

/** One set of bars: a value for each category. */
export interface Series {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
}

/** A bar chart as data. */
export interface BarChart {
  readonly title: string;
  readonly subtitle: string;
  readonly categories: readonly string[];
  /** Stacked. */
  readonly series: readonly Series[];
  /** `across`: a row for each category, which suits long names. */
  readonly bars: 'upright' | 'across';
}

/** A drawn chart. */
export interface DrawnChart {
  readonly title: string;
  /** What it shows, in words. */
  readonly alt: string;
  readonly png: Buffer;
}

/** Colors that everyone can distinguish, on the background below. */
export const COLORS = { bad: '#fb923c', good: '#2dd4bf', other: '#94a3b8' } as const;

const WIDTH = 800;
/** A slate that neither glares in dark mode nor looks out of place in light mode. */
const GROUND = '#1e293b';
const INK = '#f8fafc';
const FAINT = '#cbd5e1';
const LINE = '#475569';
/** Text on a bar. */
const ON_BAR = '#0f172a';
const FONT = 'Inter';
const FONT_FILES = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
];
const LONGEST_LABEL = 34;
/** A part below this share of the largest stack has no room for its number. */
const LEAST_SHARE = 0.045;

/**
 * Draws a chart as a PNG image, 1,600 pixels wide, on its own background, so that it reads well in light and dark mode.
 * Needs no screen, browser or system font.
 */
export async function drawChart(chart: BarChart): Promise<Buffer> {
  const height = chart.bars === 'upright' ? 420 : 125 + Math.max(2, chart.categories.length) * 40;
  // Loaded on first use: it is large, and most processes draw nothing for days.
  const { init } = await import('echarts');
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  drawing.setOption(optionOf(chart));
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: WIDTH * 2 },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: FONT },
  });
  return withWords(image.asPng(), wordsOfSvg(svg));
}

function optionOf({ title, subtitle, categories, series, bars }: BarChart): EChartsCoreOption {
  const names = {
    type: 'category' as const,
    data: categories.map((name) => clipName(name, LONGEST_LABEL)),
    inverse: bars === 'across',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE } },
    axisLabel: { color: INK, fontSize: bars === 'upright' && categories.length > 9 ? 13 : 16, interval: 0 },
  };
  const numbers = {
    type: 'value' as const,
    minInterval: 1,
    splitLine: { lineStyle: { color: LINE } },
    axisLabel: { color: FAINT, fontSize: 15 },
  };
  const totals = categories.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const least = series.length > 1 ? Math.max(...totals) * LEAST_SHARE : 0;
  return {
    animation: false,
    backgroundColor: GROUND,
    textStyle: { fontFamily: FONT },
    title: {
      text: title,
      subtext: subtitle,
      left: 28,
      top: 20,
      textStyle: { color: INK, fontSize: 22, fontWeight: 'bold' },
      subtextStyle: { color: FAINT, fontSize: 16 },
    },
    ...(series.length > 1
      ? {
          legend: {
            top: 24,
            right: 28,
            textStyle: { color: INK, fontSize: 16 },
            itemWidth: 16,
            itemHeight: 16,
            itemGap: 18,
          },
        }
      : {}),
    grid: { left: 44, right: 56, top: 100, bottom: 20, containLabel: true },
    xAxis: bars === 'across' ? { ...numbers, show: false } : names,
    yAxis: bars === 'across' ? names : numbers,
    series: series.map(({ name, color, values }, i) => ({
      name,
      type: 'bar' as const,
      stack: 'all',
      data: values.map((value) => ({
        value,
        label: { show: value > least },
      })),
      itemStyle: { color: color, borderRadius: i === series.length - 1 && bars === 'across' ? [0, 4, 4, 0] : 0 },
      barMaxWidth: bars === 'across' ? 24 : 56,
      label: {
        position: bars === 'across' && series.length === 1 ? ('right' as const) : ('inside' as const),
        color: bars === 'across' && series.length === 1 ? INK : ON_BAR,
        fontSize: 16,
        fontWeight: 'bold' as const,
      },
    })),
  };
}

/** The chart in words, within Slack's limit for alternative text. */
export function inWords({ title, subtitle, categories, series }: BarChart): string {
  const values = (i: number) =>
    series.length === 1
      ? String(series[0]?.values[i] ?? 0)
      : series.map(({ name, values: each }) => `${each[i] ?? 0} ${name.toLowerCase()}`).join(', ');
  return clip(`${title}, ${subtitle}. ${categories.map((name, i) => `${name}: ${values(i)}`).join('; ')}.`, '…', 1000);
}

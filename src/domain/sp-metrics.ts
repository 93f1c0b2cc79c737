import { shown } from './clean-text';
import { amount } from './wording';

/** The network's metrics of an SP, in the order of every list (domain section 9). */
export const METRICS = {
  completion_rate: { label: 'Completion rate', unit: '%', least: 0, most: 100, better: 'more' },
  call_acceptance: { label: 'Call acceptance', unit: '%', least: 0, most: 100, better: 'more' },
  average_eta_minutes: { label: 'Average ETA', unit: ' min', least: 0, most: 10_000, better: 'less' },
  eta_accuracy: { label: 'ETA accuracy', unit: '%', least: 0, most: 100, better: 'more' },
  nps: { label: 'NPS', unit: '', least: -100, most: 100, better: 'more' },
  location_tracking: { label: 'Location-based tracking', unit: '%', least: 0, most: 100, better: 'more' },
  reassigns: { label: 'Reassigns', unit: '', least: 0, most: 1_000_000, better: 'less', whole: true },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly label: string;
      readonly unit: '%' | ' min' | '';
      readonly least: number;
      readonly most: number;
      readonly better: 'more' | 'less';
      /** It counts things: 1.204 of them are 1,204 with a point for thousands. */
      readonly whole?: true;
    }
  >
>;
export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** An SP's metrics in a period; those not measured are absent. */
export interface SpMetrics {
  readonly account: string;
  /** A month (`2026-10`) or a day (`2026-10-31`). */
  readonly period: string;
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
}

/** A metric's value, and its change since the period before, or null if that one has none. */
export interface Standing {
  readonly name: MetricName;
  readonly value: number;
  readonly change: number | null;
}

/** A period as stored, or null if it is not an existing month or day. */
export function parsePeriod(raw: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(raw) ?? [];
  if (!year || !month) return null;
  const date = `${year}-${month}-${day ?? '01'}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(+at) && at.toISOString().startsWith(date) ? raw : null;
}

/** East of everyone else it is a day later than in UTC. */
const DAY_MS = 24 * 60 * 60_000;
/** Whether a period has not begun anywhere: it would stand as the newest one until then. */
export const isAhead = (period: string, at: Date): boolean =>
  period > new Date(+at + DAY_MS).toISOString().slice(0, period.length);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Why something is not a period, with the expected format; Excel turns 2026-09 into `Sep-26`. */
export function periodFault(raw: string): string {
  const [, name = '', year = ''] = /^(\p{L}{3,})[-\s.,/]*(?:20)?(\d{2})$/u.exec(raw) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const wanted = month
    ? `write it as 20${year}-${String(month).padStart(2, '0')}, in a column of the format Text`
    : 'give a month (2026-10) or a day (2026-10-31)';
  return `${shown(raw) || 'nothing'} is not a period: ${wanted}`;
}

/** 91,5: never read as 915, nor guessed. */
const DECIMAL_COMMA = /^-?\d+,(?:\d{1,2}|\d{4,})$/;

/** A value as people export it ("96.5", "96.5 %", "1,204"), or what is wrong with it. An empty one was not measured. */
export function parseMetric(
  name: MetricName,
  raw: string,
): { ok: true; value: number | null } | { ok: false; fault: string } {
  if (raw === '') return { ok: true, value: null };
  const { unit, least, most, label } = METRICS[name];
  const digits = (unit === '%' ? raw.replace(/\s*%$/, '') : raw).replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  if (DECIMAL_COMMA.test(digits))
    return {
      ok: false,
      fault: `${shown(raw)} is not a number: write its decimal comma as a point, ${shown(digits.replace(',', '.'))}`,
    };
  const value = /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isNaN(value))
    return { ok: false, fault: `${shown(raw)} is not a number: give one such as 96.5, or leave it empty` };
  if ('whole' in METRICS[name] && !Number.isInteger(value))
    return { ok: false, fault: `${shown(raw)} is not a whole number: write thousands as 1,204 or 1204` };
  if (value < least || value > most)
    return {
      ok: false,
      fault: `${shown(raw)} is out of range: ${label} goes from ${least} to ${amount(most)}${unit}`,
    };
  return { ok: true, value };
}

/** The metrics of the newest period with their changes, in order. */
export function standings([newest, before]: readonly SpMetrics[]): readonly Standing[] {
  return METRIC_NAMES.flatMap((name) => {
    const value = newest?.values[name];
    if (value === undefined) return [];
    const earlier = before?.values[name];
    return [{ name, value, change: earlier === undefined ? null : rounded(value - earlier) }];
  });
}

/** Differences of decimals have rounding noise. */
const rounded = (value: number) => Math.round(value * 100) / 100;

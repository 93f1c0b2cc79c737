import { readAccount } from '../domain/directory-rules';
import type { Numbers } from '../domain/forms/numbers';
import type { FileReport } from '../domain/import-report';
import {
  isAhead,
  METRIC_NAMES,
  METRICS,
  type MetricName,
  parseMetric,
  parsePeriod,
  periodFault,
  type SpMetrics,
} from '../domain/sp-metrics';
import { ACCOUNT_HEADINGS } from './import-providers';
import { count, emptyReport, type Source } from './import-report';
import { type ImportRun, type Row, readRows, type Table } from './import-rows';
import type { SpMetricsStore } from './ports/records';

type Column = 'sp_account' | 'period' | MetricName;
const TABLE: Table<Column> = {
  columns: ['sp_account', 'period', ...METRIC_NAMES],
  // 91,5 between commas.
  isExact: true,
  headings: {
    sp_account: ACCOUNT_HEADINGS,
    period: ['Month'],
    ...Object.fromEntries(METRIC_NAMES.map((name) => [name, [METRICS[name].label]])),
  },
};
const BATCH = 1_000;

export interface MetricsImport extends ImportRun {
  readonly metrics: Pick<SpMetricsStore, 'save'>;
}

/**
 * Imports metrics.csv in batches of 1,000 as it is read, so its size does not matter. Every valid row is saved, every
 * fault of a bad one is listed; a second row for an SP's period is a fault. A row replaces what was imported for that
 * SP and period before. SPs need not be in the directory: files may be imported in any order.
 */
export async function importMetrics(
  source: Source,
  { metrics, numbers, dryRun, by, now, onRow }: MetricsImport,
): Promise<FileReport> {
  const report = emptyReport(source.name);
  const at = now();
  const seen = new Map<string, number>();
  let batch: SpMetrics[] = [];
  const flush = async () => {
    const full = batch;
    batch = [];
    if (full.length) count(report, await metrics.save(full, { by, at, dryRun }));
  };
  for await (const row of readRows(source, TABLE, report)) {
    onRow?.(report.rows);
    const read = metricsOf(row, numbers, at);
    if (!read) continue;
    const key = `${read.account}:${read.period}`;
    const earlier = seen.get(key);
    if (earlier !== undefined)
      row.blame('period', `${read.account} has ${read.period} on line ${earlier} already: keep one of the two`);
    else seen.set(key, row.line);
    if (row.isBad()) continue;
    batch.push(read);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return report;
}

/** A row's metrics, with faults reported; null without an SP and a period. */
function metricsOf(row: Row<Column>, numbers: Numbers, at: Date): SpMetrics | null {
  const { values } = row;
  const { account, fault } = readAccount(values.sp_account, numbers);
  if (fault) row.blame('sp_account', fault);
  const period = parsePeriod(values.period);
  if (!period) row.blame('period', periodFault(values.period));
  else if (isAhead(period, at)) row.blame('period', `${period} has not begun: correct the year or the month`);
  const measured: Partial<Record<MetricName, number>> = {};
  for (const name of METRIC_NAMES) {
    const parsed = parseMetric(name, values[name]);
    if (!parsed.ok) row.blame(name, parsed.fault);
    else if (parsed.value !== null) measured[name] = parsed.value;
  }
  if (!row.isBad() && !Object.keys(measured).length)
    row.blame('completion_rate', 'this and every other value is empty: give at least one, or remove the row');
  return fault === null && period ? { account, period, values: measured } : null;
}

import { NO_SP_ACCOUNT, SP_ACCOUNT_FORM } from '../domain/forms/numbers';
import { METRIC_NAMES, type MetricName, parseMetric, parsePeriod, type SpMetrics } from '../domain/sp-metrics';
import { count, emptyReport, type FileReport, type Source } from './import-report';
import { readRows } from './import-rows';
import type { SpMetricsStore } from './ports';

const METRICS_COLUMNS = ['sp_account', 'period', ...METRIC_NAMES] as const;
const BATCH = 1_000;

export interface MetricsImport {
  readonly metrics: Pick<SpMetricsStore, 'save'>;
  readonly dryRun: boolean;
  /** Who is recorded as having imported. */
  readonly by: string;
  readonly now: () => Date;
  /** Called after each row with the number of rows read so far. */
  readonly onRow?: (rows: number) => void;
}

/**
 * Imports metrics.csv in batches of 1,000 as it is read, so that its size does not matter. Every valid row is saved,
 * every fault of a bad one is listed; the second row of an SP's period is a fault. A row takes the place of what was
 * imported for that SP and period before. SPs need not be in the directory: files may be imported in any order.
 */
export async function importMetrics(
  source: Source,
  { metrics, dryRun, by, now, onRow }: MetricsImport,
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
  for await (const row of readRows(source, METRICS_COLUMNS, (fault) => report.faults.push(fault))) {
    report.rows++;
    onRow?.(report.rows);
    if (!row) continue;
    const { line, values } = row;
    const before = report.faults.length;
    const blame = (column: (typeof METRICS_COLUMNS)[number], reason: string) =>
      report.faults.push({ file: source.name, line, column, reason });

    const account = values.sp_account.toUpperCase();
    if (!SP_ACCOUNT_FORM.test(account)) blame('sp_account', `${values.sp_account || 'nothing'} ${NO_SP_ACCOUNT}`);
    const period = parsePeriod(values.period);
    if (!period)
      blame('period', `${values.period || 'nothing'} is no period: give a month (2026-10) or a day (2026-10-31)`);
    const key = `${account}:${period}`;
    const earlier = seen.get(key);
    if (earlier !== undefined)
      blame('period', `${account} has ${period} on line ${earlier} already: keep one of the two`);
    else if (period) seen.set(key, line);
    const measured: Partial<Record<MetricName, number>> = {};
    for (const name of METRIC_NAMES) {
      const parsed = parseMetric(name, values[name]);
      if (!parsed.ok) blame(name, parsed.fault);
      else if (parsed.value !== null) measured[name] = parsed.value;
    }
    if (report.faults.length === before && !Object.keys(measured).length)
      blame('completion_rate', 'this and every other value is empty: give at least one, or take the row out');
    if (!period || report.faults.length > before) continue;
    batch.push({ account, period, values: measured });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return report;
}

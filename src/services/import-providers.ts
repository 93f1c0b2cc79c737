import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ConfigEvent } from '../domain/configuration';
import type { ServiceProvider } from '../domain/directory';
import { readProvider } from '../domain/directory-rules';
import { count, emptyReport, type FileReport, type Source } from './import-report';
import { readRows } from './import-rows';
import type { ImportTarget } from './ports';

const PROVIDER_COLUMNS = ['sp_account', 'name', 'area', 'phone', 'email', 'status'] as const;
const BATCH = 1_000;

const columnOf = (field: string) => (field === 'account' ? 'sp_account' : field) as (typeof PROVIDER_COLUMNS)[number];

/**
 * Imports sps.csv in batches of 1,000 as it is read, so that its size does not matter. Every valid row is saved, every
 * fault of a bad one is listed; the second row of an account is a fault. `areas` are the names an SP may belong to.
 */
export async function importProviders(
  source: Source,
  options: {
    directory: ImportTarget;
    areas: ReadonlySet<string>;
    dryRun: boolean;
    /** Who is recorded as having imported. */
    by: string;
    now: () => Date;
    /** Called after each row with the number of rows read so far. */
    onRow?: (rows: number) => void;
  },
): Promise<FileReport> {
  const report = emptyReport(source.name);
  const seen = new Map<string, number>();
  let batch: ServiceProvider[] = [];
  const { by, dryRun } = options;
  const at = options.now();
  const run = randomUUID();
  /** One for the whole import, growing with it: what a crash leaves is in the history, too. */
  const event = (): ConfigEvent => ({
    id: `provider:import:${run}`,
    at,
    by,
    what: 'provider',
    key: basename(source.name),
    version: null,
    before: null,
    after: null,
    tally: { inserted: report.inserted, updated: report.updated, unchanged: report.unchanged },
  });
  const flush = async () => {
    const full = batch;
    batch = [];
    if (full.length === 0) return;
    count(report, await options.directory.saveProviders(full, { by, dryRun }));
    if (!dryRun && report.inserted + report.updated > 0) await options.directory.configuration.record(event());
  };
  for await (const row of readRows(source, PROVIDER_COLUMNS, (fault) => report.faults.push(fault))) {
    report.rows++;
    options.onRow?.(report.rows);
    if (!row) continue;
    const { line, values } = row;
    const before = report.faults.length;
    const blame = (column: string, reason: string) => report.faults.push({ file: source.name, line, column, reason });
    const { sp_account, ...others } = values;
    const read = readProvider({ account: sp_account, ...others });
    if (!read.ok) for (const { field, message } of read.faults) blame(columnOf(field), message);
    const account = values.sp_account.toUpperCase();
    const earlier = seen.get(account);
    if (earlier !== undefined) blame('sp_account', `${account} is on line ${earlier} already: keep one of the two`);
    else if (account !== '') seen.set(account, line);
    if (!options.areas.has(values.area))
      blame(
        'area',
        `${values.area || 'nothing'} is no area of the directory or of this import: add it to areas.csv first`,
      );
    if (!read.ok || report.faults.length > before) continue;
    batch.push(read.provider);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return report;
}

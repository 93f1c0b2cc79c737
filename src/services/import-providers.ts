import { z } from 'zod';
import type { ServiceProvider } from '../domain/directory';
import { count, emptyReport, type FileReport, type Source } from './import-report';
import { readRows } from './import-rows';
import type { DirectoryWriter } from './ports';

const PROVIDER_COLUMNS = ['sp_account', 'name', 'area', 'phone', 'email', 'status'] as const;
const BATCH = 1_000;

const orNull = z.string().transform((text) => text || null);
const ProviderRow = z.object({
  sp_account: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/, 'is no account number: use letters, digits and hyphens'),
  name: z.string().min(1, 'is empty: give the name of the SP').max(200, 'is longer than 200 characters'),
  phone: orNull,
  email: z
    .literal('')
    .or(z.email('is no e-mail address: correct it or leave it empty'))
    .transform((text) => text || null),
  status: z.preprocess(
    (text) => (text === '' ? 'active' : String(text).toLowerCase()),
    z.enum(['active', 'inactive'], { error: 'is neither active nor inactive' }),
  ),
});

/**
 * Imports sps.csv in batches of 1,000 as it is read, so that its size does not matter. Every valid row is saved, every
 * fault of a bad one is listed; the second row of an account is a fault. `areas` are the names an SP may belong to.
 */
export async function importProviders(
  source: Source,
  options: {
    directory: DirectoryWriter;
    areas: ReadonlySet<string>;
    dryRun: boolean;
    /** Called after each row with the number of rows read so far. */
    onRow?: (rows: number) => void;
  },
): Promise<FileReport> {
  const report = emptyReport(source.name);
  const seen = new Map<string, number>();
  let batch: ServiceProvider[] = [];
  const flush = async () => {
    const full = batch;
    batch = [];
    if (full.length > 0) count(report, await options.directory.saveProviders(full, options.dryRun));
  };
  for await (const row of readRows(source, PROVIDER_COLUMNS, (fault) => report.faults.push(fault))) {
    options.onRow?.(++report.rows);
    if (!row) continue;
    const { line, values } = row;
    const before = report.faults.length;
    const blame = (column: string, reason: string) => report.faults.push({ file: source.name, line, column, reason });
    const read = ProviderRow.safeParse(values);
    for (const { path, message } of read.error?.issues ?? []) {
      const column = path[0] as (typeof PROVIDER_COLUMNS)[number];
      blame(column, `${values[column]} ${message}`.trim());
    }
    const account = values.sp_account.toUpperCase();
    const earlier = seen.get(account);
    if (earlier !== undefined) blame('sp_account', `${account} is on line ${earlier} already: keep one of the two`);
    else if (account !== '') seen.set(account, line);
    if (!options.areas.has(values.area))
      blame(
        'area',
        `${values.area || 'nothing'} is no area of the directory or of this import: add it to areas.csv first`,
      );
    if (!read.success || report.faults.length > before) continue;
    const { sp_account, ...rest } = read.data;
    batch.push({ account: sp_account, area: values.area, ...rest });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return report;
}

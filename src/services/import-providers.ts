import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { lookAlikeFault, shown } from '../domain/clean-text';
import type { ConfigEvent } from '../domain/configuration';
import type { ServiceProvider } from '../domain/directory';
import { readAccount, readProvider } from '../domain/directory-rules';
import type { Numbers } from '../domain/forms/numbers';
import type { FileReport } from '../domain/import-report';
import { dateOf, dayAt } from '../domain/local-time';
import { STANDING_WORDS, seenStanding } from '../domain/sp-standing';
import { areaNames } from './import-areas';
import { count, emptyReport, type Source } from './import-report';
import { type ImportRun, type Row, readRows, type Table } from './import-rows';
import type { ImportTarget } from './ports/directory';
import type { SpStandings } from './ports/standings';

/** Usual headings of the account column. */
export const ACCOUNT_HEADINGS = ['Account number', 'SP account number', 'SP number'];

type Column = 'sp_account' | 'name' | 'area' | 'phone' | 'email' | 'status';
const TABLE: Table<Column> = {
  columns: ['sp_account', 'name', 'area', 'phone', 'email', 'status'],
  headings: {
    sp_account: ACCOUNT_HEADINGS,
    name: ['SP name'],
    phone: ['Phone number', 'Telephone'],
    email: ['E-mail address'],
  },
};
const BATCH = 1_000;

const columnOf = (field: string) => (field === 'account' ? 'sp_account' : field) as Column;

interface Options extends ImportRun {
  readonly directory: ImportTarget;
  /** What cases set, which an import never ends. */
  readonly standings: Pick<SpStandings, 'all'>;
  readonly areas: ReadonlySet<string>;
  /** The zone of the dates in the report. */
  readonly timeZone: string;
}

/**
 * Imports sps.csv in batches of 1,000 as it is read, so its size does not matter. Every valid row is saved, every fault
 * of a bad one is listed; a second row for an account is a fault. `areas`: the names an SP may belong to, in any letter
 * case.
 */
export async function importProviders(source: Source, options: Options): Promise<FileReport> {
  const report = emptyReport(source.name);
  const seen = new Map<string, number>();
  let batch: ServiceProvider[] = [];
  const { by, dryRun, numbers } = options;
  const areaOf = areaNames(options.areas);
  const at = options.now();
  const run = randomUUID();
  /** One for the whole import, updated as it runs, so that the history also has what a crash left. */
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
    await conflicts.look(full);
    count(report, await options.directory.saveProviders(full, { by, dryRun }));
    if (!dryRun && report.inserted + report.updated > 0) await options.directory.configuration.record(event());
  };
  const conflicts = standingConflicts(options);
  for await (const row of readRows(source, TABLE, report)) {
    options.onRow?.(report.rows);
    const provider = providerOf(row, areaOf, numbers);
    const { account, fault } = readAccount(row.values.sp_account, numbers);
    const earlier = seen.get(account);
    if (earlier !== undefined) row.blame('sp_account', `${account} is on line ${earlier} already: keep one of the two`);
    else if (fault === null) seen.set(account, row.line);
    if (!provider || row.isBad()) continue;
    batch.push(provider);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  report.notes.push(...conflicts.notes());
  return report;
}

const CONFLICTS_SHOWN = 10;
/** SPs for which the file has a milder status than a case set: the latter stays, and someone should know. */
function standingConflicts({ standings, now, timeZone }: Pick<Options, 'standings' | 'now' | 'timeZone'>) {
  const found: string[] = [];
  let count = 0;
  return {
    async look(providers: readonly ServiceProvider[]) {
      const set = await standings.all(providers.map(({ account }) => account));
      for (const provider of providers) {
        const seen = seenStanding(provider, set.get(provider.account) ?? null, now());
        if (!seen.ref) continue;
        count++;
        if (found.length === CONFLICTS_SHOWN) continue;
        const until = seen.until ? ` until ${dateOf(dayAt(timeZone, seen.until))}` : '';
        found.push(
          `${provider.account} stays ${STANDING_WORDS[seen.is]}${until} after ${seen.ref}; the file says ${STANDING_WORDS[provider.status]}. Lift it in the case.`,
        );
      }
    },
    notes: () =>
      count > found.length ? [...found, `${count - found.length} more SPs stay as cases have set them.`] : found,
  };
}

/** A row's SP, with its area's name as in the directory; null with all faults reported. */
function providerOf(row: Row<Column>, areaOf: ReturnType<typeof areaNames>, numbers: Numbers): ServiceProvider | null {
  const { sp_account, ...others } = row.values;
  const area = areaOf(others.area);
  const read = readProvider({ account: sp_account, ...others, area: area ?? others.area }, numbers);
  if (!read.ok) for (const { field, message } of read.faults) row.blame(columnOf(field), message);
  if (area === null) row.blame('area', unknownArea(others.area));
  return read.ok && area !== null ? read.provider : null;
}

function unknownArea(given: string): string {
  const alike = lookAlikeFault(given);
  return `${shown(given) || 'nothing'} ${alike ?? 'is not an area of the directory or of this import: add it to areas.csv first'}`;
}

import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { isRestricted } from '../domain/access';
import type { Actor } from '../domain/actor';
import { caseTable } from '../domain/case-columns';
import { CASE_KINDS } from '../domain/kinds';
import type { SearchFilters } from '../domain/search';
import type { ServiceDeps } from './deps';
import { logReads, type Sighting } from './log-reads';
import { countCases, streamCases } from './search-cases';

export type ExportDeps = ServiceDeps & Parameters<typeof logReads>[0];

export interface ExportRequest {
  readonly filters: SearchFilters;
  readonly reader: Actor;
  /** People's names, if known. */
  readonly names: ReadonlyMap<Actor, string>;
  /** Where the bytes go; it is ended. */
  readonly to: Writable;
  /** Called now and then with the rows written so far; writing waits for it. */
  readonly onRows: (rows: number) => Promise<void>;
}

/** Rows between two calls of `onRows`. */
export const ROWS_A_STEP = 5000;

const READS_AT_ONCE = 200;

/** What spreadsheets expect: UTF-8 with a BOM, Windows line ends, and quotes around cells with any line break. */
export const CSV_DIALECT = { bom: true, record_delimiter: 'windows', quote_record_delimiter: true } as const;

/**
 * Writes everything that someone searches for and may read as CSV, with a hundred cases at a time in memory. Returns
 * the number of rows; reads of need-to-know cases go on the access log first. Rejects if the store or the file fails;
 * the file is then incomplete.
 */
export async function exportCases(deps: ExportDeps, request: ExportRequest): Promise<number> {
  const { filters, reader, names, to, onRows } = request;
  const [areas, policy, catalogue] = await Promise.all([
    deps.directory.areas(),
    deps.directory.policy(),
    deps.directory.catalogue(),
  ]);
  const kinds = await kindsFound(deps, filters, reader);
  const table = caseTable(kinds, { areas, timeZone: policy.time_zone, catalogue, names });
  let rows = 0;
  let read: Sighting[] = [];
  const keepReads = async () => {
    await logReads(deps, reader, read, 'export');
    read = [];
  };

  async function* records(): AsyncGenerator<readonly string[]> {
    yield table.header;
    if (!kinds.length) return;
    for await (const record of streamCases(deps, { ...filters, kinds: [...kinds] }, reader)) {
      yield table.cells(record);
      rows++;
      if (isRestricted(record.kind)) read.push({ record, sight: 'text' });
      if (read.length === READS_AT_ONCE) await keepReads();
      if (rows % ROWS_A_STEP === 0) await onRows(rows);
    }
    await keepReads();
  }
  await pipeline(Readable.from(records()), stringify(CSV_DIALECT), to);
  return rows;
}

/** The kinds among the results: only these need columns. */
async function kindsFound(deps: ServiceDeps, filters: SearchFilters, reader: Actor) {
  const asked = filters.kinds ?? CASE_KINDS;
  const counts = await Promise.all(asked.map((kind) => countCases(deps, { ...filters, kinds: [kind] }, reader, 1)));
  return CASE_KINDS.filter((kind) => (counts[asked.indexOf(kind)] ?? 0) > 0);
}

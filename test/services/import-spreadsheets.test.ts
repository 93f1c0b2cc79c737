import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { importMetrics } from '../../src/services/import-metrics';
import { faultLine } from '../../src/services/import-report';
import { type Content, HEADER, now, run, sourceOf } from './importing';

describe('a file as spreadsheets write it', () => {
  const rows = ['SP900001,Café “Best” – Muñoz,west,,,active', 'SP900002,Toys & Co,EAST COAST,,,'];
  const as = (separator: string, end = '\r\n', header = HEADER) =>
    [header, ...rows].map((row) => row.replaceAll(',', separator) + end).join('');
  it.each<[string, Content]>([
    ['semicolons and a byte order mark', `\uFEFF${as(';')}`],
    ['tabs in UTF-16, as Unicode Text', Buffer.from(`\uFEFF${as('\t')}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\uFEFF${as(',')}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(as(';'), 'utf16le')],
    ['bars', as('|')],
    ['two byte order marks', `\uFEFF\uFEFF${as(',')}`],
    ['a line that names its separator', `sep=,\r\n${as(',')}`],
    ['a line that names its separator, and a mark', `\uFEFFsep=;\r\n${as(';')}`],
    ['a line that names another separator', `sep=;\r\n${as(',')}`],
    ['carriage returns only', as(',', '\r')],
    ['mixed line ends', `${HEADER}\r${rows[0]}\n${rows[1]}\r\n`],
    ['blank lines above the header', `\r\n,,,,,\r\n${as(',')}`],
    ['an end-of-file mark', `${as(',')}\x1A`],
    ['zero bytes at its end', `${as(',')}\0\0\0\0`],
    ['headings for people', as(',', '\r\n', 'SP Account,Name,Area,Phone,E-mail,Status')],
    [
      'headings with spaces, dashes and what nobody sees',
      as(';', '\n', '\u200BSP-Account , name\u00A0,AREA,"Phone",e mail,\u202AStatus\u202C'),
    ],
    ['a heading of two lines', as(',', '\n', '"SP\nAccount",Name,Area,Phone,E-mail,Status')],
    ['empty columns at the right', `${HEADER},,\r\n${rows.map((row) => `${row},,\r\n`).join('')}`],
    [
      'rows that end with more separators than the header',
      `${HEADER}\r\n${rows.map((row) => `${row},,\r\n`).join('')}`,
    ],
    [
      'every value in quotes',
      [HEADER, ...rows]
        .map((row) =>
          row
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(','),
        )
        .join('\r\n'),
    ],
  ])('is read with %s', async (_, content) => {
    const { kept, faults } = await run(content);
    expect(faults).toEqual([]);
    expect(kept).toEqual([
      { account: 'SP900001', name: 'Café “Best” – Muñoz', area: 'West', phone: null, email: null, status: 'active' },
      { account: 'SP900002', name: 'Toys & Co', area: 'East Coast', phone: null, email: null, status: 'active' },
    ]);
  });

  it('is read as Windows-1252, which the report says', async () => {
    const { names, faults, report } = await run(
      Buffer.from(`${HEADER}\r\nSP900001,Caf\xe9 \x93Best\x94 \x96 Mu\xf1oz,West,,,active\r\n`, 'latin1'),
    );
    expect([names, faults]).toEqual([['Café “Best” – Muñoz'], []]);
    expect(report.notes).toEqual([expect.stringContaining('Windows-1252')]);
  });

  it.each([
    [
      'another code page',
      Buffer.from(`${HEADER}\r\nSP900001,Caf\x8e,West,,,\r\n`, 'latin1'),
      /^sps\.csv:2:file is not UTF-8.*CSV UTF-8/,
    ],
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\0'), /^sps\.csv:1:file is an Excel workbook/],
    [
      'a sign-in page',
      '<!DOCTYPE html><html><head><title>Sign in | Slack</title>',
      /sign-in page of Slack.*files:read/,
    ],
  ])('is refused as a whole if it is %s', async (_, content, words) => {
    const { kept, faults } = await run(content);
    expect(kept).toEqual([]);
    expect(faults).toEqual([expect.stringMatching(words)]);
  });

  it('never returns a value with a lost character', async () => {
    const { kept, faults } = await run(`${HEADER}\nSP900001,Caf\uFFFD,West,,,\nSP900002,Two,West,,,`);
    expect(kept.map(({ account }) => account)).toEqual(['SP900002']);
    expect(faults).toEqual([expect.stringMatching(/^sps\.csv:2:name .*a character was lost/)]);
  });
});

describe('invisible characters', () => {
  it.each([
    'SP900001\u200B',
    '\u202ASP900001\u202C',
    'SP9\u00AD00001',
    '\uFEFFSP900001',
    'SP\u2060900001',
    '\u00A0SP900001',
    'ＳＰ900001',
    'sp900001',
  ])('are dropped from the account %j', async (account) => {
    const { kept, faults } = await run(`${HEADER}\n${account},Jo\u200Be,W\u00ADest,,j\u200Boe@sp.example,act\u200Bive`);
    expect(faults).toEqual([]);
    expect(kept).toEqual([
      { account: 'SP900001', name: 'Joe', area: 'West', phone: null, email: 'joe@sp.example', status: 'active' },
    ]);
  });

  it.each([
    ['an account', '\u0405\u0420100275,Joe,West,,,', 'sp_account', 'a Cyrillic “\u0405” that looks like a Latin “S”'],
    ['an area', 'SP1,Joe,W\u0435st,,,', 'area', 'a Cyrillic “\u0435” that looks like a Latin “e”'],
    ['an address', 'SP1,Joe,West,,j\u043Ee@sp.example,', 'email', 'a Cyrillic “\u043E” that looks like a Latin “o”'],
    ['a status', 'SP1,Joe,West,,,\u0430ctive', 'status', 'a Cyrillic “\u0430” that looks like a Latin “a”'],
  ])('and look-alikes are named in %s', async (_, row, column, words) => {
    const { kept, faults } = await run(`${HEADER}\n${row}`);
    expect(kept).toEqual([]);
    expect(faults).toEqual([expect.stringContaining(`sps.csv:2:${column} `)]);
    expect(faults[0]).toContain(words);
  });
});

describe('what a spreadsheet did to a value', () => {
  it.each([
    ['1,00275E+05', 'sp_account', '"1,00275E+05",Joe,West,,,'],
    ['1.00275E+05', 'sp_account', '1.00275E+05,Joe,West,,,'],
    ['1E+05', 'sp_account', '1E+05,Joe,West,,,'],
    ['1.41556E+10', 'phone', 'SP1,Joe,West,1.41556E+10,,'],
    ['1,41556E+10', 'phone', 'SP1,Joe,West,"1,41556E+10",,'],
    ['#N/A', 'name', 'SP1,#N/A,West,,,'],
    ['#######', 'phone', 'SP1,Joe,West,#######,,'],
  ])('is refused with the cause: %s', async (value, column, row) => {
    const { kept, faults } = await run(`${HEADER}\n${row}`);
    expect(kept).toEqual([]);
    expect(faults).toEqual([expect.stringContaining(`sps.csv:2:${column} ${value} is a`)]);
    expect(faults[0]).toMatch(/Excel shortened|a spreadsheet error/);
  });

  it('is undone if nothing is lost', async () => {
    const { kept } = await run(`${HEADER}\n"=""0306703""",Joe,West,'+1 415 555 0101,,`);
    expect(kept[0]).toMatchObject({ account: '0306703', phone: '+1 415 555 0101' });
  });

  it('is reported with the expected form if it cannot be undone', async () => {
    const report = await importMetrics(
      sourceOf(
        [
          'SP Account;Period;Completion rate;Call acceptance;Average ETA minutes;ETA accuracy;NPS;Location-based tracking;Reassigns',
          'SP1;2026-09;91,5;;;;;;',
          'SP2;Sep-26;91.5;;;;;;',
          'SP3;26-Sep;91.5;;;;;;',
          '1,00275E+05;2026-09;91.5;;;;;;',
          'SP5;2026-09;91.5%;;;;;;',
          'SP6;2026-09;91;5;;;;;;',
        ].join('\r\n'),
      ),
      {
        metrics: { save: async (list) => ({ inserted: list.length, updated: 0, unchanged: 0 }) },
        numbers: STANDARD_NUMBERS,
        dryRun: true,
        by: 'test',
        now,
      },
    );
    expect(report.inserted).toBe(1);
    expect(report.faults.map(faultLine)).toEqual([
      'sps.csv:2:completion_rate 91,5 is not a number: write its decimal comma as a point, 91.5',
      'sps.csv:3:period Sep-26 is not a period: write it as 2026-09, in a column of the format Text',
      'sps.csv:4:period 26-Sep is not a period: give a month (2026-10) or a day (2026-10-31)',
      expect.stringContaining('sps.csv:5:sp_account 1,00275E+05 is a number that Excel shortened'),
      expect.stringContaining('sps.csv:7:row has 10 values where the header has 9'),
    ]);
  });
});

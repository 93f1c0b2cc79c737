import { WebClient } from '@slack/web-api';
import type { Actor } from '../../sandbox/workspace';
import { type AdminHome, adminHome, withSecondAdmin } from '../support/admin-home';
import { type Front, frontFor } from '../support/front';
import { startWorld, type World } from '../support/world';

let world: World;
let front: Front;
let ada: Actor;
let find: AdminHome['find'];
let goTo: AdminHome['goTo'];
let home: AdminHome['home'];
let modal: AdminHome['modal'];
let openAdmin: AdminHome['openAdmin'];
beforeAll(async () => {
  world = await startWorld({
    between: frontFor((made) => {
      front = made;
    }),
  });
  const admin = adminHome(world.workspace);
  ({ ada, find, goTo, home, modal, openAdmin } = admin);
  await withSecondAdmin(admin, world.workspace.ids.users.sam ?? '');
});
afterAll(() => world.stop());

describe('a CSV file dropped into Home', () => {
  const hand = async (name: string, content: string | Buffer, kind: string) => {
    await goTo('ada', 'Import', 'Drop a CSV file');
    const id = ada.upload(name, content);
    await ada.press('Import a file', { in: 'home' });
    await modal('ada', 'Import a file');
    await ada.fill({ 'What it holds': kind, 'CSV file': [id] });
    expect((await ada.submit()).updated?.text).toContain('is checking the file');
    await ada.close();
  };
  const drop = async (name: string, content: string | Buffer, kind: string) => {
    await hand(name, content, kind);
    return ada.waitForDm(({ text }) => text.startsWith(`${name}: `));
  };

  it('is checked line by line, and its valid rows are imported', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `BAD${i},Bad ${i},Nowhere,,,active`);
    const content = [
      'sp_account,name,area,phone,email,status',
      'ACC200,Bolt & Co,East,,,active',
      'NEW900,New One,West,,,',
      ...rows,
    ];
    const report = await drop('sps.csv', content.join('\n'), 'SPs');
    expect(report.text).toContain('1 would be added, 1 changed, 0 unchanged. 20 rows are bad and left out');
    expect(report.content).toContain('Line 4, area: Nowhere is not an area');
    await ada.waitForDm(({ text }) => text.includes('Everything that is wrong with sps.csv: 20 faults'));
    await goTo('ada', 'SPs', 'Bolt Electric');
    await openAdmin('sam');
    await goTo('sam', 'SPs', 'Bolt Electric');

    await ada.press('Import the 2 valid rows', { in: report });
    await ada.waitForDm(({ ts, content }) => ts === report.ts && content.includes('sps.csv: imported'));
    for (const who of ['ada', 'sam']) await home(who, 'Bolt & Co', 'NEW900');
    await goTo('ada', 'Admin history', '*SPs of sps.csv*: imported, 1 added, 1 changed');
  });

  it('is ignored on request, or if nothing in it can be read', async () => {
    const report = await drop('more.csv', 'sp_account,name,area,phone,email,status\nNEW901,Not Me,West,,,', 'SPs');
    await ada.press('Nothing', { in: report });
    await ada.waitForDm(({ ts, text }) => ts === report.ts && text.includes('Nothing was imported'));
    const empty = await drop('empty.csv', 'account,title\n1,2', 'SPs');
    expect(empty.content).toContain('the header lacks sp_account');
    expect(empty.content).toContain('nothing valid in it');
  });

  it('is read as Excel writes it, without blank rows, and a damaged row affects no other', async () => {
    const rows = [
      'SP Account\tName\tArea\tPhone\tE-mail\tStatus\t',
      'NEW910\tCafé “Best” – Muñoz\twest\t\t\tactive\t',
      'NEW911\t"Toys R Us\tWest\t\t\t\t',
      'NEW\u200B912\tAfter it\tEast\t\t\t\t',
      'NEW913\tShortened\tEast\t1.41556E+10\t\t\t',
      ...Array.from({ length: 5000 }, () => '\t\t\t\t\t\t'),
    ];
    const report = await drop('unicode.csv', Buffer.from(`\uFEFF${rows.join('\r\n')}`, 'utf16le'), 'SPs');
    expect(report.text).toContain('2 would be added, 0 changed, 0 unchanged. 2 rows are bad and left out.');
    expect(report.content).toContain('Line 3, row: cannot be read as CSV: a quote (") opens in it and does not close');
    expect(report.content).toContain('Line 5, phone: 1.41556E+10 is a number that Excel shortened');
    expect(report.content).toContain('5,000 blank rows were skipped.');
    await ada.press('Import the 2 valid rows', { in: report });
    await ada.waitForDm(({ ts, content }) => ts === report.ts && content.includes('unicode.csv: imported'));
    await goTo('ada', 'SPs', 'ACC100');
    await find('NEW91');
    await home('ada', 'SPs found (2)', 'Café “Best” – Muñoz', 'NEW912');
  });

  const HEADER = 'sp_account,name,area,phone,email,status';
  it.each<[string, Buffer, readonly string[]]>([
    [
      'in the code page of Windows',
      Buffer.from(`${HEADER}\r\nNEW930,Caf\xe9 \x93Best\x94 \x96 Mu\xf1oz,West,,,active\r\n`, 'latin1'),
      ['1 would be added', 'Windows-1252'],
    ],
    [
      'with semicolons and a byte order mark',
      Buffer.from(`\uFEFF${HEADER.replaceAll(',', ';')}\r\nNEW931;Joe "The Pipe" Smith;West;;;active\r\n`),
      ['1 would be added'],
    ],
    [
      'with a line that names the separator, friendly headings, and accounts kept as text',
      Buffer.from('sep=,\r\nSP Account,Name,Area,Phone,E-mail,Status\r\n="NEW932",12" Drains,West,,,active\r\n'),
      ['1 would be added'],
    ],
    [
      'with a quote that never ends, and a row too long below two lines in quotes',
      Buffer.from(
        `${HEADER}\r\nNEW933,"Two\r\nlines",West,,,\r\nNEW934,"Toys R Us,West,,,\r\n${Array.from({ length: 50 }, (_, i) => `NEW${940 + i},Good,West,,,`).join('\r\n')}\r\nNEW999,Short,West,,\r\n`,
      ),
      ['51 would be added', '2 rows are bad and left out', 'Line 4, row', 'Line 55, row'],
    ],
  ])('loses only its bad rows, written %s', async (how, content, words) => {
    const report = await drop(`${how.slice(0, 30)}.csv`, content, 'SPs');
    for (const word of words) expect(report.content).toContain(word);
    await ada.press('Nothing', { in: report });
  });

  it.each([
    [
      'an Excel workbook',
      Buffer.from('PK\x03\x04\x14\0'),
      '• The file is an Excel workbook, not a CSV file: save it as CSV UTF-8',
    ],
    [
      'other text than it should be',
      Buffer.from('sp_account,name\nSP1,Caf\x8e', 'latin1'),
      'The file (line 2) is not UTF-8',
    ],
  ])('is identified if it is %s', async (what, content, words) => {
    const report = await drop(`${what}.csv`, content, 'SPs');
    expect(report.text).toContain('Nothing in it could be read.');
    expect(report.content).toContain(words);
  });

  const SIGN_IN = '<!DOCTYPE html><html lang="en-US"><head><title>Sign in | Slack</title></head></html>';
  const CSV = 'sp_account,name,area,phone,email,status\nNEW920,Not Me,West,,,\n';
  it.each<[string, string, RegExp]>([
    ['a sign-in page', SIGN_IN, /sign-in page.*the app lacks files:read, or must be reinstalled/],
    ['nothing', '', /returned nothing of this file/],
    ['a part', CSV.slice(0, 60), /returned only part of this file/],
  ])('is not checked if Slack returns %s instead', async (_, content, words) => {
    front.serve((response) => response.writeHead(200, { 'content-type': 'text/csv' }).end(content));
    front.on('files.info', async (_args, forward) => {
      const body = await forward();
      const url = `${front.origin}/files/1`;
      return { body: { ...body, file: { ...(body.file as object), url_private: url, url_private_download: url } } };
    });
    await hand('page.csv', CSV, 'SPs');
    const { text } = await ada.waitForDm(({ text: said }) => words.test(said));
    expect(text).toContain('Your file could not be checked, and nothing was written.');
    front.on('files.info', null);
  });

  it('has a limited report, however much is wrong', async () => {
    const rows = Array.from({ length: 1500 }, () => `?,${'x'.repeat(500)},Nowhere,,,`);
    const report = await drop('wrong.csv', ['sp_account,name,area,phone,email,status', ...rows].join('\n'), 'SPs');
    expect(report.text).toContain('1,500 rows are bad and left out.');
    expect(report.content).toContain('4,490 more: the first 1,000 are in the file below.');
    expect(report.content.length).toBeLessThan(3000);
    const { files } = await ada.waitForDm(({ text }) =>
      text.includes('The first 1,000 of the 4,500 faults of wrong.csv'),
    );
    const client = new WebClient(world.workspace.botToken, { slackApiUrl: world.workspace.apiUrl });
    const { file } = await client.files.info({ file: files[0] ?? '' });
    expect(file?.size).toBeLessThan(200_000);
  });

  it('can be imported although the list of its faults could not be sent', async () => {
    const { faults } = world.workspace;
    await faults.set({ errorBefore: { remaining: 99, method: 'files.completeUploadExternal' } });
    const rows = [HEADER, 'NEW950,Good,West,,,', ...Array.from({ length: 11 }, () => '?,Bad,West,,,')];
    const report = await drop('list.csv', rows.join('\n'), 'SPs');
    await ada.waitForDm(({ text }) => text.startsWith('Slack did not take the file with everything that is wrong'));
    faults.clear();
    await ada.press('Import the valid row', { in: report });
    await ada.waitForDm(({ ts, content }) => ts === report.ts && content.includes('list.csv: imported'));
  });

  it('may contain areas, or metrics of SPs', async () => {
    const areas =
      'area,time_zone,channel,area_manager,deputy,fallback_channel\nNorth,America/Denver,#am-west,,,\nSouth,Moon,,,,';
    const report = await drop('areas.csv', areas, 'Areas');
    expect(report.content).toContain('Line 3, time_zone: Moon is not a time zone');
    await ada.press('Import the valid row', { in: report });
    await ada.waitForDm(({ ts, content }) => ts === report.ts && content.includes('areas.csv: imported'));
    await goTo('ada', 'Areas', 'Areas (3)', 'North');

    const columns =
      'sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns';
    const metrics = await drop('metrics.csv', `${columns}\nACC100,2026-10,90.5,72.8,57,68,47,61,1`, 'Metrics of SPs');
    expect(metrics.text).toContain('1 would be added');
    await ada.press('Import the valid row', { in: metrics });
    await ada.waitForDm(({ ts, content }) => ts === metrics.ts && content.includes('metrics.csv: imported'));
    expect(await world.app.jobDeps.metrics.newest('ACC100', 1)).toHaveLength(1);
  });
});

import { WebClient } from '@slack/web-api';
import { acknowledge } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { type Front, startFront } from '../support/front';
import { placeOf } from '../support/home-rows';
import { startWorld, type World } from '../support/world';

let world: World;
let front: Front;
beforeAll(async () => {
  world = await startWorld({
    between: async (apiUrl) => {
      front = await startFront(apiUrl);
      return front;
    },
  });
  await openAdmin('ada');
  // A second admin, so that two can work on the same thing.
  await goTo('ada', 'People and roles', 'Review exceptions');
  await ada().press('Change', {
    in: 'home',
    nth: placeOf(await home('ada', 'Review exceptions'), 'Change', '*Admins*'),
  });
  await modal('ada', 'Who has this role');
  await ada().fill({ People: ['sam'] });
  expect(await ada().submit()).toEqual({ closed: true });
  await home('ada', `<@${world.workspace.ids.users.sam}>`);
});
afterAll(() => world.stop());

const ada = () => world.workspace.as('ada');
const home = (who: string, ...words: string[]) =>
  world.workspace
    .as(who)
    .waitForHome(({ text }) => words.every((word) => text.includes(word)))
    .catch(() => {
      throw new Error(`No ${words.join(', ')} in Home, but: ${world.workspace.as(who).home().text}`);
    });
const modal = (who: string, title: string) => world.workspace.as(who).waitForModal((view) => view.title === title);
async function openAdmin(who: string) {
  await world.workspace.as(who).openHome();
  await home(who, 'Admin');
  await world.workspace.as(who).press('Admin', { in: 'home' });
  await home(who, 'Waiting for an admin');
}
async function goTo(who: string, part: string, ...words: string[]) {
  await world.workspace.as(who).choose(part, { in: 'home', from: 'Choose what to see' });
  return home(who, ...words);
}
const find = (text: string) => ada().choose(text, { in: 'home', from: 'home_arg:find' });

/** Files SP feedback from a customer, like an agent, and returns its reference. */
async function file(sj: string, negatives: readonly string[]) {
  const amira = world.workspace.as('amira');
  await amira.command(`/sp-feedback ACC100 ${sj}`, 'call-floor');
  await modal('amira', 'SP feedback');
  await amira.fill({
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': [...negatives],
    "Details of Customer's Experience with SP": 'Nobody came.',
  });
  const filed = await submitForm(amira);
  const ref = refIn(filed);
  if (!ref) throw new Error(`Not filed: ${JSON.stringify(filed)}`);
  await world.settled();
  return { ref, text: filed.told?.content ?? '' };
}

describe('the SP directory on Home', () => {
  it('finds an SP, refuses what the import would, and warns the second of two people who change it', async () => {
    const sam = world.workspace.as('sam');
    await goTo('ada', 'SPs', 'SPs (3)', 'This area does not exist');
    await find('plumb');
    await ada().waitForHome(({ text }) => text.includes('Ace Plumbing') && !text.includes('Bolt'));
    await openAdmin('sam');
    await goTo('sam', 'SPs', 'SPs (3)');
    await sam.press('Change', { in: 'home' });
    await modal('sam', 'Change an SP');

    await ada().press('Change', { in: 'home' });
    await modal('ada', 'Change an SP');
    await ada().fill({ Email: 'no address' });
    expect((await ada().submit()).errors?.Email).toContain('is not an email address');
    await ada().fill({ Email: 'ace@example.com', Name: 'Ace & Sons' });
    expect(await ada().submit()).toEqual({ closed: true });
    await find('ace so');
    await home('ada', 'SPs found (1)', 'Ace & Sons', 'ace@example.com');

    await sam.fill({ Status: 'Inactive' });
    const told = (await sam.submit()).updated;
    expect(told?.text).toContain('Someone else changed this in the meantime');
    expect(told?.fields.Status?.value).toBe('Inactive');
    await sam.fill({ Name: 'Ace & Sons' });
    expect(await sam.submit()).toEqual({ closed: true });
    await home('sam', 'inactive');

    await ada().press('Add an SP', { in: 'home' });
    await modal('ada', 'Add an SP');
    await ada().fill({ 'Account number': 'acc100', Name: 'Twin', Area: 'West' });
    expect((await ada().submit()).errors?.['Account number']).toContain('There is an SP ACC100 already');
    await ada().fill({ 'Account number': 'acc\u200B101' });
    expect(await ada().submit()).toEqual({ closed: true });
    await find('ACC1');
    await home('ada', 'SPs found (2)', 'ACC101', 'Twin');
    await goTo('ada', 'Admin history', '*SP ACC101*: added', '*SP ACC100*: name Ace Plumbing → Ace &amp; Sons');
  });
});

describe('the answer options on Home', () => {
  it('are offered at once, renamed permanently, and keep their label on old cards once retired', async () => {
    await goTo('ada', 'Answer options', 'Missed appointment', 'counts as MISSED APPT');
    await ada().press('Add an option', { in: 'home' });
    await modal('ada', 'Add an option');
    await ada().fill({ Label: 'missed appointment' });
    expect((await ada().submit()).errors?.Label).toContain('already in this list');
    await ada().fill({ Label: 'Left the gate open', 'Exception code': 'PROCESS' });
    expect(await ada().submit()).toEqual({ closed: true });
    await home('ada', 'Left the gate open');

    const { ref } = await file('440001', ['Left the gate open', 'Missed appointment']);
    const card = await world.workspace.as('dana').waitForMessage('am-west', ({ text }) => text.includes(ref));
    expect(card.content).toContain('Left the gate open');
    expect(card.content).toContain('PROCESS');

    // The first row is the missed appointment.
    await ada().choose('Rename', { in: 'home' });
    await modal('ada', 'Rename an option');
    await ada().fill({ Label: 'Did not come' });
    expect(await ada().submit()).toEqual({ closed: true });
    await home('ada', 'Did not come');
    await ada().choose('Retire', { in: 'home' });
    await modal('ada', 'Retire an option');
    expect(await ada().submit()).toEqual({ closed: true });
    await home('ada', '~Did not come~');

    const amira = world.workspace.as('amira');
    await amira.command('/sp-feedback ACC100 440002', 'call-floor');
    await modal('amira', 'SP feedback');
    await amira.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    await expect(amira.fill({ 'Negative Customer Feedback': ['Did not come'] })).rejects.toThrow();
    await amira.close();

    const dana = world.workspace.as('dana');
    await acknowledge(dana, card);
    await world.settled();
    const later = await dana.waitForMessage(
      'am-west',
      ({ ts, content }) => ts === card.ts && content.includes('Did not come'),
    );
    expect(later.content).toContain('MISSED APPT');

    await goTo('ada', 'Admin history', 'retired “Did not come”', 'renamed “Missed appointment” to “Did not come”');
  });
});

describe('the closing texts on Home', () => {
  it('are previewed before they are saved, and read out from then on', async () => {
    await goTo('ada', 'Closing texts', 'standard text', 'This is now with the manager responsible');
    await ada().press('Change', { in: 'home' });
    await modal('ada', 'Change a closing text');
    await ada().fill({ Text: 'Thank you. We <will> call.' });
    const preview = (await ada().submit()).updated;
    expect(preview?.title).toBe('How it will look');
    expect(await ada().submit()).toEqual({ closed: true });
    await home('ada', 'changed by you');
    expect((await file('440003', ['No work done'])).text).toContain('Thank you. We <will> call.');

    await ada().choose('Back to the standard text', { in: 'home' });
    await modal('ada', 'Standard text');
    expect(await ada().submit()).toEqual({ closed: true });
    await ada().waitForHome(({ text }) => !text.includes('changed by you'));
  });
});

describe('a CSV file dropped into Home', () => {
  const hand = async (name: string, content: string | Buffer, kind: string) => {
    await goTo('ada', 'Import', 'Drop a CSV file');
    const id = ada().upload(name, content);
    await ada().press('Import a file', { in: 'home' });
    await modal('ada', 'Import a file');
    await ada().fill({ 'What it holds': kind, 'CSV file': [id] });
    expect((await ada().submit()).updated?.text).toContain('is checking the file');
    await ada().close();
  };
  const drop = async (name: string, content: string | Buffer, kind: string) => {
    await hand(name, content, kind);
    return ada().waitForDm(({ text }) => text.startsWith(`${name}: `));
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
    await ada().waitForDm(({ text }) => text.includes('Everything that is wrong with sps.csv: 20 faults'));
    await goTo('ada', 'SPs', 'Bolt Electric');
    await openAdmin('sam');
    await goTo('sam', 'SPs', 'Bolt Electric');

    await ada().press('Import the 2 valid rows', { in: report });
    await ada().waitForDm(({ ts, content }) => ts === report.ts && content.includes('sps.csv: imported'));
    for (const who of ['ada', 'sam']) await home(who, 'Bolt & Co', 'NEW900');
    await goTo('ada', 'Admin history', '*SPs of sps.csv*: imported, 1 added, 1 changed');
  });

  it('is ignored on request, or if nothing in it can be read', async () => {
    const report = await drop('more.csv', 'sp_account,name,area,phone,email,status\nNEW901,Not Me,West,,,', 'SPs');
    await ada().press('Nothing', { in: report });
    await ada().waitForDm(({ ts, text }) => ts === report.ts && text.includes('Nothing was imported'));
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
    await ada().press('Import the 2 valid rows', { in: report });
    await ada().waitForDm(({ ts, content }) => ts === report.ts && content.includes('unicode.csv: imported'));
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
    await ada().press('Nothing', { in: report });
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
    const { text } = await ada().waitForDm(({ text: said }) => words.test(said));
    expect(text).toContain('Your file could not be checked, and nothing was written.');
    front.on('files.info', null);
  });

  it('has a limited report, however much is wrong', async () => {
    const rows = Array.from({ length: 1500 }, () => `?,${'x'.repeat(500)},Nowhere,,,`);
    const report = await drop('wrong.csv', ['sp_account,name,area,phone,email,status', ...rows].join('\n'), 'SPs');
    expect(report.text).toContain('1,500 rows are bad and left out.');
    expect(report.content).toContain('4,490 more: the first 1,000 are in the file below.');
    expect(report.content.length).toBeLessThan(3000);
    const { files } = await ada().waitForDm(({ text }) =>
      text.includes('The first 1,000 of the 4,500 faults of wrong.csv'),
    );
    const client = new WebClient(world.workspace.botToken, { slackApiUrl: world.workspace.apiUrl });
    const { file } = await client.files.info({ file: files[0] ?? '' });
    expect(file?.size).toBeLessThan(200_000);
  });

  it('may contain areas, or metrics of SPs', async () => {
    const areas =
      'area,time_zone,channel,area_manager,deputy,fallback_channel\nNorth,America/Denver,#am-west,,,\nSouth,Moon,,,,';
    const report = await drop('areas.csv', areas, 'Areas');
    expect(report.content).toContain('Line 3, time_zone: Moon is not a time zone');
    await ada().press('Import the valid row', { in: report });
    await ada().waitForDm(({ ts, content }) => ts === report.ts && content.includes('areas.csv: imported'));
    await goTo('ada', 'Areas', 'Areas (3)', 'North');

    const columns =
      'sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns';
    const metrics = await drop('metrics.csv', `${columns}\nACC100,2026-10,90.5,72.8,57,68,47,61,1`, 'Metrics of SPs');
    expect(metrics.text).toContain('1 would be added');
    await ada().press('Import the valid row', { in: metrics });
    await ada().waitForDm(({ ts, content }) => ts === metrics.ts && content.includes('metrics.csv: imported'));
    expect(await world.app.jobDeps.metrics.newest('ACC100', 1)).toHaveLength(1);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runImport } from '../../scripts/import';
import { spMetricsStore } from '../../src/db/sp-metrics';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { AREAS, DEMO, importing, SPS, WEST } from './importing';

const { connection, file, folder, run, stored, workspace } = importing();

describe('the import of metrics', () => {
  it('accepts the demo data by itself, and changes nothing the second time', async () => {
    const demo = ['--metrics', `${DEMO}/metrics.csv`];
    expect(await run(...demo, '--dry-run')).toMatchObject({ code: 0, complained: [] });
    expect(await spMetricsStore(connection()).newest('SP100275', 9)).toEqual([]);
    expect(await run(...demo)).toMatchObject({ code: 0, complained: [] });
    expect((await spMetricsStore(connection()).newest('SP100275', 9)).map(({ period }) => period)).toEqual([
      '2026-10',
      '2026-09',
    ]);
    expect((await run(...demo)).said).toMatch(/0 inserted, 0 updated, \d+ unchanged, 0 faults/);
  });

  it('lists faults with their place, and in strict mode writes nothing of a file with one', async () => {
    const header =
      'sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns';
    const path = await file('metrics.csv', [header, 'ACC100,2026-10,96,,,,,,', 'ACC100,2026-09,960,,,,,,']);
    const { code, complained } = await run('--metrics', path, '--strict');
    expect([code, complained]).toEqual([
      2,
      ['metrics.csv:3:completion_rate 960 is out of range: Completion rate goes from 0 to 100%'],
    ]);
    expect(await spMetricsStore(connection()).newest('ACC100', 9)).toEqual([]);
    expect((await run('--metrics', path)).code).toBe(2);
    expect(await spMetricsStore(connection()).newest('ACC100', 9)).toHaveLength(1);
  });
});

describe('the import', () => {
  const demo = ['--areas', `${DEMO}/areas.csv`, '--sps', `${DEMO}/sps.csv`, '--policy', `${DEMO}/policy.yaml`];

  it('accepts the demo data, and changes nothing the second time', async () => {
    expect(await run(...demo)).toMatchObject({ code: 0, complained: [] });
    const { users, channels } = workspace().ids;
    expect(await stored().area('West')).toEqual({
      name: 'West',
      timeZone: 'America/Los_Angeles',
      channel: channels['am-west'],
      areaManager: users.dana,
      deputy: users.tom,
      manager: users.marcus,
      fallbackChannel: channels['warmline-unrouted'],
    });
    expect((await stored().policy()).channels.risk).toBe(channels['risk-desk']);
    expect(await stored().provider('SP101537')).toMatchObject({ name: 'Kowalski, Sons & Daughters', area: 'Central' });
    const again = await run(...demo);
    expect(again.code).toBe(0);
    expect(again.said).toContain('sps.csv: 0 inserted, 0 updated, 40 unchanged, 0 faults');
    expect(again.said).toContain('policy.yaml: 0 inserted, 0 updated, 1 unchanged, 0 faults');
  });

  it('writes nothing in a dry run, and says what it would do', async () => {
    const { code, said } = await run(...demo, '--dry-run');
    expect(code).toBe(0);
    expect(said).toContain('sps.csv: 40 inserted');
    expect(said).toContain('nothing was written');
    expect(await stored().areas()).toEqual([]);
    expect(await connection().model('ServiceProvider').countDocuments()).toBe(0);
  });

  it('updates in place what changed', async () => {
    const areas = await file('areas.csv', [AREAS, WEST]);
    await run('--areas', areas, '--sps', await file('a.csv', [SPS, 'sp1,One,West,,,', 'SP2,Two,West,,,active']));
    const { said } = await run(
      '--sps',
      await file('b.csv', [SPS, 'SP1,One,West,,,inactive', 'SP2,Two,West,,,', 'SP3,Three,West,,,']),
    );
    expect(said).toContain('b.csv: 1 inserted, 1 updated, 1 unchanged, 0 faults');
    expect(await stored().provider('SP1')).toMatchObject({ status: 'inactive' });
  });

  it('imports what is valid and lists all other faults by file, line and column', async () => {
    const areas = await file('areas.csv', [
      AREAS,
      WEST,
      'North,Mars/Base,#nowhere,nobody@warmline.example,gone@warmline.example,#old',
      'South,America/Chicago,#elsewhere,Dana,,C0NOTHERE',
      ',UTC,,,,',
      'west,UTC,,,,',
    ]);
    const sps = await file('sps.csv', [
      SPS,
      'SP1,One,West,,one@sp.example,active',
      'SP 2,,North,,not-an-address,paused',
      'sp1,One again,West,,,active',
      'SP4,Four,West',
      '"SP5","Five',
      'and a half","West",,,',
      'SP6,,West,,,',
    ]);
    const { code, said, complained } = await run('--areas', areas, '--sps', sps);
    expect(code).toBe(2);
    expect(complained).toEqual([
      expect.stringMatching(/^areas\.csv:3:time_zone Mars\/Base is not a time zone/),
      expect.stringMatching(/^areas\.csv:3:channel Warmline sees no channel #nowhere/),
      expect.stringMatching(/^areas\.csv:3:area_manager no one in Slack is nobody@/),
      expect.stringMatching(/^areas\.csv:3:deputy (gone@warmline.example is deactivated|no one in Slack is gone@)/),
      expect.stringMatching(/^areas\.csv:3:fallback_channel #old is archived/),
      expect.stringMatching(/^areas\.csv:4:channel Warmline is not in #elsewhere: type \/invite/),
      expect.stringMatching(/^areas\.csv:4:area_manager Dana is not a person/),
      expect.stringMatching(/^areas\.csv:4:fallback_channel Warmline sees no channel C0NOTHERE/),
      expect.stringMatching(/^areas\.csv:5:area is empty/),
      expect.stringMatching(/^areas\.csv:6:area west is on line 2 already/),
      expect.stringMatching(/^sps\.csv:3:sp_account SP 2 is not an account number/),
      expect.stringMatching(/^sps\.csv:3:name is empty/),
      expect.stringMatching(/^sps\.csv:3:email not-an-address is not an email/),
      expect.stringMatching(/^sps\.csv:3:status paused must be active, on notice, inactive/),
      expect.stringMatching(/^sps\.csv:3:area North is not an area/),
      expect.stringMatching(/^sps\.csv:4:sp_account SP1 is on line 2 already/),
      expect.stringMatching(/^sps\.csv:5:row has 3 values where the header has 6/),
      expect.stringMatching(/^sps\.csv:8:name is empty/),
    ]);
    expect(said).toContain('areas.csv: 1 inserted, 0 updated, 0 unchanged, 10 faults');
    expect(said).toContain('sps.csv: 2 inserted');
    expect(await stored().provider('SP5')).toMatchObject({ name: 'Five\nand a half' });
    expect(await stored().provider('SP1')).toMatchObject({ name: 'One' });
  });

  it('writes nothing at all with --strict if one row is bad, and everything if none is', async () => {
    const areas = await file('areas.csv', [AREAS, WEST]);
    const bad = await file('bad.csv', [SPS, 'SP1,One,West,,,', 'SP2,Two,Atlantis,,,']);
    const refused = await run('--strict', '--areas', areas, '--sps', bad);
    expect(refused).toMatchObject({ code: 2, complained: [expect.stringMatching(/^bad\.csv:3:area Atlantis/)] });
    expect(refused.said).toContain('Strict: nothing was written');
    expect(await stored().areas()).toEqual([]);
    const good = await file('good.csv', [SPS, 'SP1,One,West,,,']);
    expect(await run('--strict', '--areas', areas, '--sps', good)).toMatchObject({ code: 0 });
    expect(await stored().provider('SP1')).not.toBeNull();
  });

  it('reads a byte order mark, Windows line ends, quotes, blank lines and columns in another order', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const sps = await file(
      'sps.csv',
      '\uFEFFSTATUS,sp_account,name,area,email,phone\r\n\r\nactive,SP1,"A ""B"", C",West,,"1, 2"\r\n',
    );
    expect(await run('--sps', sps)).toMatchObject({ code: 0, complained: [] });
    expect(await stored().provider('SP1')).toMatchObject({ name: 'A "B", C', phone: '1, 2' });
  });

  it('accepts exactly the account numbers that the forms accept', async () => {
    const areas = await file('areas.csv', [AREAS, WEST]);
    const accounts = ['AB', 'A-1', 'A'.repeat(20), 'B'.repeat(21), 'sp_1'];
    const sps = await file('sps.csv', [SPS, ...accounts.map((account) => `${account},One,West,,,`)]);
    const { complained } = await run('--areas', areas, '--sps', sps);
    const fault = 'is not an account number: use 3 to 20 letters, digits or dashes, such as SP-10442';
    expect(complained).toEqual([
      `sps.csv:2:sp_account AB ${fault}`,
      `sps.csv:5:sp_account ${'B'.repeat(21)} ${fault}`,
      `sps.csv:6:sp_account sp_1 ${fault}`,
    ]);
    for (const account of accounts)
      expect((await stored().provider(account)) !== null).toBe(STANDARD_NUMBERS.parseSpAccount(account).ok);
  });

  it.each([
    [
      'account,name,area,phone,email,status',
      'the header lacks sp_account and has unknown columns: account; it must be sp_account,name',
    ],
    [`${SPS},name`, 'the header has name twice'],
    ['', 'the file is empty: begin it with the line sp_account,name'],
  ])('says what a header must be: %p', async (header, words) => {
    const { code, complained } = await run('--sps', await file('sps.csv', header && [header, 'SP1,One,West,,,']));
    expect(code).toBe(2);
    expect(complained).toEqual([expect.stringContaining(`sps.csv:1:header ${words}`)]);
  });

  it('says where a quote is never closed, and imports every other row', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const { code, complained } = await run(
      '--sps',
      await file('sps.csv', [SPS, 'SP1,One,West,,,', 'SP2,"Two,West,,,', 'SP3,Three,West,,,']),
    );
    expect(code).toBe(2);
    expect(complained).toEqual([expect.stringMatching(/^sps\.csv:3:row cannot be read as CSV/)]);
    for (const account of ['SP1', 'SP3']) expect(await stored().provider(account)).not.toBeNull();
  });

  it('matches an area in any letter case, and makes no second one', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const again = await run(
      '--areas',
      await file('again.csv', [
        'Area;Time zone;Channel;Area Manager;Deputy;Fallback channel',
        'WEST;America/Denver;#am-west;;;',
      ]),
      '--sps',
      await file('sps.csv', [SPS, 'SP1,One,wEST,,,']),
    );
    expect(again).toMatchObject({ code: 0, complained: [] });
    expect(again.said).toContain('again.csv: 0 inserted, 1 updated, 0 unchanged, 0 faults');
    expect((await stored().areas()).map(({ name, timeZone }) => [name, timeZone])).toEqual([
      ['West', 'America/Denver'],
    ]);
    expect(await stored().provider('SP1')).toMatchObject({ area: 'West' });
  });

  it('leaves the manager of an area in place if the file has no such column, and empties it if the column is empty', async () => {
    const withManager = `${AREAS},manager`;
    const { marcus } = workspace().ids.users;
    const manager = async () => (await stored().area('West'))?.manager;
    await run('--areas', await file('with.csv', [withManager, `${WEST},marcus@warmline.example`]));
    expect(await manager()).toBe(marcus);
    expect((await run('--areas', await file('old.csv', [AREAS, WEST]))).said).toContain('1 unchanged');
    expect(await manager()).toBe(marcus);
    expect((await run('--areas', await file('empty.csv', [withManager, `${WEST},`]))).said).toContain('1 updated');
    expect(await manager()).toBeNull();
  });

  it('keeps invisible characters out of areas, and refuses look-alike letters of another script', async () => {
    const areas = await file('areas.csv', [
      AREAS,
      'We\u200Bst,America/Los_Angeles,#am-\u00ADwest,\u202Adana@warmline.example\u202C,,',
      'E\u0430st,UTC,#am-w\u0435st,d\u0430na@warmline.example,,',
    ]);
    const { complained } = await run('--areas', areas);
    expect(complained).toEqual([
      expect.stringMatching(/^areas\.csv:3:area has a Cyrillic “\u0430” that looks like a Latin “a”/),
      expect.stringMatching(/^areas\.csv:3:channel #am-w\u0435st has a Cyrillic “\u0435”/),
      expect.stringMatching(/^areas\.csv:3:area_manager d\u0430na@warmline.example has a Cyrillic “\u0430”/),
    ]);
    expect(await stored().area('West')).toMatchObject({ areaManager: workspace().ids.users.dana });
  });

  it('says how a file was read and what was skipped, and counts what it does not list', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const good = Buffer.from(`${SPS}\r\nSP1,Caf\xe9,West,,,\r\n${',,,,,\r\n'.repeat(1500)}`, 'latin1');
    await writeFile(join(folder(), 'sps.csv'), good);
    const { code, said } = await run('--sps', join(folder(), 'sps.csv'));
    expect(code).toBe(0);
    expect(said).toContain('sps.csv: 1,500 blank rows were skipped.');
    expect(said).toContain('sps.csv: It was read as Windows-1252');
    expect(await stored().provider('SP1')).toMatchObject({ name: 'Café' });
    const bad = await run(
      '--sps',
      await file('bad.csv', [SPS, ...Array.from({ length: 1200 }, () => '?,Joe,West,,,')]),
    );
    expect(bad.complained).toHaveLength(1001);
    expect(bad.complained.at(-1)).toBe('bad.csv: 200 more are not listed. In total: 1,200 in sp_account.');
    expect(bad.said).toContain('bad.csv: 0 inserted, 0 updated, 0 unchanged, 1200 faults');
  });

  it('prints a plain line every 10,000 rows without a terminal', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const rows = Array.from({ length: 20_500 }, (_, index) => `SP${index},SP ${index},West,,,active`);
    const { code, said } = await run('--sps', await file('sps.csv', [SPS, ...rows]));
    expect(code).toBe(0);
    expect(said.split('\n').map((line) => line.replace(/^.*\//, ''))).toEqual([
      'sps.csv: 10,000 rows',
      'sps.csv: 20,000 rows',
      'sps.csv: 20500 inserted, 0 updated, 0 unchanged, 0 faults',
      '',
    ]);
  });

  it('reports invalid arguments, settings and paths', async () => {
    expect(await run()).toMatchObject({
      code: 1,
      complained: expect.arrayContaining(['Name at least one file to import.']),
    });
    expect(await run('--area', 'x')).toMatchObject({
      code: 1,
      complained: expect.arrayContaining([expect.stringContaining('--area')]),
    });
    expect(await run('--areas', '', '--sps', await file('sps.csv', [SPS]))).toMatchObject({
      code: 1,
      complained: expect.arrayContaining(['The path of a file is empty.']),
    });
    expect(await run('--sps', '/nowhere.csv')).toMatchObject({
      code: 1,
      complained: [expect.stringContaining('/nowhere.csv cannot be read')],
    });
    expect(await run('--sps', folder())).toMatchObject({
      code: 1,
      complained: [expect.stringContaining('is no plain file')],
    });
    const err = new PassThrough();
    expect(await runImport(['--sps', 'x'], {}, { out: new PassThrough(), err })).toBe(1);
    expect(String(err.read())).toMatch(/SLACK_BOT_TOKEN is not set.*\nMONGODB_URI is not set/);
  });
});

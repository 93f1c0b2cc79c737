import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Connection } from 'mongoose';
import pino from 'pino';
import manifest from '../../manifests/socket.json';
import people from '../../sandbox/demo-data/people.json';
import { startWorkspace, type Workspace } from '../../sandbox/workspace';
import { runImport } from '../../scripts/import';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { spMetricsStore } from '../../src/db/sp-metrics';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { freshDatabase } from '../support/engine';

const DEMO = join(__dirname, '../../sandbox/demo-data');
const AREAS = 'area,time_zone,channel,area_manager,deputy,fallback_channel';
const SPS = 'sp_account,name,area,phone,email,status';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace({
    manifest,
    users: [...people.users, { name: 'gone', email: 'gone@warmline.example', deleted: true }],
    channels: [
      ...people.channels,
      { name: 'old', archived: true, members: ['dana'] },
      { name: 'elsewhere', app: false, members: ['dana'] },
    ],
    userGroups: [{ handle: 'nights', users: ['rosa'] }],
  });
});
afterAll(() => workspace.stop());

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let folder: string;
beforeEach(async () => {
  [database, folder] = [await freshDatabase(), await mkdtemp(join(tmpdir(), 'import-'))];
  connection = await connect(database.uri, pino({ level: 'silent' }));
});
afterEach(async () => {
  await connection.close();
  await database.drop();
  await rm(folder, { recursive: true });
});
const stored = () => directoryStore(connection, { now: () => new Date() });

async function run(...args: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const env = { MONGODB_URI: database.uri, SLACK_BOT_TOKEN: workspace.botToken, SLACK_API_URL: workspace.apiUrl };
  const [code, said, complained] = await Promise.all([
    runImport(args, env, { out, err }).finally(() => {
      out.end();
      err.end();
    }),
    text(out),
    text(err),
  ]);
  return { code, said, complained: complained.replaceAll(`${folder}/`, '').split('\n').filter(Boolean) };
}
async function file(name: string, lines: readonly string[] | string): Promise<string> {
  await writeFile(join(folder, name), typeof lines === 'string' ? lines : `${lines.join('\n')}\n`);
  return join(folder, name);
}
const west = 'West,America/Los_Angeles,#am-west,dana@warmline.example,,';

describe('the import of metrics', () => {
  it('accepts the demo data by itself, and changes nothing the second time', async () => {
    const demo = ['--metrics', `${DEMO}/metrics.csv`];
    expect(await run(...demo, '--dry-run')).toMatchObject({ code: 0, complained: [] });
    expect(await spMetricsStore(connection).newest('SP100275', 9)).toEqual([]);
    expect(await run(...demo)).toMatchObject({ code: 0, complained: [] });
    expect((await spMetricsStore(connection).newest('SP100275', 9)).map(({ period }) => period)).toEqual([
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
    expect(await spMetricsStore(connection).newest('ACC100', 9)).toEqual([]);
    expect((await run('--metrics', path)).code).toBe(2);
    expect(await spMetricsStore(connection).newest('ACC100', 9)).toHaveLength(1);
  });
});

describe('the import', () => {
  const demo = ['--areas', `${DEMO}/areas.csv`, '--sps', `${DEMO}/sps.csv`, '--policy', `${DEMO}/policy.yaml`];

  it('accepts the demo data, and changes nothing the second time', async () => {
    expect(await run(...demo)).toMatchObject({ code: 0, complained: [] });
    const { users, channels } = workspace.ids;
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
    expect(await connection.model('ServiceProvider').countDocuments()).toBe(0);
  });

  it('updates in place what changed', async () => {
    const areas = await file('areas.csv', [AREAS, west]);
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
      west,
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
    const areas = await file('areas.csv', [AREAS, west]);
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
    await run('--areas', await file('areas.csv', [AREAS, west]));
    const sps = await file(
      'sps.csv',
      '\uFEFFSTATUS,sp_account,name,area,email,phone\r\n\r\nactive,SP1,"A ""B"", C",West,,"1, 2"\r\n',
    );
    expect(await run('--sps', sps)).toMatchObject({ code: 0, complained: [] });
    expect(await stored().provider('SP1')).toMatchObject({ name: 'A "B", C', phone: '1, 2' });
  });

  it('accepts exactly the account numbers that the forms accept', async () => {
    const areas = await file('areas.csv', [AREAS, west]);
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
    await run('--areas', await file('areas.csv', [AREAS, west]));
    const { code, complained } = await run(
      '--sps',
      await file('sps.csv', [SPS, 'SP1,One,West,,,', 'SP2,"Two,West,,,', 'SP3,Three,West,,,']),
    );
    expect(code).toBe(2);
    expect(complained).toEqual([expect.stringMatching(/^sps\.csv:3:row cannot be read as CSV/)]);
    for (const account of ['SP1', 'SP3']) expect(await stored().provider(account)).not.toBeNull();
  });

  it('matches an area in any letter case, and makes no second one', async () => {
    await run('--areas', await file('areas.csv', [AREAS, west]));
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
    expect(await stored().area('West')).toMatchObject({ areaManager: workspace.ids.users.dana });
  });

  it('says how a file was read and what was skipped, and counts what it does not list', async () => {
    await run('--areas', await file('areas.csv', [AREAS, west]));
    const good = Buffer.from(`${SPS}\r\nSP1,Caf\xe9,West,,,\r\n${',,,,,\r\n'.repeat(1500)}`, 'latin1');
    await writeFile(join(folder, 'sps.csv'), good);
    const { code, said } = await run('--sps', join(folder, 'sps.csv'));
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
    await run('--areas', await file('areas.csv', [AREAS, west]));
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
    expect(await run('--sps', '/nowhere.csv')).toMatchObject({
      code: 1,
      complained: [expect.stringContaining('/nowhere.csv cannot be read')],
    });
    expect(await run('--sps', folder)).toMatchObject({
      code: 1,
      complained: [expect.stringContaining('is no plain file')],
    });
    const err = new PassThrough();
    expect(await runImport(['--sps', 'x'], {}, { out: new PassThrough(), err })).toBe(1);
    expect(String(err.read())).toMatch(/SLACK_BOT_TOKEN is not set.*\nMONGODB_URI is not set/);
  });
});

describe('the policy', () => {
  const valid = [
    'time_zone: America/Chicago',
    'clocks: {}',
    'ladders:',
    '  acknowledge:',
    '    - { after: 0, to: thread }',
    'calendars:',
    '  default:',
    '    hours:',
    '      mon: [["08:00", "18:00"]]',
    'channels:',
    '  risk: "#risk-desk"',
  ];
  const change = (line: number, ...replacement: string[]) => valid.toSpliced(line - 1, 1, ...replacement);

  it.each<[string, string[], string]>([
    ['a misspelt setting', change(2, 'clock: {}', 'clocks: {}'), '2:1 clock: there is no such setting'],
    ['a wrong target', change(5, '    - { after: 0, to: boss }'), '5:23 ladders.acknowledge.0.to: use thread, owner'],
    ['a wrong number', change(5, '    - { after: -5, to: thread }'), '5:16 ladders.acknowledge.0.after: '],
    ['a calendar that never opens', change(9, '      mon: []'), '8:5 calendars.default.hours: it never opens'],
    [
      'a reversed day',
      change(9, '      mon: [["18:00", "08:00"]]'),
      '9:13 calendars.default.hours.mon.0: 18:00–08:00 ends before',
    ],
    ['a wrong zone', change(1, 'time_zone: Chicago'), '1:12 time_zone: use an IANA time zone'],
    ['a missing part', change(1, '# no zone'), '2:1 time_zone: is missing'],
    ['broken YAML', change(5, '    - { after: 0, to: thread'), '6:1 is not YAML: '],
    ['an unknown channel', change(11, '  risk: "#nowhere"'), '11:9 channels.risk: Warmline sees no channel #nowhere'],
    ['a public channel for secrets', change(11, '  risk: "#call-floor"'), '11:9 channels.risk: #call-floor is public'],
    [
      'a channel without the app',
      change(11, '  fallback: "#elsewhere"'),
      '11:13 channels.fallback: Warmline is not in #elsewhere',
    ],
    ['an archived channel', change(11, '  fallback: "#old"'), '11:13 channels.fallback: #old is archived'],
    [
      'an unknown person',
      change(5, '    - { after: 0, to: "user:nobody@x.example" }'),
      '5:23 ladders.acknowledge.0.to: no one in Slack',
    ],
    [
      'an unknown person on a ladder of a clock of its own',
      change(
        2,
        'clocks: { default: { high: { review: { minutes: 1, time: always, ladder: [{ after: 0, to: user:x }] } } } }',
      ),
      '2:91 clocks.default.high.review.ladder.0.to: x is not a person',
    ],
    [
      'a rung that comes back too soon',
      change(5, '    - { after: 0, to: thread, repeat: { every: 1, times: 2 } }'),
      '5:48 ladders.acknowledge.0.repeat.every: a rung can repeat every 5 minutes at most',
    ],
    [
      'a ladder that never ends',
      change(5, '    - { after: 0, to: thread, repeat: { every: 5, times: 60 } }'),
      '4:3 ladders.acknowledge: this ladder has 61 rungs with their repeats: 60 is the limit',
    ],
  ])('reports %s with its line and column', async (_, lines, words) => {
    const { code, complained } = await run('--policy', await file('policy.yaml', lines));
    expect(code).toBe(2);
    expect(complained).toEqual([expect.stringContaining(`policy.yaml:${words}`)]);
    expect(await stored().policy()).toEqual(DEFAULT_POLICY);
  });

  it('is identified if it is not text', async () => {
    const { code, complained } = await run(
      '--policy',
      await file('policy.yaml', '<!DOCTYPE html><title>Sign in</title>'),
    );
    expect(code).toBe(2);
    expect(complained).toEqual([expect.stringContaining('policy.yaml:1:file is a web page (HTML)')]);
  });

  it('is accepted with a warning about targets that are not set up here', async () => {
    const lines = [
      ...valid,
      'webhooks:',
      '  - { name: crm, url: "https://crm.example.com", secret: WEBHOOK_SECRET_CRM }',
    ];
    const { code, said } = await run('--policy', await file('policy.yaml', lines));
    expect(code).toBe(0);
    expect(said).toContain(
      'policy.yaml: Nothing can be posted to the webhook crm. Its secret is not set where Warmline runs: set the variable that the policy names, and restart.',
    );
    expect((await stored().policy()).webhooks).toHaveLength(1);
  });

  it('may be in UTF-16', async () => {
    await writeFile(join(folder, 'policy.yaml'), Buffer.from(`\uFEFF${valid.join('\r\n')}`, 'utf16le'));
    expect(await run('--policy', join(folder, 'policy.yaml'))).toMatchObject({ code: 0, complained: [] });
  });

  it('reports all faults at once, in order', async () => {
    const lines = [...change(5, '    - { after: -5, to: boss }'), '  riks: x'];
    const { complained } = await run('--policy', await file('policy.yaml', lines));
    expect(complained.map((line) => line.split(' ')[0])).toEqual([
      'policy.yaml:5:16',
      'policy.yaml:5:24',
      'policy.yaml:12:3',
    ]);
  });

  it('is accepted with the people of its roles as ids, and user groups unchanged', async () => {
    const nights = `group:${workspace.ids.userGroups.nights}`;
    const roles = ['roles:', `  risk: ["rosa@warmline.example", "${nights}"]`, `  admin: [${workspace.ids.users.ada}]`];
    const policy = await file('policy.yaml', [...valid, ...roles]);
    expect(await run('--policy', policy)).toMatchObject({ code: 0, complained: [] });
    expect((await stored().policy()).roles).toEqual({
      risk: [workspace.ids.users.rosa, nights],
      admin: [workspace.ids.users.ada],
    });
  });

  it('reports everyone in a role whom Slack does not know, and unknown roles', async () => {
    const roles = [
      'roles:',
      '  risk: [nobody@warmline.example, U0NOBODY, gone@warmline.example]',
      '  leadership: ["group:S0NOWHERE", "group:nights", Rosa]',
      '  boss: []',
    ];
    const { code, complained } = await run('--policy', await file('policy.yaml', [...valid, ...roles]));
    expect(code).toBe(2);
    expect(complained).toEqual([
      expect.stringContaining('policy.yaml:13:10 roles.risk.0: no one in Slack is nobody@warmline.example'),
      expect.stringContaining('policy.yaml:13:35 roles.risk.1: no one in Slack is U0NOBODY'),
      expect.stringMatching(
        /^policy\.yaml:13:45 roles\.risk\.2: (gone@warmline.example is deactivated|no one in Slack)/,
      ),
      expect.stringContaining('policy.yaml:14:16 roles.leadership.0: Slack has no user group S0NOWHERE'),
      expect.stringContaining('policy.yaml:14:35 roles.leadership.1: group:nights is not a user group'),
      expect.stringContaining('policy.yaml:14:51 roles.leadership.2: Rosa is not a person'),
      expect.stringContaining('policy.yaml:15:3 roles.boss: there is no such role: use one of agent, risk'),
    ]);
    expect(await stored().policy()).toEqual(DEFAULT_POLICY);
  });

  it('is accepted with channels and people as ids', async () => {
    const lines = change(
      5,
      '    - { after: 0, to: "channel:#recognition" }',
      '    - { after: 5, to: "user:rosa@warmline.example" }',
    );
    expect(await run('--policy', await file('policy.yaml', lines))).toMatchObject({ code: 0, complained: [] });
    expect((await stored().policy()).ladders.acknowledge).toEqual([
      { after: 0, to: `channel:${workspace.ids.channels.recognition}` },
      { after: 5, to: `user:${workspace.ids.users.rosa}` },
    ]);
  });
});

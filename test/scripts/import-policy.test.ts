import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { AREAS, importing, WEST } from './importing';

const { file, folder, run, stored, workspace } = importing();

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

  it('names calendars by the areas of the directory, in any letter case, and says which serve no case', async () => {
    await run('--areas', await file('areas.csv', [AREAS, WEST]));
    const calendars = (...names: string[]) => [
      ...valid.slice(0, 9),
      ...names.flatMap((name) => [`  ${name}:`, '    hours:', '      tue: [["08:00", "18:00"]]']),
    ];
    const policy = async (lines: string[]) => run('--policy', await file('policy.yaml', [...lines, 'channels: {}']));
    const { code, said } = await policy(calendars('wEST', 'Wset'));
    expect([code, said]).toEqual([0, expect.stringContaining('No area is called Wset: its calendar serves no case.')]);
    expect(Object.keys((await stored().policy()).calendars)).toEqual(['default', 'Wset', 'West']);
    expect((await policy(calendars('West', 'WEST'))).complained).toEqual([
      'policy.yaml:13:3 calendars.WEST: West has another calendar: keep one',
    ]);
  });

  it('says which parts of the policy in force it replaces, also by leaving them out', async () => {
    const kept = [...valid, 'retention: { letters: 90 }', 'roles:', '  risk: [dana@warmline.example]'];
    await run('--policy', await file('policy.yaml', kept));
    const again = await run('--policy', await file('policy.yaml', kept), '--dry-run');
    expect(again.said).not.toContain('It replaces');
    const { said } = await run('--policy', await file('old.yaml', valid), '--dry-run');
    expect(said).toContain('old.yaml: It replaces these parts of the policy in force: roles, retention.');
  });

  it('does not take the last admin away', async () => {
    const admin = [...valid, 'roles:', '  admin: [dana@warmline.example]'];
    expect((await run('--policy', await file('policy.yaml', admin))).code).toBe(0);
    const { code, complained } = await run('--policy', await file('policy.yaml', valid));
    expect([code, complained]).toEqual([2, [expect.stringContaining('roles.admin: no one would be an admin anymore')]]);
    expect((await stored().policy()).roles.admin).toEqual([workspace().ids.users.dana]);
  });

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
    await writeFile(join(folder(), 'policy.yaml'), Buffer.from(`\uFEFF${valid.join('\r\n')}`, 'utf16le'));
    expect(await run('--policy', join(folder(), 'policy.yaml'))).toMatchObject({ code: 0, complained: [] });
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
    const nights = `group:${workspace().ids.userGroups.nights}`;
    const roles = [
      'roles:',
      `  risk: ["rosa@warmline.example", "${nights}"]`,
      `  admin: [${workspace().ids.users.ada}]`,
    ];
    const policy = await file('policy.yaml', [...valid, ...roles]);
    expect(await run('--policy', policy)).toMatchObject({ code: 0, complained: [] });
    expect((await stored().policy()).roles).toEqual({
      risk: [workspace().ids.users.rosa, nights],
      admin: [workspace().ids.users.ada],
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
      { after: 0, to: `channel:${workspace().ids.channels.recognition}` },
      { after: 5, to: `user:${workspace().ids.users.rosa}` },
    ]);
  });
});

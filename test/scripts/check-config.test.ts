import { execFile } from 'node:child_process';
import { SCOPES, WITHOUT } from '../../scripts/check-config/scopes';
import { connect } from '../../src/db/connection';
import { RESTORE } from '../../src/db/data-version';
import { ROOT } from '../support/compiled';
import { program } from '../support/programs';
import { until } from '../support/until';
import { manifest, startWorld, type World } from '../support/world';

let world: World;
afterEach(() => world.stop());

/** Runs the check like a person, in its own process. */
function check(env: Record<string, string> = {}): Promise<{ code: number; lines: string[] }> {
  const { botToken, appToken, apiUrl, ids } = world.workspace;
  const given = {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: world.databaseUri,
    ADMIN_USERS: ids.users.ada ?? '',
    ...env,
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program('scripts/check-config.ts')],
      { cwd: ROOT, env: { PATH: process.env.PATH, ...given } },
      (_error, out) => resolve({ code: child.exitCode ?? -1, lines: out.trimEnd().split('\n') }),
    );
  });
}
const missingOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('MISSING'));

/** Once its indexes are built, which happens in the background. */
const isBuilt = () => until(() => world.logged.some((line) => line.includes('the indexes are built')), 'the indexes');

it('finds nothing missing in a workspace that is set up, and otherwise what is missing, channel by channel', async () => {
  world = await startWorld();
  await isBuilt();
  const { workspace } = world;
  const whole = await check();
  expect(missingOf(whole.lines)).toEqual([]);
  expect(whole.lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ok +the bot token is that of warmline in /),
      `ok       all ${SCOPES.length} scopes of the manifest`,
      'ok       Slack opens connections for the app-level token',
      'ok       it can be written',
      'ok       area West: #am-west (public, and Warmline can post there)',
      'ok       policy, risk: #risk-desk (private, and Warmline can post there)',
      `ok       admin ${workspace.ids.users.ada}`,
    ]),
  );
  expect([whole.code, whole.lines.at(-1)]).toEqual([0, 'Nothing is missing.']);

  workspace.removeApp('am-east');
  workspace.archive('leadership-desk');
  await workspace.share('risk-desk', 'T0OTHER', { silent: true });
  workspace.deactivate('ada');
  const broken = await check({ SLACK_APP_TOKEN: 'xapp-1-revoked' });
  expect(missingOf(broken.lines)).toEqual([
    expect.stringMatching(
      /^MISSING {2}Slack opens no connection for the app-level token \(.*invalid_auth\): turn Socket/,
    ),
    expect.stringMatching(/area East: \w+: Warmline is not in #am-east: type \/invite @Warmline there/),
    expect.stringMatching(/policy, risk: \w+: #risk-desk is shared with another company.*: end the sharing/),
    expect.stringMatching(/policy, leadership: \w+: #leadership-desk is archived: unarchive it or/),
    expect.stringMatching(/admin \w+: \w+ is deactivated in Slack: give someone who works here, and correct ADMIN/),
  ]);
  expect([broken.code, broken.lines.at(-1)]).toEqual([1, '5 things are missing.']);
  expect(broken.lines.join()).not.toContain('xapp-1-revoked');
});

it('names each missing scope and what does not work without it, and an unreachable database', async () => {
  const whole = manifest('socket') as { oauth_config: { scopes: { bot: string[] } } };
  const bot = whole.oauth_config.scopes.bot.filter((scope) => !['team:read', 'reactions:read'].includes(scope));
  world = await startWorld({ start: false, manifest: { ...whole, oauth_config: { scopes: { bot } } } });
  const { lines, code } = await check({ MONGODB_URI: 'mongodb://127.0.0.1:9/warmline' });
  expect(missingOf(lines)).toEqual([
    'MISSING  the scope reactions:read (without it reactions under cards are not heard): add it under "OAuth & Permissions" (or update the app from its manifest), then install the app again',
    expect.stringMatching(/^MISSING {2}the scope team:read \(without it other companies are shown by their ids\): add/),
    expect.stringMatching(/^MISSING {2}the database does not answer \(.*\): start it, or correct MONGODB_URI/),
  ]);
  expect(code).toBe(1);
  expect(Object.keys(WITHOUT).sort()).toEqual([...SCOPES].sort());
});

it('names data with which Warmline does not start', async () => {
  world = await startWorld({ start: false });
  const schema = (await connect(world.databaseUri, world.log)).collection<{ _id: string; needs?: number }>('schema');
  const said = async () => missingOf((await check()).lines).filter((line) => line.includes('data that Warmline'));
  await schema.insertOne({ _id: RESTORE });
  expect(await said()).toEqual([expect.stringContaining('A restore into this database did not finish')]);
  await schema.deleteMany({});
  await schema.insertOne({ _id: 'data', needs: 99 });
  expect(await said()).toEqual([expect.stringContaining('needs a release with version 99 or later')]);
  await schema.conn?.close();
});

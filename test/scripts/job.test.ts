import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runByHand } from '../../scripts/job';
import { connect } from '../../src/db/connection';
import { dataVersion } from '../../src/db/data-version';
import { openRecords, type Records } from '../integration/records';
import { type Given, later, MONDAY, minutes, storedCase } from '../support/cases';
import { startWorld, type World } from '../support/world';

let world: World;
let records: Records;
beforeAll(async () => {
  world = await startWorld({ start: false });
  records = await openRecords(world);
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

async function run(...args: string[]) {
  const { botToken, appToken, apiUrl, ids } = world.workspace;
  const env = {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
    MONGODB_URI: world.databaseUri,
    ADMIN_USERS: ids.users.ada,
  };
  const [out, err] = [new PassThrough(), new PassThrough()];
  const ended = runByHand(args, env, { out, err }).finally(() => {
    out.end();
    err.end();
  });
  const [code, said, complained] = await Promise.all([ended, text(out), text(err)]);
  return { code, lines: said.trimEnd().split('\n'), complained };
}

/** A case of Dana's, filed on Monday at nine, to be acknowledged by one. */
async function filed(id: string, given: Given = {}) {
  const { users, channels } = world.workspace.ids;
  const base = storedCase(id, MONDAY, { owner: users.dana ?? '', ...given });
  const post = { id: 'main', channel: channels['am-west'] ?? '', fallback: channels['warmline-unrouted'] ?? '' };
  const posts = base.posts.map((one) => ({ ...one, ...post, sent: { channel: post.channel, ts: '1.2' } }));
  await records.cases.insert({ ...base, posts, outbox: [] });
  return { ref: base.ref, channel: post.channel, dana: users.dana ?? '' };
}
const at = (minutesLater: number) => later(MONDAY, minutes(minutesLater)).toISOString();

describe('a job run by hand', () => {
  it('shows in a dry run what would be sent, when, to whom and why, and changes nothing', async () => {
    const { ref, channel, dana } = await filed('000101');
    const before = await records.of(ref);
    const { code, lines } = await run('nudge', '--now', at(275), '--dry-run');
    expect(code).toBe(0);
    expect(lines).toEqual([
      `2026-11-02 21:35Z  ${channel}  ${ref}  acknowledge clock due 2026-11-02 21:00Z, rung 1: mention in the thread`,
      `2026-11-02 21:35Z  ${dana}  ${ref}  acknowledge clock due 2026-11-02 21:00Z, rung 2: DM to the owner`,
      'Dry run of nudge: 2 messages would be sent. Nothing was changed.',
    ]);
    expect(await records.of(ref)).toEqual(before);
    expect((await run('nudge', '--now', at(239), '--dry-run')).lines).toEqual([
      'Dry run of nudge: 0 messages would be sent. Nothing was changed.',
    ]);
  });

  it('does the job otherwise, once, and leaves the sending to the running app', async () => {
    const { ref, dana } = await filed('000102');
    const first = await run('nudge', '--now', at(275));
    expect([first.code, first.lines]).toEqual([0, [expect.stringMatching(/^nudge: [1-9]\d* moved$/)]]);
    const { events, outbox } = await records.of(ref);
    expect(events.filter(({ type }) => type === 'nudged')).toHaveLength(2);
    expect(outbox.map(({ lane }) => lane)).toContain(dana);
    expect((await run('nudge', '--now', at(275))).lines).toEqual(['nudge: 0 moved']);
  });

  it('rehearses the auditor, too', async () => {
    const { ref, channel } = await filed('000103', { clocks: [] });
    const { lines } = await run('audit', '--now', at(10), '--dry-run');
    expect(lines).toContain(`2026-11-02 17:10Z  ${channel}  ${ref}  the acknowledge clock did not run and is started`);
    expect(lines.find((line) => line.includes('alarm:'))).toContain(world.workspace.ids.users.ada);
    expect((await records.of(ref)).clocks).toEqual([]);
  });

  it('rehearses digests, weekly reports and the repeat rules', async () => {
    const { channel, dana } = await filed('000104');
    const aWeekLater = at(7 * 24 * 60);
    const { lines: digests } = await run('digest', '--now', aWeekLater, '--dry-run');
    expect(digests).toContain(`2026-11-09 17:00Z  ${dana}  -  a daily digest`);
    const { lines: reports } = await run('weekly', '--now', aWeekLater, '--dry-run');
    expect(reports).toContain(`2026-11-09 17:00Z  ${channel}  -  the weekly report`);
    const { code, lines: raised } = await run('watch', '--now', aWeekLater, '--dry-run');
    expect([code, raised]).toEqual([0, ['Dry run of watch: 0 messages would be sent. Nothing was changed.']]);
  });

  it('refuses an unknown job or an invalid time, and lists the valid ones', async () => {
    const unknown = await run('nudg');
    expect(unknown.code).toBe(1);
    expect(unknown.complained).toContain('There is no job "nudg".');
    expect(unknown.complained).toMatch(/Jobs: .*nudge, .*audit/);
    expect((await run('nudge', '--now', '2026-11-02 14:00')).complained).toContain('with its time zone');
    expect((await run('nudge', '--now', '2026-02-30T14:00Z', '--dry-run')).complained).toContain('is no moment');
    expect((await run()).complained).toContain('Name one job.');
  });

  it('deletes nothing as of another time, and shows what would be deleted then', async () => {
    const refused = await run('purge', '--now', at(10));
    expect([refused.code, refused.complained]).toEqual([1, expect.stringContaining('only with --dry-run')]);
    const shown = await run('purge', '--now', at(10), '--dry-run');
    expect([shown.code, shown.lines[0]]).toEqual([0, expect.stringContaining('Dry run of purge')]);
  });

  it('does nothing if the data need a newer release', async () => {
    const connection = await connect(world.databaseUri, world.log);
    const version = dataVersion(connection);
    await version.enter('another', 99, '9.9.9');
    await version.raise(99);
    const { code, complained } = await run('nudge');
    await connection.collection('schema').deleteMany({});
    await connection.close();
    expect([code, complained]).toEqual([1, expect.stringContaining('needs a release with version 99 or later')]);
  });

  it('rehearses no job with unknown writes', async () => {
    const { code, complained } = await run('words', '--dry-run');
    expect(code).toBe(1);
    expect(complained).toContain('which a dry run cannot show');
    expect(complained).toContain('Nothing was changed.');
  });
});

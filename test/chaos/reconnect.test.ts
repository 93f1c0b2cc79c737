import { execFileSync } from 'node:child_process';
import { freshDatabase } from '../support/engine';
import { ERROR, type MainProcess, startMain } from '../support/main-process';
import { OtherSlack, type Trouble } from '../support/other-slack';

/** Slack's troubles when a socket is wanted, each with the app as it is started for real, in a process of its own. */
const TROUBLES: readonly Trouble[] = [
  '503',
  '502 with HTML',
  'reset',
  'not JSON',
  'invalid_auth',
  'rate limit',
  'internal_error',
  'refused socket',
  'closed at once',
];
const NIGHTLY = process.env.NIGHTLY === '1';
/** In the nightly run each trouble is held for so long, and the app is what `npm run build` made. */
const HELD_MS = 20_000;
const AGENT = 'U0AMIRA';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let slack: OtherSlack;
let app: MainProcess;
beforeAll(() => {
  if (NIGHTLY) execFileSync('npm', ['run', '--silent', 'build']);
}, 120_000);
beforeEach(async () => {
  database = await freshDatabase();
  slack = await OtherSlack.start();
});
afterEach(async () => {
  await app.kill();
  await slack.stop();
  await database.drop();
});

const environment = () => ({
  SLACK_MODE: 'socket',
  SLACK_BOT_TOKEN: slack.credentials.bot,
  SLACK_APP_TOKEN: slack.credentials.app,
  SLACK_API_URL: slack.apiUrl,
  MONGODB_URI: database.uri,
  ADMIN_USERS: 'U0ADA',
});
/** The sum of tries from now on that brings the app's total to `count` more. */
const triedAgain = (count: number) => {
  const before = slack.asked.length;
  return slack.until(() => (slack.asked.length >= before + count ? true : undefined), 45_000);
};
let sj = 400_000;
async function takesACommand(): Promise<void> {
  const number = String(++sj);
  await slack.command(AGENT, `/sp-feedback ACC100 ${number}`);
  await slack.view((words) => words.includes(number));
}
async function allWell(): Promise<void> {
  expect(await app.figure('unhandled_rejections_total')).toBe(0);
  expect(app.lines.filter(({ msg }) => msg.includes('nobody'))).toEqual([]);
  expect(app.complaints()).toBe('');
}

describe('a socket that is lost while Slack is in trouble', () => {
  it('is opened again once Slack is well, whatever the trouble was: said once at error and once when it is over', async () => {
    app = startMain(NIGHTLY ? 'built' : 'sources', environment());
    await app.line('Warmline is ready');
    for (const is of TROUBLES) {
      const [said, open] = [app.lines.length, await slack.newSocket()];
      slack.trouble = { is, with: 'sockets' };
      const tried = triedAgain(is === 'rate limit' ? 2 : 3);
      slack.cut();
      await tried;
      if (NIGHTLY) await new Promise((resolve) => setTimeout(resolve, HELD_MS));
      slack.trouble = null;
      await slack.newSocket(open);
      await app.line('Slack is connected again', said);
      await takesACommand();

      const since = app.lines.slice(said);
      const errors = since.filter(({ level }) => level >= ERROR).map(({ msg }) => msg);
      const words =
        is === 'invalid_auth' ? /refuses the app-level token \(invalid_auth\).*connections:write/ : /cannot be reached/;
      expect({ is, errors }).toEqual({ is, errors: [expect.stringMatching(words)] });
      expect(since.filter(({ msg }) => msg.includes('connected again'))).toHaveLength(1);
      expect(app.isAlive()).toBe(true);
    }
    await allWell();
    expect(await app.terminate()).toBe(0);
  }, 600_000);

  it('waits longer from try to try, and as long as Slack asks', async () => {
    app = startMain('sources', environment());
    await app.line('Warmline is ready');
    slack.trouble = { is: '503', with: 'sockets' };
    const tried = triedAgain(4);
    slack.cut();
    await tried;
    const gaps = slack.asked.slice(-4).map((at, i, all) => at - (all[i - 1] ?? at));
    for (const [i, least] of [250, 500, 1000].entries()) expect(gaps[i + 1]).toBeGreaterThanOrEqual(least);

    slack.trouble = { is: 'rate limit', with: 'sockets' };
    await triedAgain(2);
    const [before = 0, after = 0] = slack.asked.slice(-2);
    expect(after - before).toBeGreaterThanOrEqual(1000);
    // In the middle of it.
    expect(await app.terminate()).toBe(0);
    expect(app.complaints()).toBe('');
  }, 60_000);
});

describe('a socket that Slack wants replaced', () => {
  it('has a successor at once; what is in hand is acknowledged over the old one, and nobody notices', async () => {
    app = startMain('sources', environment());
    await app.line('Warmline is ready');
    const old = await slack.newSocket();
    const answered = slack.command(AGENT, '/sp-feedback ACC100 400900');
    slack.say({ type: 'disconnect', reason: 'refresh_requested' });
    await slack.newSocket(old);
    await answered;
    await slack.view((words) => words.includes('400900'));
    await slack.until(() => (old.readyState === old.CLOSED ? true : undefined));
    await takesACommand();
    expect((await app.get('/healthz')).status).toBe(200);
    expect(await app.figure('socket_up')).toBe(1);
    expect(app.lines.filter(({ level }) => level > 30)).toEqual([]);
    await allWell();
  }, 60_000);

  it('may say what it wants: frames that mean nothing change nothing', async () => {
    app = startMain('sources', environment());
    await app.line('Warmline is ready');
    for (const frame of [
      'null',
      'not JSON',
      '[]',
      '{}',
      '{"type":"events_api"}',
      '{"type":"error","envelope_id":"E1"}',
    ])
      slack.say(frame);
    slack.say({ type: 'events_api', envelope_id: 'E2', payload: { event: null } });
    slack.say({ type: 'interactive', envelope_id: 'E3', payload: { type: 'block_actions' } });
    slack.say({ type: 'close' });
    await takesACommand();
    await allWell();
  }, 60_000);
});

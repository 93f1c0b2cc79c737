import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as held } from 'node:timers/promises';
import { door } from '../support/door';
import { electing } from '../support/electing';
import { freshDatabase } from '../support/engine';
import { ERROR, type MainProcess, startMain } from '../support/main-process';
import { byNight, NIGHTLY } from '../support/nightly';
import { OtherSlack, type Trouble } from '../support/other-slack';

/** Faults of Slack when the app wants a socket. The first four end most apps, and are tried by day, too. */
const TROUBLES: readonly Trouble[] = [
  '503',
  'reset',
  'invalid_auth',
  'rate limit',
  '502 with HTML',
  'no answer',
  'not JSON',
  'internal_error',
  'refused socket',
  'closed at once',
  'no hello',
  'black hole',
];
const AGENT = 'U0AMIRA';
/** So that a test does not wait as long as a person would. */
const QUICK = {
  awayMs: 1_000,
  connection: { firstWaitMs: 40, longestWaitMs: 300, helloMs: 400, pingMs: 100 },
};

let database: Awaited<ReturnType<typeof freshDatabase>>;
let slack: OtherSlack;
beforeAll(async () => {
  database = await freshDatabase();
  slack = await OtherSlack.start();
});
afterAll(async () => {
  await slack.stop();
  await database.drop();
});

const environment = (): Record<string, string> => ({
  SLACK_MODE: 'socket',
  SLACK_BOT_TOKEN: slack.credentials.bot,
  SLACK_APP_TOKEN: slack.credentials.app,
  SLACK_API_URL: slack.apiUrl,
  MONGODB_URI: database.uri,
  ADMIN_USERS: 'U0ADA',
});
/** Resolves once the app has asked for a socket this often from now on. */
const asks = (times: number): Promise<true> => {
  const before = slack.asked.length;
  return slack.until(() => (slack.asked.length >= before + times ? true : undefined), 60_000);
};
let sj = 400_000;
async function takesACommand(): Promise<void> {
  const number = String(++sj);
  await slack.command(AGENT, `/sp-feedback ACC100 ${number}`);
  await slack.view((words) => words.includes(number));
}
async function nothingUnwatched(app: MainProcess): Promise<void> {
  expect(await app.figure('unhandled_rejections_total')).toBe(0);
  expect(app.lines.filter(({ msg }) => msg.includes('no one'))).toEqual([]);
  expect(app.complaints()).toBe('');
}

/** Cuts the socket in this trouble, ends the trouble, and expects the app to recover; returns its log. */
async function survives(app: MainProcess, is: Trouble, meanwhile: () => Promise<unknown>): Promise<void> {
  const [said, open] = [app.lines.length, await slack.newSocket()];
  slack.trouble = { is, with: 'sockets' };
  const tried = asks(2);
  slack.cut();
  await tried;
  await meanwhile();
  slack.trouble = null;
  await slack.newSocket(open);
  await app.line('Slack is connected again', said);
  await takesACommand();

  const since = app.lines.slice(said);
  const errors = since.filter(({ level }) => level >= ERROR).map(({ msg }) => msg);
  const words = is === 'invalid_auth' ? /refuses the app-level token.*connections:write/ : /cannot be reached/;
  expect({ is, errors }).toEqual({ is, errors: [expect.stringMatching(words)] });
  expect(since.filter(({ msg }) => msg.includes('connected again'))).toHaveLength(1);
  expect(app.isAlive()).toBe(true);
}

describe('the connection with Slack, with short waits', () => {
  let app: MainProcess;
  beforeAll(async () => {
    app = startMain('timed', { ...environment(), TEST_TIMING: JSON.stringify(QUICK) });
    await app.line('Warmline is ready');
  });
  afterAll(() => app.kill());
  afterEach(() => nothingUnwatched(app));

  it.each(byNight(TROUBLES, 4))(
    'comes back after a cut and "%s": logged once as an error, and once when it is over',
    (is) => survives(app, is, async () => undefined),
  );

  it('that goes silent counts as lost; health and figures show that, and the recovery', async () => {
    const open = await slack.newSocket();
    const said = app.lines.length;
    expect((await app.get('/healthz')).text).toBe('ok');
    expect(await app.figure('socket_up')).toBe(1);
    const since = (await app.figure('socket_since_seconds')) ?? 0;
    slack.trouble = { is: 'black hole', with: 'sockets' };
    slack.goSilent();
    const lost = await app.line('the connection to Slack was lost', said);
    expect(lost.reason).toMatch(/none of 3 pings/);
    let health = await app.get('/healthz');
    // The first loss has its own words, until the next connection is silent, too.
    for (; health.status === 200 || health.text.endsWith('pings'); health = await app.get('/healthz')) await asks(1);
    expect(health.text).toMatch(/^no usable connection with Slack since \d{4}-.*Z: it answers no ping$/);
    expect((await app.get('/livez')).status).toBe(200);
    const { status, text } = await app.get('/readyz');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toEqual({
      ready: false,
      database: 'ok',
      slack: expect.stringContaining('no usable connection'),
      indexes: 'ok',
    });
    expect(await app.figure('socket_up')).toBe(0);
    expect(await app.figure('socket_since_seconds')).toBeGreaterThanOrEqual(since);

    slack.trouble = null;
    await slack.newSocket(open);
    await app.line('Slack is connected again', said);
    expect(await app.get('/healthz')).toEqual({ status: 200, text: 'ok' });
    expect(JSON.parse((await app.get('/readyz')).text)).toMatchObject({ ready: true });
    expect(await app.figure('socket_reconnects_total')).toBeGreaterThan(0);
    await takesACommand();
  });

  it('has a successor at once when Slack wants that; current work is acknowledged over the old one', async () => {
    const [said, old] = [app.lines.length, await slack.newSocket()];
    const answered = slack.command(AGENT, '/sp-feedback ACC100 400900');
    slack.say({ type: 'disconnect', reason: 'refresh_requested' });
    await slack.newSocket(old);
    await answered;
    await slack.view((words) => words.includes('400900'));
    await slack.until(() => (old.readyState === old.CLOSED ? true : undefined));
    await takesACommand();
    expect((await app.get('/healthz')).status).toBe(200);
    expect(app.lines.slice(said).filter(({ msg }) => /lost|connected|reached/.test(msg))).toEqual([]);
  });

  it('ignores meaningless frames', async () => {
    for (const frame of ['null', 'no JSON', '[]', '{}', '{"type":"events_api"}', '{"type":"error","envelope_id":"E1"}'])
      slack.say(frame);
    slack.say({ type: 'events_api', envelope_id: 'E2', payload: { event: null } });
    slack.say({ type: 'interactive', envelope_id: 'E3', payload: { type: 'block_actions' } });
    slack.say({ type: 'close' });
    await takesACommand();
  });
});

describe('Warmline as started in production', () => {
  let app: MainProcess;
  afterEach(async () => {
    slack.trouble = null;
    await app.kill();
  });

  it('waits during a Slack outage: alive, not ready, and at work once it is over; waits grow; it can be stopped meanwhile', async () => {
    slack.trouble = { is: '503', with: 'everything' };
    app = startMain('sources', environment());
    const { level } = await app.line('Slack does not let Warmline start yet');
    expect(level).toBe(ERROR);
    expect((await app.get('/livez')).status).toBe(200);
    const { status, text } = await app.get('/readyz');
    expect({ status, ...JSON.parse(text) }).toMatchObject({ status: 503, ready: false, database: 'ok' });
    slack.trouble = null;
    await app.line('Warmline is ready');
    await takesACommand();
    await app.line('the indexes are built');
    expect((await app.get('/readyz')).status).toBe(200);

    slack.trouble = { is: '503', with: 'sockets' };
    const tried = asks(3);
    slack.cut();
    await tried;
    const gaps = slack.asked.slice(-3).map((at, i, all) => at - (all[i - 1] ?? at));
    expect(gaps[1]).toBeGreaterThanOrEqual(250);
    expect(gaps[2]).toBeGreaterThanOrEqual(500);
    slack.trouble = { is: 'rate limit', with: 'sockets' };
    await asks(2);
    const [before = 0, after = 0] = slack.asked.slice(-2);
    expect(after - before).toBeGreaterThanOrEqual(1000);
    await nothingUnwatched(app);
    expect(await app.terminate()).toBe(0);
  }, 60_000);

  it('ends with a sentence if the database answers but allows nothing, at the start or once it is back', async () => {
    const primary = await electing(database.uri);
    const way = await door(primary.uri);
    const started = (uri: string) => startMain('sources', { ...environment(), MONGODB_URI: uri });
    const words = /The database lets Warmline do nothing: command \w+ requires authentication\. Correct MONGODB_URI/;
    app = started(primary.uri);
    await app.line('Warmline is ready');
    expect((await app.get('/healthz')).status).toBe(200);

    primary.become('locked');
    const [early, late] = [started(primary.uri), started(way.uri)];
    expect(await early.ended).toBe(1);
    expect(early.complaints()).toMatch(words);
    await late.line('the database does not answer');
    way.open();
    await late.line(words);
    expect(await late.ended).toBe(1);

    // One that had begun waits: rights may be given back.
    expect((await app.get('/healthz')).status).toBe(503);
    primary.become('up');
    expect((await app.get('/healthz')).status).toBe(200);
    expect(await app.terminate()).toBe(0);
    await way.close();
    await primary.close();
  }, 60_000);

  it('stops with 0 if Slack never let it start', async () => {
    slack.trouble = { is: 'no answer', with: 'everything' };
    app = startMain('sources', environment());
    await app.line('health checks are answered');
    expect(await app.terminate()).toBe(0);
    expect(app.complaints()).toBe('');
  });

  it('stops with 0 if it is asked to while it loads', async () => {
    const preload = join(__dirname, '../support/stop-while-loading.cjs');
    app = startMain('sources', { ...environment(), NODE_OPTIONS: `--require ${preload}` });
    expect(await app.ended).toBe(0);
    expect(app.complaints()).toBe('');
  });

  it.each([
    ['everything', /bot token \(invalid_auth\).*SLACK_BOT_TOKEN/],
    ['sockets', /app-level token \(invalid_auth\).*connections:write.*SLACK_APP_TOKEN/],
  ] as const)('ends with 1 and a sentence when Slack refuses the token for %s', async (what, sentence) => {
    slack.trouble = { is: 'invalid_auth', with: what };
    app = startMain('sources', environment());
    expect(await app.ended).toBe(1);
    expect(app.complaints()).toMatch(sentence);
  });
});

if (NIGHTLY)
  it('as built, Warmline survives twenty seconds of each trouble, one after the other', async () => {
    execFileSync('npm', ['run', '--silent', 'build']);
    const app = startMain('built', environment());
    await app.line('Warmline is ready');
    for (const is of TROUBLES) await survives(app, is, () => held(20_000));
    await nothingUnwatched(app);
    expect(await app.terminate()).toBe(0);
  }, 900_000);

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { cardOf, fileFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

const REQUEST_MS = 700;
let world: World;
beforeAll(async () => {
  world = await startWorld({ mode: 'http', unhandledMs: 500, requestMs: REQUEST_MS });
});
afterAll(() => world.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const FORM = 'application/x-www-form-urlencoded';

/** The head of a request as Slack signs it, for a body that may never come. */
function head(
  body: string,
  {
    at = seconds(),
    type = 'application/json',
    length = Buffer.byteLength(body),
    more = '',
    path = '/slack/events',
  } = {},
) {
  const signature = createHmac('sha256', world.workspace.signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return [
    `POST ${path} HTTP/1.1`,
    'host: warmline',
    `content-type: ${type}`,
    `content-length: ${length}`,
    `x-slack-request-timestamp: ${at}`,
    `x-slack-signature: v0=${signature}`,
    ...(more ? [more] : []),
    '',
    '',
  ].join('\r\n');
}
async function dialed(port = world.app.port() ?? 0): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
/** Everything received until the other side closes. */
async function untilClosed(socket: Socket): Promise<string> {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  // A reset comes as an error first; what was received before it counts.
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return Buffer.concat(pieces).toString();
}
const statusIn = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
/** One request on a new connection; returns the status. */
async function status(body: string, options: Parameters<typeof head>[1] = {}): Promise<number> {
  const socket = await dialed();
  const [answer] = await Promise.all([once(socket, 'data'), socket.write(head(body, options) + body)]);
  socket.destroy();
  return statusIn(String(answer[0]));
}
it('that Slack leaves out events is acknowledged, and told to each admin once', async () => {
  const body = JSON.stringify({ type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1_793_638_860 });
  for (let i = 0; i < 2; i++) expect(await status(body)).toBe(200);
  await world.pass(61_000);
  const ada = world.workspace.as('ada');
  const told = () => ada.dm().filter(({ content }) => content.includes('too many events'));
  await ada.waitForDm(({ content }) => content.includes('too many events'));
  await world.settled();
  expect(told()).toHaveLength(1);
});

/** People's work goes on. */
let sj = 720_000;
async function unharmed(): Promise<void> {
  await fileFeedback(world.workspace.as('amira'), String(++sj));
  await cardOf(world, String(sj));
}
const event = (inner: object, id: string) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: world.workspace.teamId,
    event_id: id,
    event_time: seconds(),
    event: inner,
  });

describe('a client that is slow, or sends too much', () => {
  it('a byte at a time: 408, and the connection is closed', async () => {
    const socket = await dialed();
    const closed = untilClosed(socket);
    socket.write(head('', { length: 1000 }));
    const drip = setInterval(() => socket.write('x'), 50);
    const answer = await closed;
    clearInterval(drip);
    expect(statusIn(answer)).toBe(408);
    await unharmed();
  });

  it('a head that never ends: 408, too', async () => {
    const socket = await dialed();
    const closed = untilClosed(socket);
    socket.write('POST /slack/events HTTP/1.1\r\nhost: warmline\r\n');
    expect(statusIn(await closed)).toBe(408);
  });

  it('a body that claims to be huge, or turns out so: 413 and closed, without being kept', async () => {
    const said = await dialed();
    const refused = untilClosed(said);
    said.write(head('', { length: 10_000_000_000 }));
    expect(statusIn(await refused)).toBe(413);

    const before = process.memoryUsage().rss;
    const grown = await dialed();
    const closed = untilClosed(grown);
    grown.write(head('', {}).replace(/content-length: \d+/, 'transfer-encoding: chunked'));
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 2000 && !grown.destroyed; sent++)
      await new Promise<void>((resolve) => grown.write(chunk, () => resolve()));
    expect(statusIn(await closed)).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    await unharmed();
  });

  it('an aborted request does no harm', async () => {
    for (let i = 0; i < 20; i++) {
      const socket = await dialed();
      const body = event({ type: 'message' }, `Ev${i}`);
      socket.write(head(body) + body.slice(0, i * 3));
      socket.destroy();
    }
    await unharmed();
  });

  it('more idle connections than are kept: the idle ones are closed, and Slack still gets in', async () => {
    const idle = await Promise.all(Array.from({ length: 550 }, () => dialed()));
    await unharmed();
    for (const socket of idle) socket.destroy();
  });
});

describe('a request that Slack would not make', () => {
  it('signed in the future or too long ago: 401, before its body is read', async () => {
    const body = event({ type: 'app_home_opened', user: 'U1', tab: 'home' }, 'Ev1');
    expect(await status(body, { at: seconds() + 330 })).toBe(401);
    expect(await status(body, { at: seconds() - 301 })).toBe(401);
    expect(await status('', { at: seconds() + 3600, length: 1_000_000 })).toBe(401);
    const off = world.logged.flatMap((line) => /"signedSecondsAgo":(-?\d+)/.exec(line)?.[1] ?? []).map(Number);
    expect(off.slice(-3).map((s) => Math.round(s / 10) * 10)).toEqual([-330, 300, -3600]);
    expect(await status(body, { at: seconds() + 200 })).toBe(200);
  });

  it.each([
    ['JSON under a form’s name', '{"type":"event_callback"}', FORM, [400, 404]],
    ['a form under JSON’s name', 'payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/json', [400]],
    ['a text', 'hello', 'text/plain', [400]],
    ['null', 'null', 'application/json', [400]],
    ['a payload that is null', 'payload=null', FORM, [400]],
    ['a list', '[]', 'application/json', [400]],
    ['an event that is null', '{"type":"event_callback","event":null}', 'application/json', [400]],
    ['an event without a type', '{"type":"event_callback","event":{"channel":null}}', 'application/json', [400]],
    ['actions that are none', 'payload={"type":"block_actions","actions":[]}', FORM, [400]],
    ['nested deeper than anything of Slack’s', `{"event":${'['.repeat(100_000)}`, 'application/json', [400]],
    ['a payload of an unknown type', 'payload={"type":"from_the_future","user":{"id":"U1"}}', FORM, [200, 404]],
  ])('%s is answered', async (_, body, type, expected) => {
    expect(expected).toContain(await status(body, { type }));
  });

  it.each(['/./slack/events', '//x/slack/events', '/a/../slack/events', 'http://x/slack/events', '/slack\\events'])(
    'at another way to write the address, %s: 404, whatever is posted',
    async (path) => {
      for (const body of ['null', '{}']) expect(await status(body, { path, at: seconds() + 600 })).toBe(404);
      expect(await status('{', { path, length: 3_000_000 })).toBe(404);
      await unharmed();
    },
  );

  it('a form with a charset is a form', async () => {
    const body = 'command=%2Fwarmline&text=help&user_id=U1&team_id=T1';
    expect(await status(body, { type: `${FORM}; charset=utf-8` })).toBe(200);
  });

  it('the certificate check is answered unsigned; anything else unsigned is not', async () => {
    const ask = async (body: string) => {
      const response = await fetch(`http://127.0.0.1:${world.app.port()}/slack/events`, {
        method: 'POST',
        body,
        headers: { 'content-type': FORM },
      });
      return response.status;
    };
    expect(await ask('ssl_check=1&token=x')).toBe(200);
    expect(await ask('ssl_check=0&token=x')).toBe(401);
    expect(await ask(`ssl_check=1&token=${'x'.repeat(5000)}`)).toBe(401);
  });
});

describe('what Slack repeats', () => {
  it('the first delivery that arrives counts, whatever its number; later ones and other ids change nothing', async () => {
    await unharmed();
    const dana = world.workspace.as('dana');
    const card = await cardOf(world, String(sj));
    const said = await dana.say('The part is on its way.', 'am-west', card);
    await dana.waitForReply('am-west', card.ts);
    const original = world.workspace.traffic.findLast(
      ({ kind, name }) => kind === 'event' && name.startsWith('message'),
    );
    const payload = original?.request as { event_id: string; event: { ts: string } };
    expect(payload.event.ts).toBe(said.ts);

    const stored = async () => world.app.jobDeps.cases.byRef(/SPF-\d+/.exec(card.text)?.[0] ?? '');
    const shows = (notes: string) =>
      dana.waitForMessage('am-west', ({ ts, content }) => ts === card.ts && content.includes(notes));
    await shows('1 note');
    for (const [id, number] of [
      [payload.event_id, 2],
      [payload.event_id, 3],
      ['Ev0ANOTHER', 1],
    ] as const) {
      const more = `x-slack-retry-num: ${number}\r\nx-slack-retry-reason: http_timeout`;
      expect(await status(JSON.stringify({ ...payload, event_id: id }), { more })).toBe(200);
    }
    const late = {
      ...payload.event,
      ts: `${seconds()}.000100`,
      event_ts: `${seconds()}.000100`,
      text: 'Only the third try got through.',
    };
    expect(
      await status(JSON.stringify({ ...payload, event: late, event_id: 'Ev0LATE' }), { more: 'x-slack-retry-num: 3' }),
    ).toBe(200);
    await shows('2 notes');
    await world.settled();
    expect((await stored())?.notes.map(({ text }) => text)).toEqual([
      'The part is on its way.',
      'Only the third try got through.',
    ]);
  });
});

it('a stop waits for what is in hand, and for no connection that is kept open after it', async () => {
  const app = await world.another();
  const port = app.port() ?? 0;
  const [kept, begun, mute] = await Promise.all([dialed(port), dialed(port), dialed(port)]);
  // No listener takes it: it is answered while the app stops.
  const body = JSON.stringify({ type: 'nothing_known' });
  const answered = once(kept, 'data');
  kept.write(head(body) + body);
  begun.write('POST /slack/events HTTP/1.1\r\nhost: warmline\r\n');
  // Both are in hand once what came after them is answered.
  await status('{}', { at: 0 });
  const since = performance.now();
  await world.halt(app);
  expect(performance.now() - since).toBeLessThan(3 * REQUEST_MS);
  expect(statusIn(String((await answered)[0]))).toBe(404);
  for (const socket of [kept, begun, mute]) socket.destroy();
  await unharmed();
});

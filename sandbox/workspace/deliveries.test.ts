import { once } from 'node:events';
import { createServer } from 'node:http';
import type { App } from '@slack/bolt';
import { WebSocket } from 'ws';
import type { JsonObject } from '../client-protocol';
import { startWorkspace, type Workspace } from './index';
import { isObject } from './json';
import { call, type Rig, startRig, testManifest } from './test-support';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());
const rigged = async (...args: Parameters<typeof startRig>): Promise<Rig> => {
  const rig = await startRig(...args);
  stop = () => rig.stop();
  return rig;
};

/** A bare socket client that answers each envelope as told. */
async function socketClient(
  workspace: Workspace,
  answer: (frame: JsonObject) => JsonObject | 'close' | undefined,
): Promise<{ socket: WebSocket; frames: JsonObject[] }> {
  const { body } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
  const socket = new WebSocket(String(body.url));
  const frames: JsonObject[] = [];
  const hello = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const frame: JsonObject = JSON.parse(String(data));
      frames.push(frame);
      if (frame.type === 'hello') return resolve();
      const how = answer(frame);
      if (how === 'close') socket.terminate();
      else if (how) socket.send(JSON.stringify({ envelope_id: frame.envelope_id ?? null, payload: how }));
    });
  });
  await hello;
  return { socket, frames };
}
const bare = async (options: Partial<Parameters<typeof startWorkspace>[0]> = {}): Promise<Workspace> => {
  const workspace = await startWorkspace({ manifest: testManifest('socket'), ...options });
  stop = () => workspace.stop();
  return workspace;
};

test('a command without an acknowledgment fails visibly for the person', async () => {
  const { workspace } = await rigged('socket', () => undefined, { timing: { ackMs: 50 } });
  const ana = workspace.as('ana');
  expect(await ana.command('/probe')).toMatchObject({ ok: false, error: 'operation_timeout' });
  expect(ana.ephemerals('general')).toMatchObject([{ text: '/probe failed with the error "operation_timeout"' }]);
  expect(workspace.traffic.at(-1)).toMatchObject({ kind: 'command', ok: false, summary: 'not acked in 0.05 s' });
  expect(await ana.command('/unheard-of')).toMatchObject({ error: 'unknown_command' });
});

test('without a connected app, commands fail at once, and an event waits for it', async () => {
  const workspace = await bare();
  const ana = workspace.as('ana');
  expect(await ana.command('/probe')).toMatchObject({ error: 'dispatch_failed' });
  await ana.say('are you there', 'general');
  const { frames } = await socketClient(workspace, () => ({}));
  await workspace.waitFor(() => frames.some(({ type }) => type === 'events_api'));
  expect(frames.at(-1)).toMatchObject({
    retry_reason: 'connection_failed',
    payload: { event: { text: 'are you there' } },
  });
});

test('the answer to a command is shown to the person, or to the channel', async () => {
  const { workspace } = await rigged('http', (app: App) => {
    app.command('/probe', ({ ack, body }) =>
      ack(body.text === 'loud' ? { text: 'for all', response_type: 'in_channel' } : 'for you'),
    );
    app.command('/escaped', ({ ack, body }) => ack(body.text));
  });
  const ana = workspace.as('ana');
  await ana.command('/probe');
  expect(ana.ephemerals()).toMatchObject([{ text: 'for you' }]);
  await ana.command('/probe loud');
  expect(workspace.messages('general')).toMatchObject([{ text: 'for all' }]);
  await ana.command('/escaped ask @dana in #general');
  const { users, channels } = workspace.ids;
  expect(ana.ephemerals().at(-1)?.text).toBe(`ask <@${users.dana}|dana> in <#${channels.general}|general>`);
});

test('an unacknowledged event is repeated, at most four times, with reason and number', async () => {
  const workspace = await bare({ timing: { ackMs: 20, retryDelaysMs: [0, 10, 20] } });
  const { frames } = await socketClient(workspace, () => undefined);
  await workspace.as('ana').say('hello', 'general');
  await workspace.waitFor((event) => event?.type === 'traffic' && event.entry.summary.startsWith('given up'));
  const events = frames.filter(({ type }) => type === 'events_api');
  expect(events.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
    [undefined, undefined],
    [1, 'timeout'],
    [2, 'timeout'],
    [3, 'timeout'],
  ]);
  expect(new Set(events.map(({ payload }) => (payload as JsonObject).event_id)).size).toBe(1);
});

test('if a socket closes midway, the event goes to another one, and the command fails', async () => {
  const workspace = await bare();
  const dying = await socketClient(workspace, () => 'close');
  const ana = workspace.as('ana');
  expect(await ana.command('/probe')).toMatchObject({ error: 'dispatch_failed' });
  await socketClient(workspace, () => 'close');
  const said = ana.say('hello', 'general');
  await said;
  const alive = await socketClient(workspace, () => ({}));
  await workspace.waitFor(() => alive.frames.some(({ retry_attempt }) => Number(retry_attempt) > 0));
  expect(dying.frames.some(({ type }) => type === 'slash_commands')).toBe(true);
});

test('payloads go to the sockets in turn; a duplicate fault sends one twice', async () => {
  const workspace = await bare();
  const one = await socketClient(workspace, () => ({}));
  const two = await socketClient(workspace, () => ({}));
  const ana = workspace.as('ana');
  await ana.command('/probe');
  await ana.command('/probe');
  expect([one.frames.length, two.frames.length]).toEqual([2, 2]);
  await workspace.faults.set({ duplicateDeliveries: 1 });
  await ana.command('/probe');
  await workspace.waitFor(() => one.frames.length + two.frames.length === 6);
});

test('a Bolt app reconnects after a disconnect frame and after a cut', async () => {
  const { workspace } = await rigged('socket', (app: App) => void app.command('/probe', ({ ack }) => ack()));
  for (const cut of [() => workspace.faults.disconnect('refresh_requested'), () => workspace.faults.dropSockets()]) {
    const gone = workspace.waitFor((event) => event?.type === 'app' && !event.connected);
    cut();
    await gone;
    await workspace.waitForApp();
    expect(await workspace.as('ana').command('/probe')).toEqual({ ok: true });
  }
});

test('signed HTTP: exact content type, signature, retry headers, no retry if told so', async () => {
  const seen: { type: string | undefined; retry: string | undefined; reason: string | undefined; body: string }[] = [];
  let status = 500;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      const { 'content-type': type, 'x-slack-retry-num': retry, 'x-slack-retry-reason': reason } = request.headers;
      seen.push({ type, retry: retry?.toString(), reason: reason?.toString(), body });
      response.writeHead(status, retry === '2' ? { 'x-slack-no-retry': '1' } : {}).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const workspace = await bare({
    manifest: testManifest('http'),
    appUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`,
    timing: { retryDelaysMs: [0, 0, 0] },
  });
  const stopWorkspace = stop;
  stop = async () => {
    await stopWorkspace();
    server.close();
  };
  await workspace.as('ana').say('hello', 'general');
  await workspace.waitFor(() => seen.length === 3);
  expect(seen.map(({ retry, reason }) => [retry, reason])).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
  ]);
  status = 404;
  expect(await workspace.as('ana').command('/probe a b')).toMatchObject({ error: 'dispatch_failed' });
  expect(seen).toHaveLength(4);
  expect(seen.at(-1)).toMatchObject({
    type: 'application/x-www-form-urlencoded',
    body: expect.stringContaining('command=%2Fprobe&text=a+b'),
  });
});

test('events need a subscription, a scope and membership; edits, deletions and joins are sent', async () => {
  const workspace = await bare({
    manifest: testManifest('socket', ['groups:history', 'app_mention']),
    channels: [{ name: 'general' }, { name: 'secret', private: true }, { name: 'apart', app: false }],
  });
  const { frames } = await socketClient(workspace, () => ({}));
  const events = () =>
    frames.flatMap(({ payload }) => (isObject(payload) && isObject(payload.event) ? [payload.event] : []));
  const ana = workspace.as('ana');
  await ana.say('unseen', 'secret');
  await ana.say('unseen', 'apart');
  const said = await ana.say(`<@${workspace.botUserId}> a < b`, 'general');
  await ana.edit(said, 'changed');
  await ana.react(said, 'eyes');
  await ana.delete(said);
  workspace.inviteApp('apart');
  await ana.say('in a DM', ana.dmId());
  await workspace.waitFor(() => events().some(({ type }) => type === 'member_joined_channel'));
  expect(events()).toMatchObject([
    { type: 'message', channel_type: 'channel', text: `<@${workspace.botUserId}> a &lt; b`, user: ana.id },
    {
      subtype: 'message_changed',
      hidden: true,
      message: { text: 'changed', edited: { user: ana.id } },
      previous_message: { ts: said.ts },
    },
    { type: 'reaction_added', reaction: 'eyes', item: { ts: said.ts } },
    { subtype: 'message_deleted', deleted_ts: said.ts },
    { type: 'member_joined_channel', user: workspace.botUserId, channel_type: 'C' },
    { type: 'message', channel_type: 'im', text: 'in a DM' },
  ]);
});

test('a response_url works five times, for the person only, and can replace its message', async () => {
  let url = '';
  const { workspace } = await rigged('socket', (app: App) => {
    app.command('/probe', async ({ ack, body, client }) => {
      url = body.response_url;
      await ack();
      const button = { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } };
      await client.chat.postEphemeral({
        channel: body.channel_id,
        user: body.user_id,
        text: 'choose',
        blocks: [{ type: 'actions', elements: [button] }],
      });
    });
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'chosen', replace_original: true });
    });
  });
  const ana = workspace.as('ana');
  await ana.command('/probe');
  const choice = await ana.waitForEphemeral(({ buttons }) => buttons.includes('Go'));
  await ana.press('Go', { in: choice });
  await ana.waitForEphemeral(({ ts, text }) => ts === choice.ts && text === 'chosen');
  const use = async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: '{"text":"late news"}' });
    return [response.status, await response.json()];
  };
  for (let index = 0; index < 5; index += 1) expect(await use()).toEqual([200, { ok: true }]);
  expect(await use()).toEqual([200, { ok: false, error: 'used_url' }]);
  expect(workspace.messages('general')).toEqual([]);
});

test('shortcuts: global and on a message', async () => {
  const seen: JsonObject[] = [];
  const { workspace } = await rigged('socket', (app: App) => {
    app.shortcut(/.*/, async ({ ack, body }) => {
      seen.push(JSON.parse(JSON.stringify(body)));
      await ack();
    });
  });
  const ana = workspace.as('ana');
  const said = await ana.say('look', 'general');
  expect(await ana.shortcut('global_probe')).toEqual({ ok: true });
  expect(await ana.shortcut('message_probe', said)).toEqual({ ok: true });
  expect(seen).toMatchObject([
    { type: 'shortcut' },
    { type: 'message_action', message: { text: 'look' }, message_ts: said.ts },
  ]);
  await expect(ana.shortcut('unheard_of')).rejects.toThrow('no global shortcut');
});

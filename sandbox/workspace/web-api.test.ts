import { once } from 'node:events';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { startWorkspace, type Workspace } from './index';
import { call, quickWorkspace, testManifest } from './test-support';

let workspace: Workspace;
const start = async (options: Parameters<typeof quickWorkspace>[0] = {}): Promise<Workspace> => {
  workspace = await quickWorkspace(options);
  return workspace;
};
afterEach(() => workspace.stop());
const error = async (method: string, args: Parameters<typeof call>[2] = {}): Promise<unknown> =>
  (await call(workspace, method, args)).body.error;

test('checks tokens: absent, wrong, of the wrong kind', async () => {
  await start();
  expect((await call(workspace, 'auth.test', {}, null)).body).toEqual({ ok: false, error: 'not_authed' });
  expect((await call(workspace, 'auth.test', {}, 'xoxb-other')).body.error).toBe('invalid_auth');
  expect((await call(workspace, 'auth.test', {}, workspace.appToken)).body.error).toBe('not_allowed_token_type');
  expect(await error('apps.connections.open')).toBe('not_allowed_token_type');
  expect((await call(workspace, 'auth.test', { token: workspace.botToken }, null)).body).toMatchObject({
    ok: true,
    user_id: workspace.botUserId,
  });
  expect((await call(workspace, 'chat.nothing')).body).toMatchObject({ ok: false, error: 'unknown_method' });
});

test('refuses unreadable JSON and names a missing argument', async () => {
  await start();
  const broken = await fetch(`${workspace.apiUrl}auth.test`, {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  });
  expect(await broken.json()).toMatchObject({ ok: false, error: 'invalid_json' });
  const { body } = await call(workspace, 'chat.postMessage', { text: 'x' });
  expect(body).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] missing required field: channel'] },
  });
});

test('accepts forms and multipart as well as JSON', async () => {
  await start();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'hi' } }];
  const posted = await client.chat.postMessage({ channel: 'general', text: 'hi', blocks });
  expect(workspace.traffic.findLast(({ name }) => name === 'chat.postMessage')?.request).toMatchObject({
    text: 'hi',
    blocks,
  });
  expect(posted.message?.blocks?.[0]).toMatchObject({ type: 'section', block_id: expect.any(String) });
  const form = new FormData();
  form.set('channel', 'general');
  form.set('text', 'from a form');
  const sent = await fetch(`${workspace.apiUrl}chat.postMessage`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${workspace.botToken}` },
  });
  expect(await sent.json()).toMatchObject({ ok: true, message: { text: 'from a form' } });
});

test('a scope that the manifest lacks is missing, in the body and the headers', async () => {
  await start({
    manifest: testManifest('socket', ['chat:write', 'groups:read', 'users:read.email']),
    channels: [{ name: 'general' }, { name: 'secret', private: true }],
  });
  const { body, headers } = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'x' });
  expect(body).toMatchObject({
    ok: false,
    error: 'missing_scope',
    needed: 'chat:write',
    provided: expect.stringContaining('commands'),
  });
  expect(headers.get('x-accepted-oauth-scopes')).toBe('chat:write');
  expect(headers.get('x-oauth-scopes')).not.toContain('chat:write');
  expect((await call(workspace, 'conversations.info', { channel: 'secret' })).body).toMatchObject({
    error: 'missing_scope',
    needed: 'groups:read',
  });
  const { body: info } = await call(workspace, 'users.info', { user: workspace.ids.users.ana ?? '' });
  expect(JSON.stringify(info)).not.toContain('ana@example.com');
});

test('Socket Mode has to be on in the manifest, and a socket ticket works once', async () => {
  await start({ manifest: testManifest('http') });
  expect((await call(workspace, 'apps.connections.open', {}, workspace.appToken)).body.error).toBe('not_enabled');
  await workspace.stop();
  await start();
  const { body } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
  const first = new WebSocket(String(body.url));
  const [hello] = await once(first, 'message');
  expect(JSON.parse(String(hello))).toMatchObject({ type: 'hello', num_connections: 1 });
  first.ping();
  await once(first, 'pong');
  const [code] = await once(new WebSocket(String(body.url)), 'close');
  expect(code).toBe(1008);
  expect(JSON.stringify(workspace.traffic)).not.toContain('ticket=');
});

test('reactions, user groups and presence', async () => {
  await start({ userGroups: [{ handle: 'managers', users: ['dana'] }] });
  const { ts } = await workspace.as('ana').say('hi', 'general');
  const target = { channel: 'general', timestamp: ts, name: 'eyes' };
  expect((await call(workspace, 'reactions.add', target)).body.ok).toBe(true);
  expect(await error('reactions.add', target)).toBe('already_reacted');
  expect((await call(workspace, 'reactions.get', target)).body).toMatchObject({
    message: { reactions: [{ name: 'eyes', count: 1 }] },
  });
  expect((await call(workspace, 'reactions.remove', target)).body.ok).toBe(true);
  expect(await error('reactions.remove', target)).toBe('no_reaction');
  expect((await call(workspace, 'usergroups.list', { include_users: true })).body.usergroups).toMatchObject([
    { handle: 'managers', users: [workspace.ids.users.dana] },
  ]);
  expect((await call(workspace, 'users.getPresence', { user: workspace.ids.users.ana ?? '' })).body.presence).toBe(
    'active',
  );
});

test('a file is uploaded in three steps and read with the token only', async () => {
  await start();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  await client.filesUploadV2({
    channel_id: workspace.ids.channels.general ?? '',
    filename: 'a.txt',
    file: Buffer.from('hello'),
    initial_comment: 'see',
  });
  const [message] = workspace.messages('general');
  expect(message).toMatchObject({ text: 'see', files: [expect.any(String)] });
  const { body } = await call(workspace, 'files.info', { file: message?.files[0] ?? '' });
  const url = (body.file as { url_private_download: string }).url_private_download;
  expect(await (await fetch(url, { headers: { authorization: `Bearer ${workspace.botToken}` } })).text()).toBe('hello');
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
  const own = workspace.as('ana').upload('mine.txt', 'private');
  expect(await error('files.info', { file: own })).toBe('file_not_found');
});

test('posting is limited by channel, other methods by tier, both with Retry-After', async () => {
  await start({
    timing: { postIntervalMs: 60_000, postBurst: 2, tierPerMinute: { t2: 1 } },
    channels: [{ name: 'general' }, { name: 'second' }],
  });
  const post = (channel: string) => call(workspace, 'chat.postMessage', { channel, text: 'x' });
  expect([(await post('general')).status, (await post('general')).status, (await post('second')).status]).toEqual([
    200, 200, 200,
  ]);
  const limited = await post('general');
  expect(limited).toMatchObject({ status: 429, body: { ok: false, error: 'ratelimited' } });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(50);
  expect((await call(workspace, 'users.list')).status).toBe(200);
  expect((await call(workspace, 'users.list')).status).toBe(429);
});

test('fault switches: 429, errors before and after the effect, a lost reply, Slack down', async () => {
  await start();
  const post = () => call(workspace, 'chat.postMessage', { channel: 'general', text: 'x' });
  await workspace.faults.set({ rateLimit: { remaining: 1, retryAfterSec: 7, method: 'chat.postMessage' } });
  expect((await call(workspace, 'auth.test')).status).toBe(200);
  const limited = await post();
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  await workspace.faults.set({ rateLimit: { remaining: 1, retryAfterSec: null, matching: 'only this' } });
  expect((await call(workspace, 'auth.test')).status).toBe(200);
  const unsaid = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'only this' });
  expect([unsaid.status, unsaid.headers.get('retry-after')]).toEqual([429, null]);
  await workspace.faults.set({ errorBefore: { remaining: 1 } });
  expect([(await post()).status, workspace.messageCount('general')]).toEqual([500, 0]);
  await workspace.faults.set({ errorAfter: { remaining: 1 } });
  expect([(await post()).status, workspace.messageCount('general')]).toEqual([500, 1]);
  await workspace.faults.set({ lostReply: { remaining: 1 } });
  await expect(post()).rejects.toThrow('fetch failed');
  expect(workspace.messageCount('general')).toBe(2);
  await workspace.faults.set({ slackDown: true });
  expect((await post()).status).toBe(503);
  workspace.faults.clear();
  expect((await post()).status).toBe(200);
});

test('a busy port leads to the next free one; an invalid manifest is refused', async () => {
  const first = await start();
  const port = Number(new URL(first.url).port);
  const second = await startWorkspace({ manifest: testManifest('socket'), port });
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  await second.stop();
  await expect(startWorkspace({ manifest: { features: {} } })).rejects.toThrow('Slack would not take this manifest');
});

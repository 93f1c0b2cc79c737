import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { BootResponse, JsonObject, Push } from '../client-protocol';
import { createClock, startWorkspace, type Workspace } from './index';
import { call, startRig, testManifest, textModal } from './test-support';

let workspace: Workspace;
const channels = [{ name: 'general' }, { name: 'secret', private: true, members: ['dana'] }];
const start = async (options: Partial<Parameters<typeof startWorkspace>[0]> = {}): Promise<Workspace> => {
  workspace = await startWorkspace({ manifest: testManifest('socket'), channels, ...options });
  return workspace;
};
afterEach(() => workspace.stop());

const bootOf = (body: object): BootResponse => JSON.parse(JSON.stringify(body));

/** One request of the browser page, as a person. */
async function page(
  user: string,
  path: string,
  body?: JsonObject | FormData,
): Promise<{ status: number; body: JsonObject }> {
  const headers = { 'x-user': workspace.ids.users[user] ?? user };
  const sent =
    body === undefined
      ? { headers }
      : body instanceof FormData
        ? { method: 'POST', headers, body }
        : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${workspace.url}/client/${path}`, sent);
  return { status: response.status, body: (await response.json()) as JsonObject };
}

test('people see only their channels, and change only their own messages', async () => {
  await start();
  const [ana, dana] = [workspace.as('ana'), workspace.as('dana')];
  await dana.say('between us', 'secret');
  expect(() => ana.read('secret')).toThrow('no channel secret');
  await expect(ana.say('hi', 'secret')).rejects.toThrow('no channel secret');
  const said = await dana.say('hello', 'general');
  expect(() => ana.edit(said, 'mine now')).toThrow('Only your own messages');
  await ana.say('reply', 'general', said);
  await dana.delete(said);
  expect(ana.thread('general', said.ts)).toMatchObject([
    { deleted: true, text: 'This message was deleted.' },
    { text: 'reply' },
  ]);
  workspace.removeMember('secret', 'dana');
  expect(() => dana.read('secret')).toThrow('no channel secret');
  workspace.archive('general');
  await expect(ana.say('late', 'general')).rejects.toThrow('archived');
  expect(() => workspace.as('nobody')).toThrow('nobody called nobody');
});

test('timestamps ascend and stay unique, whatever the clock does', async () => {
  const clock = createClock();
  await start({ clock });
  const ana = workspace.as('ana');
  const before = await ana.say('before', 'general');
  await workspace.clock.advance(3_600_000);
  const later = await ana.say('later', 'general');
  expect(Number(later.ts) - Number(before.ts)).toBeGreaterThan(3599);
  await clock.advance(-7_200_000);
  const all = [later, await ana.say('back', 'general'), await ana.say('and on', 'general')].map(({ ts }) => ts);
  expect([...all].sort()).toEqual(all);
  expect(new Set(all).size).toBe(3);
});

test('a workspace keeps its people, channels and messages in its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workspace-'));
  const stateFile = join(folder, 'state', 'workspace.json');
  await start({ stateFile });
  const said = await workspace.as('ana').say('remember me', 'general');
  await workspace.as('dana').say('a reply', 'general', said);
  workspace.removeMember('general', 'admin');
  const { botToken } = workspace;
  await workspace.stop();
  expect(JSON.parse(await readFile(stateFile, 'utf8')).format).toBe(1);
  await start({ stateFile, users: [{ name: 'ana' }, { name: 'dana' }, { name: 'newcomer' }] });
  expect(workspace.botToken).toBe(botToken);
  expect(workspace.as('ana').thread('general', said.ts)).toMatchObject([
    { text: 'remember me', replyCount: 1 },
    { text: 'a reply' },
  ]);
  expect(workspace.ids.users.newcomer).toBeDefined();
  await workspace.stop();
  await rm(folder, { recursive: true });
});

test('the page: boot, live pushes, history, refusals in words', async () => {
  await start();
  const { ana: anaId = '', dana: danaId = '' } = workspace.ids.users;
  const general = workspace.ids.channels.general ?? '';
  const { body } = await page('ana', 'boot');
  const boot = bootOf(body);
  expect(boot.channels.map(({ name, type }) => name || type).sort()).toEqual(['general', 'im']);
  expect(boot.commands[0]).toEqual({ command: '/probe', description: 'For tests', usageHint: '[words]' });
  expect(boot.abilities).toEqual({ clock: true, databaseDown: false, tour: true, mail: false });

  const pushes: Push[] = [];
  const socket = new WebSocket(`${workspace.url.replace('http', 'ws')}/client/socket?user=${anaId}`);
  const arrived = (fits: (push: Push) => boolean) =>
    new Promise<Push>((resolve) => {
      const look = (): void => {
        const found = pushes.find(fits);
        if (found) resolve(found);
      };
      socket.on('message', look);
      look();
    });
  socket.on('message', (data) => pushes.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.on('open', resolve));
  await workspace.as('dana').say('not for ana', 'secret');
  const sent = await page('dana', 'message', { channel: general, text: 'for all <b>' });
  await arrived((push) => push.type === 'message');
  expect(pushes.filter(({ type }) => type === 'message')).toMatchObject([
    { message: { text: 'for all &lt;b&gt;', user: danaId } },
  ]);
  expect((await page('ana', `history?channel=${general}&limit=10`)).body).toMatchObject({
    hasMore: false,
    messages: [{ ts: sent.body.ts }],
  });
  const unread = async (): Promise<unknown> =>
    bootOf((await page('ana', 'boot')).body).channels.find(({ id }) => id === general)?.unread;
  expect(await unread()).toBe(1);
  await page('ana', 'read', { channel: general });
  expect(await unread()).toBe(0);

  expect(await page('ana', 'message', { channel: 'secret', text: 'x' })).toMatchObject({
    status: 422,
    body: { ok: false, error: 'channel_not_found' },
  });
  expect(await page('ana', 'command', { channel: general, command: '/probe', text: '' })).toMatchObject({
    status: 422,
    body: { error: 'dispatch_failed' },
  });
  await arrived((push) => push.type === 'toast');
  expect(await page('ana', 'message', { text: 5 })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  expect(await page('stranger', 'boot')).toMatchObject({ status: 422, body: { error: 'user_not_found' } });
  expect((await page('ana', 'faults', { latencyMs: 5 })).body).toMatchObject({
    faults: { latencyMs: 5, slackDown: false },
  });
  await arrived((push) => push.type === 'faults' && push.faults.latencyMs === 5);
  socket.close();
});

test('the page: a modal is opened, filled, refused and submitted', async () => {
  const rig = await startRig('socket', (app) => {
    app.command('/probe', async ({ ack, client, body }) => {
      await ack();
      await call(workspace, 'views.open', { trigger_id: body.trigger_id, view: textModal() });
      await client.auth.test();
    });
    app.view('note', ({ ack }) => ack());
  });
  workspace = rig.workspace;
  const channel = workspace.ids.channels.general ?? '';
  expect((await page('ana', 'command', { channel, command: '/probe', text: '' })).body).toEqual({ ok: true });
  const { id: viewId } = await workspace.as('ana').waitForModal();
  expect((await page('ana', 'submit', { viewId })).body).toMatchObject({
    errors: { words: expect.stringContaining('required') },
  });
  const value = { type: 'plain_text_input', value: 'typed' };
  expect(
    (await page('ana', 'input', { viewId, blockId: 'words', actionId: 'words', value, dispatch: false })).body,
  ).toEqual({ ok: true });
  expect((await page('ana', 'boot')).body).toMatchObject({
    modals: [{ id: viewId, values: { words: { words: value } } }],
  });
  expect(await page('dana', 'submit', { viewId })).toMatchObject({ status: 422, body: { error: 'view_not_found' } });
  expect(
    (await page('ana', 'submit', { viewId, values: { words: { words: { ...value, value: 'last' } } } })).body,
  ).toEqual({ ok: true });
  expect(workspace.as('ana').modalCount).toBe(0);
  await rig.app.stop();
});

test('serves the page itself', async () => {
  const pageDir = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(pageDir, 'index.html'), '<title>Workspace</title>');
  await start({ pageDir });
  expect(await (await fetch(workspace.url)).text()).toBe('<title>Workspace</title>');
  await rm(pageDir, { recursive: true });
});

test('the page: files are private until shared', async () => {
  await start();
  const form = new FormData();
  form.set('file', new Blob(['hello']), 'hello.txt');
  const { body } = await page('ana', 'upload', form);
  const file = body.file as { id: string; url: string };
  const read = async (user: string): Promise<string> =>
    (await fetch(`${workspace.url}/client/file/${file.id}?user=${workspace.ids.users[user]}`)).text();
  expect(await read('ana')).toBe('hello');
  expect(await read('dana')).toContain('file_not_found');
  await page('ana', 'message', { channel: workspace.ids.channels.general ?? '', text: '', files: [file.id] });
  expect(await read('dana')).toBe('hello');
});

test('the page: the clock moves with its host, even to 9:00 of a business day', async () => {
  const moved: Date[] = [];
  const down: boolean[] = [];
  const friday = new Date('2026-02-06T18:00:00Z').getTime() - Date.now();
  await start({
    clock: createClock(friday),
    users: [{ name: 'ana', tz: 'UTC' }, { name: 'dana' }],
    host: { clockMoved: async (now) => void moved.push(now), setDatabaseDown: async (is) => void down.push(is) },
  });
  await page('ana', 'clock', { to: 'next_business_day_9' });
  expect(moved[0]?.toISOString()).toMatch(/^2026-02-09T09:00:0/);
  await page('ana', 'faults', { databaseDown: true });
  expect(down).toEqual([true]);
  expect((await page('ana', 'boot')).body).toMatchObject({ abilities: { clock: true, databaseDown: true } });
});

import { WebClient } from '@slack/web-api';
import type { Workspace } from './index';
import { call, quickWorkspace, testManifest } from './test-support';

let workspace: Workspace;
const start = async (options: Parameters<typeof quickWorkspace>[0] = {}): Promise<Workspace> => {
  workspace = await quickWorkspace(options);
  return workspace;
};
afterEach(() => workspace.stop());
const error = async (method: string, args: Parameters<typeof call>[2] = {}): Promise<unknown> =>
  (await call(workspace, method, args)).body.error;

test('keeps channel rules: membership, privacy, archiving', async () => {
  await start({
    channels: [
      { name: 'general' },
      { name: 'other', app: false },
      { name: 'secret', private: true, app: false },
      { name: 'old', archived: true },
    ],
  });
  expect(await error('chat.postMessage', { channel: '#other', text: 'x' })).toBe('not_in_channel');
  expect(await error('conversations.history', { channel: 'other' })).toBe('not_in_channel');
  expect(await error('chat.postMessage', { channel: 'secret', text: 'x' })).toBe('channel_not_found');
  expect(await error('chat.postMessage', { channel: 'old', text: 'x' })).toBe('is_archived');
  expect((await call(workspace, 'conversations.join', { channel: 'other' })).body.ok).toBe(true);
  expect((await call(workspace, 'chat.postMessage', { channel: 'other', text: 'x' })).body.ok).toBe(true);
  workspace.removeApp('other');
  expect(await error('chat.postMessage', { channel: 'other', text: 'x' })).toBe('not_in_channel');
  workspace.archive('general');
  expect(await error('chat.postMessage', { channel: 'general', text: 'x' })).toBe('is_archived');
  const { body } = await call(workspace, 'conversations.list', {
    types: 'public_channel,private_channel',
    exclude_archived: true,
  });
  expect(body.channels).toMatchObject([{ name: 'other', is_member: false }]);
});

test('invites people, who are then members; pages the list of members', async () => {
  await start({ channels: [{ name: 'few', members: ['ana'] }] });
  const dana = workspace.ids.users.dana ?? '';
  expect((await call(workspace, 'conversations.invite', { channel: 'few', users: dana })).body.ok).toBe(true);
  expect(await error('conversations.invite', { channel: 'few', users: dana })).toBe('already_in_channel');
  const first = await call(workspace, 'conversations.members', { channel: 'few', limit: 2 });
  expect(first.body.members).toHaveLength(2);
  const rest = await call(workspace, 'conversations.members', {
    channel: 'few',
    limit: 2,
    cursor: Buffer.from('offset:2').toString('base64'),
  });
  expect(rest.body).toMatchObject({ members: [dana], response_metadata: { next_cursor: '' } });
  expect(await error('conversations.members', { channel: 'few', cursor: 'nonsense' })).toBe('invalid_cursor');
});

test('direct messages: opened once, refused to strangers and deactivated people', async () => {
  await start();
  const ana = workspace.ids.users.ana ?? '';
  const { body } = await call(workspace, 'conversations.open', { users: ana });
  const posted = await call(workspace, 'chat.postMessage', { channel: ana, text: 'hello' });
  expect(posted.body.channel).toBe((body.channel as { id: string }).id);
  expect(workspace.as('ana').dm()).toMatchObject([{ text: 'hello' }]);
  expect(await error('conversations.open', { users: 'U0NOBODY' })).toBe('user_not_found');
  workspace.deactivate('ana');
  expect(await error('conversations.open', { users: ana })).toBe('user_disabled');
  expect(await error('chat.postMessage', { channel: ana, text: 'x' })).toBe('user_disabled');
  expect(await error('users.lookupByEmail', { email: 'ana@example.com' })).toBe('users_not_found');
  expect(() => workspace.as('ana').join('general')).toThrow('deactivated');
});

test('a disabled messages tab accepts no posts', async () => {
  await start({ manifest: testManifest('socket', ['messages_tab']) });
  expect(await error('chat.postMessage', { channel: workspace.ids.users.ana ?? '', text: 'x' })).toBe(
    'messages_tab_disabled',
  );
});

test('validates content: no text, bad blocks with a pointer, too long an update', async () => {
  await start();
  expect(await error('chat.postMessage', { channel: 'general', team_id: workspace.teamId })).toBe('no_text');
  const { body } = await call(workspace, 'chat.postMessage', { channel: 'general', blocks: [{ type: 'section' }] });
  expect(body).toMatchObject({
    error: 'invalid_blocks',
    response_metadata: { messages: [expect.stringContaining('[json-pointer:/blocks/0')] },
  });
  const posted = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'x'.repeat(40_001) });
  expect(workspace.messages('general')[0]?.text).toHaveLength(40_000);
  expect(await error('chat.update', { channel: 'general', ts: String(posted.body.ts), text: 'x'.repeat(4001) })).toBe(
    'msg_too_long',
  );
});

test('an update keeps metadata, text alone removes blocks; only own messages change', async () => {
  await start();
  const metadata = { event_type: 'delivery', event_payload: { delivery_id: 'd1' } };
  const blocks = [{ type: 'divider' }];
  const { body } = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'one', blocks, metadata });
  const ts = String(body.ts);
  await call(workspace, 'chat.update', { channel: 'general', ts, text: 'two' });
  expect(workspace.messages('general')).toMatchObject([{ text: 'two', blocks: [], metadata }]);
  const bare = await call(workspace, 'conversations.history', { channel: 'general' });
  expect(JSON.stringify(bare.body)).not.toContain('d1');
  const full = await call(workspace, 'conversations.history', { channel: 'general', include_all_metadata: true });
  expect(full.body.messages).toMatchObject([{ ts, metadata }]);
  const said = await workspace.as('ana').say('mine', 'general');
  expect(await error('chat.update', { channel: 'general', ts: said.ts, text: 'x' })).toBe('cant_update_message');
  expect(await error('chat.delete', { channel: 'general', ts: said.ts })).toBe('cant_delete_message');
  expect(await error('chat.update', { channel: 'general', ts: '1.000000', text: 'x' })).toBe('message_not_found');
  expect((await call(workspace, 'chat.delete', { channel: 'general', ts })).body.ok).toBe(true);
  expect(workspace.messages('general')).toHaveLength(1);
});

test('threads: counts, broadcasts, permalinks, no replies to replies', async () => {
  await start();
  const parent = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'parent' });
  const thread_ts = String(parent.body.ts);
  const reply = await call(workspace, 'chat.postMessage', { channel: 'general', text: 'quiet', thread_ts });
  await call(workspace, 'chat.postMessage', { channel: 'general', text: 'loud', thread_ts, reply_broadcast: true });
  const history = await call(workspace, 'conversations.history', { channel: 'general' });
  expect(history.body.messages).toMatchObject([
    { text: 'loud', subtype: 'thread_broadcast' },
    { text: 'parent', reply_count: 2, reply_users_count: 1 },
  ]);
  const first = await call(workspace, 'conversations.replies', { channel: 'general', ts: thread_ts, limit: 1 });
  expect(first.body).toMatchObject({ has_more: true, messages: [{ text: 'parent' }, { text: 'quiet' }] });
  expect(await error('chat.postMessage', { channel: 'general', text: 'x', thread_ts: String(reply.body.ts) })).toBe(
    'cannot_reply_to_message',
  );
  const link = await call(workspace, 'chat.getPermalink', { channel: 'general', message_ts: String(reply.body.ts) });
  expect(link.body.permalink).toContain(`/p${String(reply.body.ts).replace('.', '')}?thread_ts=${thread_ts}`);
});

test('pages 1,200 messages newest first, by cursor and by bounds', async () => {
  await start();
  const ana = workspace.as('ana');
  for (let index = 0; index < 1200; index += 1) await ana.say(String(index), 'general');
  const first = await call(workspace, 'conversations.history', { channel: 'general', limit: 3 });
  const texts = (body: object) => (body as { messages: { text: string }[] }).messages.map(({ text }) => text);
  expect(texts(first.body)).toEqual(['1199', '1198', '1197']);
  const cursor = (first.body.response_metadata as { next_cursor: string }).next_cursor;
  expect(
    texts((await call(workspace, 'conversations.history', { channel: 'general', limit: 2, cursor })).body),
  ).toEqual(['1196', '1195']);
  const third = workspace.messages('general')[2]?.ts ?? '';
  expect(texts((await call(workspace, 'conversations.history', { channel: 'general', latest: third })).body)).toEqual([
    '1',
    '0',
  ]);
  expect(
    texts(
      (await call(workspace, 'conversations.history', { channel: 'general', latest: third, inclusive: true })).body,
    ),
  ).toEqual(['2', '1', '0']);
});

test('an ephemeral message is for one member only', async () => {
  await start({ channels: [{ name: 'few', members: ['ana'] }] });
  const { ana = '', dana = '' } = workspace.ids.users;
  expect((await call(workspace, 'chat.postEphemeral', { channel: 'few', user: ana, text: 'psst' })).body.ok).toBe(true);
  expect(await error('chat.postEphemeral', { channel: 'few', user: dana, text: 'psst' })).toBe('user_not_in_channel');
  expect(workspace.as('ana').ephemerals('few')).toMatchObject([{ text: 'psst', ephemeral: true }]);
  expect(workspace.as('dana').ephemerals()).toEqual([]);
  expect(workspace.messages('few')).toEqual([]);
});

test('a reply to a missing message is posted in the channel, shown only by the missing thread_ts', async () => {
  await start();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const { channel, ts = '' } = await client.chat.postMessage({
    channel: workspace.ids.channels.general ?? '',
    text: 'card',
  });
  if (!channel) throw new Error('no channel');
  const kept = await client.chat.postMessage({ channel, thread_ts: ts, text: 'kept' });
  expect(kept.message?.thread_ts).toBe(ts);
  await client.chat.delete({ channel, ts: kept.ts ?? '' });
  await client.chat.delete({ channel, ts });
  const stray = await client.chat.postMessage({ channel, thread_ts: ts, text: 'stray' });
  expect([stray.ok, stray.message?.thread_ts]).toEqual([true, undefined]);
  expect(workspace.messages(channel).at(-1)?.text).toBe('stray');
});

import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { boltLogger } from '../../src/connection/bolt';
import { finder } from '../../src/delivery/targets/slack/find';
import { limitOf, type SlackClients, slackClients } from '../../src/slack/clients';
import { slackCompanies } from '../../src/slack/companies';
import { slackLookup } from '../../src/slack/lookup';
import { namesOf } from '../../src/slack/names';
import { slackPeople } from '../../src/slack/people';

/** Slack's answers to the next calls of a method; `null`: it hangs up. Otherwise `ok`. */
type Answer = { readonly status: number; readonly retryAfter?: string; readonly body?: string } | null;
let said: Record<string, Answer[]>;
let heard: string[];
let server: Server;
let clients: SlackClients;
let stopping: AbortController;

beforeAll(async () => {
  server = createServer((request, response) => {
    const method = request.url?.split('/').at(-1) ?? '';
    request.resume().on('end', () => reply(method, response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(() => {
  [said, heard, stopping] = [{}, [], new AbortController()];
  clients = slackClients({
    token: 'xoxb-test',
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    logger: boltLogger(pino({ level: 'silent' })),
    fetch,
    stopping: stopping.signal,
  });
});
afterEach(() => stopping.abort());
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function reply(method: string, response: ServerResponse): void {
  heard.push(method);
  const answer = said[method]?.shift();
  if (answer === null) return void response.destroy();
  const { status = 200, retryAfter, body = '{"ok":true}' } = answer ?? {};
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  });
  response.end(body);
}
const limited = (retryAfter?: string): Answer => ({ status: 429, ...(retryAfter ? { retryAfter } : {}) });
const failed: Answer = { status: 500, body: 'down' };
const limitMet = (call: Promise<unknown>) => call.then(() => 'taken', limitOf);

describe('what is known of people', () => {
  const now = () => new Date('2026-11-02T17:00:00Z');
  const people = () => slackPeople(clients.lookups, now, pino({ level: 'silent' }));
  const told = (body: object): Answer => ({ status: 200, body: JSON.stringify(body) });

  it.each(['', 'Mars/Olympus', 'GMT+99:00'])('a time zone that is none (%j) is not theirs', async (tz) => {
    said['users.info'] = [told({ ok: true, user: { id: 'U1', tz } }), told({ ok: true, user: { id: 'U1', tz } })];
    expect(await people().account('U1')).toMatchObject({ active: true, timeZone: null });
    expect(await people().mailboxOf('U1')).toEqual({ address: null, timeZone: null });
  });

  it('an account that was removed or merged is not in use, and a group that is gone has no one', async () => {
    const { account, inGroup } = people();
    said['users.info'] = [told({ ok: false, error: 'user_not_found' })];
    expect(await account('U1')).toMatchObject({ active: false });
    said['users.info'] = [told({ ok: false, error: 'user_not_found' })];
    expect(await people().mailboxOf('U1')).toEqual({ address: null, timeZone: null });
    said['usergroups.users.list'] = [told({ ok: true, users: ['U1'] })];
    expect(await inGroup('S1')).toEqual(['U1']);
    const gone = slackPeople(clients.lookups, () => new Date(0), pino({ level: 'silent' }));
    said['usergroups.users.list'] = [told({ ok: false, error: 'no_such_subteam' })];
    expect(await gone.inGroup('S1')).toEqual([]);
  });
});

it.each([
  ['seconds', '7', 7],
  ['no time at all', undefined, 30],
  ['nonsense', 'soon', 30],
  ['less than a second', '0', 1],
  ['a part of a second', '1.2', 2],
  ['more than anybody waits', '999999', 3600],
])('a limit that says %s is recognized at once', async (_, header, seconds) => {
  said['views.open'] = [limited(header)];
  expect(
    await limitMet(
      clients.answers.views.open({
        trigger_id: '1',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
      }),
    ),
  ).toBe(seconds);
  expect(heard).toEqual(['views.open']);
});

it('a limit until a time becomes seconds; one that comes as a refusal is a limit, too', async () => {
  said['users.info'] = [
    limited(new Date(Date.now() + 20_000).toUTCString()),
    { status: 200, body: '{"ok":false,"error":"ratelimited"}' },
  ];
  const seconds = await limitMet(clients.lookups.users.info({ user: 'U1' }));
  expect(seconds).toBeGreaterThan(15);
  expect(seconds).toBeLessThan(25);
  expect(await limitMet(clients.lookups.users.info({ user: 'U1' }))).toBe(30);
});

it('a call that waits for its limit delays no other, even on its own client', async () => {
  said['users.list'] = [limited('1')];
  const order: string[] = [];
  const list = clients.bulk.users.list({}).then(() => order.push('list'));
  while (!heard.length) await new Promise(setImmediate);
  await clients.bulk.conversations.list({}).then(() => order.push('channels'));
  await clients.answers.chat.postMessage({ channel: 'C1', text: 'x' }).then(() => order.push('word'));
  await list;
  expect(order).toEqual(['channels', 'word', 'list']);
});

it('waiting for a limit ends when the app stops', async () => {
  said['users.list'] = [limited('60')];
  const list = limitMet(clients.bulk.users.list({}));
  while (!heard.length) await new Promise(setImmediate);
  stopping.abort();
  expect(await list).toBe(60);
});

it('a call that changes nothing is repeated once if it failed; a message is not', async () => {
  said = { 'users.info': [failed], 'chat.postMessage': [failed, null], 'chat.postEphemeral': [failed] };
  await clients.lookups.users.info({ user: 'U1' });
  await clients.answers.chat.update({ channel: 'C1', ts: '1.1', text: 'x' });
  for (const call of [
    () => clients.answers.chat.postMessage({ channel: 'C1', text: 'x' }),
    () => clients.answers.chat.postMessage({ channel: 'C1', text: 'x' }),
    () => clients.answers.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'x' }),
  ])
    await expect(call()).rejects.toThrow();
  expect(heard).toEqual([
    'users.info',
    'users.info',
    'chat.update',
    'chat.postMessage',
    'chat.postMessage',
    'chat.postEphemeral',
  ]);
});

it('a channel is known to be shared although Slack names no team that reads it', async () => {
  const log = pino({ level: 'silent' });
  const slack = slackLookup(clients.lookups, () => new Date(), slackCompanies(clients.lookups, log));
  const none = { connected_team_ids: null, pending_connected_team_ids: null, conversation_host_id: null };
  const channel = { id: 'C1', name: 'risk-desk', is_private: true, is_member: true, is_ext_shared: true, ...none };
  said['conversations.info'] = [{ status: 200, body: JSON.stringify({ ok: true, channel }) }];
  expect(await slack.channelById('C1')).toMatchObject({ isPrivate: true, sharedWith: [] });
});

it('a list that leads back to one of its pages ends with an error, not never', async () => {
  const page = (cursor: string): Answer => ({
    status: 200,
    body: JSON.stringify({ ok: true, messages: [], response_metadata: { next_cursor: cursor } }),
  });
  for (const method of ['users.list', 'conversations.replies']) {
    said[method] = ['a', 'b', 'a', 'b'].map(page);
    heard = [];
    const read =
      method === 'users.list'
        ? namesOf(clients.bulk)
        : finder(clients.bulk, () => undefined)({ channel: 'C1', threadTs: '1.1' }, ['x'], new Date(0));
    await expect(read).rejects.toThrow('leads back');
    expect(heard).toEqual([method, method, method]);
  }
});

describe('an answer at a response_url', () => {
  const answerAt = () =>
    clients.answerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/response`, 'Done.');

  it.each(['ok', '{"ok":true}', ''])('is given if Slack says %j', async (body) => {
    said.response = [{ status: 200, body }];
    await expect(answerAt()).resolves.toBeUndefined();
  });

  it.each([
    [404, '{"ok":false,"error":"used_url"}'],
    [200, '{"ok":false,"error":"expired_url"}'],
    [200, 'invalid_blocks'],
  ])('is refused with HTTP %d and %j', async (status, body) => {
    said.response = [{ status, body }];
    await expect(answerAt()).rejects.toMatchObject({ statusCode: status });
  });
});

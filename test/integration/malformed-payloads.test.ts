import { createHmac } from 'node:crypto';
import type { Json, JsonObject } from '../../sandbox/client-protocol';
import { replay } from '../../src/domain/apply';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { formOf } from '../../src/domain/forms';
import { schemaOf } from '../../src/domain/forms/engine';
import type { StoredCase } from '../../src/services/ports/cases';
import { type Examples, hostile, isObject, type WayIn, waysIn } from '../support/hostile';
import { NIGHTLY } from '../support/nightly';
import { recordedPayloads } from '../support/recorded-payloads';
import { startWorld, type World } from '../support/world';
import { cardOf, openedForm, openRecords, type Records, submitted } from './records';

const SEED = Number(process.env.SEED ?? 20261102);
/** Nightly, a thousand for each listener; in the ordinary run, a few of each. */
const PER_LISTENER = Number(process.env.PER_LISTENER ?? (NIGHTLY ? 1000 : 6));
const AT_ONCE = 20;
/** What no listener takes waits so long for its 404, ms. */
const UNHANDLED_MS = NIGHTLY ? 200 : 1000;
/** What has no answer by then never gets one. */
const ANSWERED_MS = NIGHTLY ? 120_000 : 20_000;
const HUGE = 'x'.repeat(100_000);

type Transport = 'command' | 'interactive' | 'event';

let world: World;
let records: Records;
let examples: Examples;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  world = await startWorld({ mode: 'http', unhandledMs: UNHANDLED_MS });
  records = await openRecords(world);
  examples = await recordedPayloads(world, (await file('amira')).card);
});
afterAll(async () => {
  await records.close();
  await world.stop();
  process.off('unhandledRejection', onUnhandled);
}, ANSWERED_MS);

let nextSj = 500_000;
async function file(name: string) {
  const agent = world.workspace.as(name);
  await openedForm(agent, `ACC100 ${nextSj++}`);
  await agent.fill({
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': ['Missed appointment'],
    "Details of Customer's Experience with SP": 'Nobody came.',
  });
  return submitted(world, records, agent);
}

const encoded = (transport: Transport, payload: JsonObject): string => {
  if (transport === 'event') return JSON.stringify(payload);
  if (transport === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const text = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
  return new URLSearchParams(
    Object.entries(payload).map(([key, value]): [string, string] => [key, text(value)]),
  ).toString();
};

interface Signing {
  readonly timestamp?: string;
  readonly signature?: string | null;
  readonly contentType?: string;
}
/** Posts a body to the app like Slack, correctly signed by default; returns the status and the answer. */
async function post(transport: Transport, body: string, { timestamp, signature, contentType }: Signing = {}) {
  const at = timestamp ?? String(Math.floor(Date.now() / 1000));
  const right = `v0=${createHmac('sha256', world.workspace.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
  const response = await fetch(`http://127.0.0.1:${world.app.port()}/slack/events`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(ANSWERED_MS),
    headers: {
      'content-type': contentType ?? (transport === 'event' ? 'application/json' : 'application/x-www-form-urlencoded'),
      'x-slack-request-timestamp': at,
      ...(signature === null ? {} : { 'x-slack-signature': signature ?? right }),
    },
  });
  return { status: response.status, text: await response.text() };
}

async function botUser(): Promise<string> {
  const { workspace } = world;
  const response = await fetch(`${workspace.apiUrl}auth.test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.botToken}` },
  });
  return JSON.parse(await response.text()).user_id;
}

const PERSON = /^[UW][A-Z0-9]{2,20}$/;

/** A consistent case: its facts follow from its events, and everything in it is valid. */
async function expectWhole(stored: StoredCase): Promise<void> {
  const events = await records.historyOf(stored);
  expect(stored).toMatchObject(replay(events));
  expect(schemaOf(formOf(stored.kind), STARTER_CATALOGUE).safeParse(stored.answers).error).toBeUndefined();
  expect(stored.id).toMatch(/^[A-Za-z][\w.-]{0,99}$/);
  expect(stored.ref).toMatch(/^[A-Z]{3}-\d{6}$/);
  expect(stored.reporter).toMatch(PERSON);
  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['filed', 'routed']);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  for (const { actor } of events) expect(actor).toMatch(/^([UW][A-Z0-9]{2,20}|system)$/);
  if (stored.owner !== null) expect(stored.owner).toMatch(PERSON);
  for (const { text, by } of stored.notes) expect([typeof text, PERSON.test(by)]).toEqual(['string', true]);
  expect(stored.posts.length).toBeGreaterThan(0);
}

/** The app is up, files a report as usual, and has nothing half done. */
async function expectUnharmed(): Promise<void> {
  const health = await fetch(`http://127.0.0.1:${world.app.port()}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok']);
  const before = await records.count();
  const { stored } = await file('amira');
  expect(cardOf(world, stored).content).toContain('Nobody came.');
  expect(await records.count()).toBe(before + 1);
  const ids = await records.ids();
  expect(ids).toHaveLength(before + 1);
  for (const id of ids) {
    const each = await records.cases.byId(id);
    if (!each) throw new Error(`A document without a text id: ${id}`);
    await expectWhole(each);
  }
  expect(unhandled).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

const transportOf = ({ kind }: WayIn): Transport => (kind === 'command' || kind === 'event' ? kind : 'interactive');
const KINDS = ['command', 'shortcut', 'event', 'action', 'block', 'submitted', 'closed'] as const;

/** Whether someone could be told: a person of this workspace did it. */
function actorIsReal({ user, user_id: typed }: JsonObject): boolean {
  const id = typed ?? (isObject(user) ? user.id : undefined);
  return Object.values(world.workspace.ids.users).some((known) => known === id);
}

describe('requests that are not from Slack, or not requests at all', () => {
  it('refuses unsigned, badly signed and stale ones with 401, and stores nothing', async () => {
    const before = await records.count();
    const stale = String(Math.floor(Date.now() / 1000) - 301);
    const samples: readonly [Transport, JsonObject][] = [
      ['command', examples.command],
      ['interactive', examples.shortcut],
      ['interactive', examples.closed],
      ...examples.events.slice(-3).map((event): [Transport, JsonObject] => ['event', event]),
      ...[...examples.actions, ...examples.submissions]
        .slice(-5)
        .map((pressed): [Transport, JsonObject] => ['interactive', pressed]),
    ];
    for (const [transport, payload] of samples) {
      const body = encoded(transport, payload);
      const answers = await Promise.all([
        post(transport, body, { signature: null }),
        post(transport, body, { signature: '' }),
        post(transport, body, { signature: `v0=${'0'.repeat(64)}` }),
        post(transport, body, { signature: 'v1=abc' }),
        post(transport, body, { timestamp: stale }),
        post(transport, body, { timestamp: 'yesterday' }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
      expect(answers.map(({ text }) => text).join('')).toBe('');
    }
    expect(await records.count()).toBe(before);
    await expectUnharmed();
  });

  // One that is undefined is not there at all.
  const NO_IDS: readonly (Json | undefined)[] = [{ $ne: null }, 7, ['C0NOWHERE'], true, null, undefined, 'nowhere'];
  it.each(['member_joined_channel', 'channel_shared', 'channel_id_changed', 'reaction_added', 'app_home_opened'])(
    'leaves out an event of %s whose ids are no ids, and goes on sending',
    async (type) => {
      const { users, channels } = world.workspace.ids;
      // Only its own joining concerns Warmline.
      const user = (type === 'member_joined_channel' ? await botUser() : users.dana) ?? null;
      const whole = { type, user, channel: channels['am-west'] ?? null, event_ts: '1793640000.0001' };
      const reaction = { reaction: 'eyes', tab: 'home' };
      for (const wrong of NO_IDS)
        for (const id of ['user', 'channel', 'item', 'old_channel_id', 'new_channel_id', 'event_ts'])
          await post(
            'event',
            JSON.stringify({
              type: 'event_callback',
              event_id: `Ev${type}${id}${NO_IDS.indexOf(wrong)}`,
              authorizations: examples.events.at(-1)?.authorizations ?? [],
              team_id: examples.events.at(-1)?.team_id ?? null,
              event: {
                ...whole,
                ...reaction,
                old_channel_id: whole.channel,
                new_channel_id: whole.channel,
                item: { type: 'message', channel: whole.channel, ts: '1793640000.0001' },
                [id]: id === 'item' ? { type: 'message', channel: wrong, ts: wrong } : wrong,
              },
            }),
          );
      await world.settled();
      await expectUnharmed();
    },
  );

  const NO_PAYLOADS: readonly [string, Transport, string][] = [
    ['an empty body', 'event', ''],
    ['an empty form', 'interactive', ''],
    ['null', 'event', 'null'],
    ['a number', 'event', '7'],
    ['a text', 'event', '"hello"'],
    ['a list', 'event', '[]'],
    ['an event that is null', 'event', '{"type":"event_callback","event":null}'],
    ['broken JSON', 'event', '{"event":'],
    ['a payload that is empty', 'interactive', 'payload='],
    ['a payload that is null', 'interactive', 'payload=null'],
    ['a payload that is a list', 'interactive', 'payload=%5B%5D'],
    ['a payload that is a text', 'interactive', 'payload=%22hello%22'],
    ['a payload that is broken', 'interactive', 'payload=%7B%22type'],
    ['two payloads', 'interactive', 'payload=%7B%7D&payload=%7B%7D'],
    ['bytes that are no text', 'command', '%ff%fe%00=%80'],
    ['a body too large', 'event', JSON.stringify({ event: HUGE.repeat(50) })],
  ];

  it('answers what is not a payload at all, and stays up', async () => {
    const before = await records.count();
    const answers = await Promise.all(
      NO_PAYLOADS.map(async ([name, transport, body]) => ({ name, ...(await post(transport, body)) })),
    );
    expect(answers.filter(({ status }) => ![400, 401, 404, 413].includes(status))).toEqual([]);
    expect(await records.count()).toBe(before);
    await expectUnharmed();
  });
});

// Last: by night it leaves thousands of cases.
describe('malformed payloads, correctly signed, for every registered listener', () => {
  it.each(KINDS)(
    '%s: each is answered, no one is left without an answer, and nothing is harmed or half stored',
    async (kind) => {
      const ways = waysIn().filter((way) => way.kind === kind);
      expect(ways.length).toBeGreaterThan(0);
      const sent = ways.flatMap((way) =>
        hostile(way, examples, { seed: SEED, count: PER_LISTENER }).map((payload) => ({
          payload,
          transport: transportOf(way),
        })),
      );
      const untold: string[] = [];
      const count = () =>
        untold.push(...world.logged.splice(0).filter((line) => line.includes('the person could not be told either')));
      const left = sent[Symbol.iterator]();
      const sender = async () => {
        for (const { payload, transport } of left) {
          const { status, text } = await post(transport, encoded(transport, payload));
          if (![200, 400, 401, 404].includes(status))
            throw new Error(`${status} for ${JSON.stringify(payload).slice(0, 3000)}`);
          if (text.startsWith('{"response_action":"errors"'))
            expect(Object.values(JSON.parse(text).errors).join()).toMatch(/\w{3,} \w+/);
          count();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
      await world.settled();
      await expectUnharmed();
      count();
      const nobody = sent.filter(({ payload }) => !actorIsReal(payload));
      if (untold.length > nobody.length) throw new Error(`Left without a word: ${untold.join('\n')}`);
    },
    NIGHTLY ? 3_600_000 : 30_000,
  );
});

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { Json, JsonObject, TrafficEntry } from '../../sandbox/client-protocol';
import { replay } from '../../src/domain/apply';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { schemaOf } from '../../src/domain/forms/engine';
import { spFeedback } from '../../src/domain/forms/sp-feedback';
import type { StoredCase } from '../../src/services/ports';
import { startWorld, type World } from '../support/world';
import { cardOf, openedForm, openRecords, type Records, submitted } from './records';

const SEED = 20261102;
const PER_LISTENER = 40;
const HUGE = 'x'.repeat(100_000);

type Transport = 'command' | 'interactive' | 'event';
interface Recorded {
  readonly transport: Transport;
  readonly payload: JsonObject;
}

let world: World;
let records: Records;
let recorded: Readonly<Record<string, Recorded>>;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  world = await startWorld({ mode: 'http', timing: { settleMs: 50 }, unhandledMs: 1200 });
  records = await openRecords(world);
  recorded = await recordValid();
});
afterAll(async () => {
  await records.close();
  await world.stop();
  process.off('unhandledRejection', onUnhandled);
});

let nextSj = 500_000;
async function file(name: string) {
  const agent = world.workspace.as(name);
  await openedForm(agent, `ACC100 ${nextSj++}`);
  await agent.fill({
    'Reason For Feedback': 'SP Feedback from Customer',
    'Customer Feedback Type': 'Negative',
    'Negative Customer Feedback': ['Missed appointment'],
    "Details of Customer's Experience with SP": 'Nobody came.',
  });
  return submitted(world, records, agent);
}

/** Uses the app once as people do, and keeps a valid payload for each of its listeners. */
async function recordValid(): Promise<Record<string, Recorded>> {
  const { workspace } = world;
  const dana = workspace.as('dana');
  const { card } = await file('amira');
  for (const button of ['Acknowledge', 'Add note', 'Resolve']) {
    await dana.press(button, { in: card });
    await dana.waitForModal(({ title }) => title === button);
    if (button === 'Add note') await dana.fill({ Note: 'Looking into it.' });
    if (button !== 'Resolve') await dana.submit();
  }
  await dana.choose('Reassign', { in: card });
  await dana.waitForModal(({ title }) => title === 'Reassign');
  await dana.fill({ 'Or to this person': 'tom', 'Summary for the new owner': 'Yours.' });
  await dana.submit();
  await dana.say('In the thread.', 'am-west', card);
  await dana.openHome();
  await dana.waitForHome();
  workspace.removeApp('call-floor');
  workspace.inviteApp('call-floor');
  await workspace.waitFor(() => workspace.traffic.some(({ name }) => name === 'member_joined_channel'));
  await workspace.as('amira').command('/warmline help', 'call-floor');
  // Ben's form stays open, so that what mutates his answers meets a window that is really there.
  const ben = workspace.as('ben');
  await openedForm(ben, 'ACC100 499999');
  await ben.fill({ 'Reason For Feedback': 'SP Internal Feedback', 'Internal Feedback Type': 'Negative' });
  await openedForm(workspace.as('ada'));
  await workspace.as('ada').close();
  await world.settled();

  function of(kind: Transport, name: string, submission = false): Recorded {
    const entry = workspace.traffic.findLast(
      (one) => one.kind === kind && one.name.startsWith(name) && isSubmission(one) === submission,
    );
    if (!entry || !isObject(entry.request)) throw new Error(`No ${kind} ${name} was recorded.`);
    return { transport: kind, payload: entry.request };
  }
  return {
    'command /sp-feedback': of('command', '/sp-feedback'),
    'command /warmline': of('command', '/warmline'),
    'an answer of the form': of('interactive', 'answer'),
    'a button of a card': of('interactive', 'case:resolve'),
    'an option of More': of('interactive', 'case_more'),
    'a submission of the form': of('interactive', 'form:', true),
    'a submission of Acknowledge': of('interactive', 'case_dialog:acknowledge', true),
    'a submission of Add note': of('interactive', 'case_dialog:add_note', true),
    'a submission of Reassign': of('interactive', 'case_dialog:reassign', true),
    'a closed form': of('interactive', 'view_closed'),
    'event message': of('event', 'message'),
    'event app_home_opened': of('event', 'app_home_opened'),
    'event member_joined_channel': of('event', 'member_joined_channel'),
  };
}
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSubmission = ({ request }: TrafficEntry) => isObject(request) && request.type === 'view_submission';

/** What is put where something else belongs. */
const STRANGE: readonly Json[] = [
  ...[
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    HUGE,
    [],
    {},
    [null],
    [[[[[]]]]],
    'null',
    '{',
    '[]',
    '\u0000',
    '😀'.repeat(500),
  ],
  ...['__proto__', 'constructor', 'toString', '<!channel>', 'U0NOBODY', 'C0NOWHERE', 'V0NOTHING', 'SPF-999999'],
  ...[
    '1.1',
    'form:sp_feedback',
    'form:nothing',
    'case:nothing',
    'case_dialog:void',
    'case_dialog:__proto__',
    'void|SPF-000001',
  ],
  ...[{ $ne: null }, { $gt: '' }, { $where: '1' }, { length: 5 }, { id: { $ne: null } }, { value: { $ne: null } }],
  ...['{"ref":{"$ne":null},"channel":null}', '{"ref":"SPF-999999","channel":"C0"}', '{"ref":"__proto__","channel":{}}'],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];
const strange = fc.constantFrom(...STRANGE);

type Change = (parent: JsonObject | Json[], key: string) => void;
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(
    (parent, key) => void (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
  ),
  strange.map(
    (value): Change =>
      (parent, key) =>
        void Object.assign(parent, { [key]: structuredClone(value) }),
  ),
  strange.map(
    (value): Change =>
      (parent) => {
        const own = { value: structuredClone(value), enumerable: true, configurable: true, writable: true };
        if (Array.isArray(parent)) parent.push(own.value);
        else for (const key of ['__proto__', 'constructor', 'extra']) Object.defineProperty(parent, key, own);
      },
  ),
);

/** Goes down by these choices as far as they lead, and changes what is there. */
function mutate(root: JsonObject, steps: readonly number[], apply: Change): void {
  let parent: JsonObject | Json[] = root;
  for (const [depth, step] of steps.entries()) {
    const keys: string[] = Object.keys(parent);
    const key: string | undefined = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return;
    const child: Json | undefined = Array.isArray(parent) ? parent[Number(key)] : parent[key];
    if (depth === steps.length - 1 || typeof child !== 'object' || child === null) {
      apply(parent, key);
      return;
    }
    parent = child;
  }
}

/** The listener's own part of a payload is hit more often than what lies around it. */
const CORES = ['view', 'actions', 'event', 'user'];
const mutation = fc.record({
  core: fc.option(fc.constantFrom(...CORES)),
  steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
  apply: change,
});

function malformed({ payload }: Recorded): JsonObject[] {
  const many = fc.array(mutation, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = structuredClone(payload);
    for (const { core, steps, apply } of changes) {
      const at = core && copy[core];
      mutate(isObject(at) ? at : copy, steps, apply);
    }
    return copy;
  });
  const sampled = fc.sample(many, { seed: SEED, numRuns: PER_LISTENER });
  const { view } = payload;
  if (!isObject(view)) return sampled;
  const metadata = STRANGE.map((value) => ({ ...payload, view: { ...view, private_metadata: value } }));
  const ids = STRANGE.map((value) => ({ ...payload, view: { ...view, id: value } }));
  const states = STRANGE.map((value) => ({ ...payload, view: { ...view, state: { values: value } } }));
  const people = STRANGE.map((value) => ({
    ...payload,
    user: isObject(payload.user) ? { ...payload.user, id: value } : value,
  }));
  return [...sampled, ...metadata, ...ids, ...states, ...people];
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
/** Posts a body to the app as Slack would, rightly signed unless told otherwise; gives the status and the answer. */
async function post(transport: Transport, body: string, { timestamp, signature, contentType }: Signing = {}) {
  const at = timestamp ?? String(Math.floor(Date.now() / 1000));
  const right = `v0=${createHmac('sha256', world.workspace.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
  const response = await fetch(`http://127.0.0.1:${world.app.port()}/slack/events`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(20_000),
    headers: {
      'content-type': contentType ?? (transport === 'event' ? 'application/json' : 'application/x-www-form-urlencoded'),
      'x-slack-request-timestamp': at,
      ...(signature === null ? {} : { 'x-slack-signature': signature ?? right }),
    },
  });
  return { status: response.status, text: await response.text() };
}

const schema = schemaOf(spFeedback, STARTER_CATALOGUE);
const PERSON = /^[UW][A-Z0-9]{2,20}$/;

/** A case that is whole: its facts are what its events give, and everything in it is what it should be. */
async function expectWhole(stored: StoredCase): Promise<void> {
  const events = await records.historyOf(stored);
  expect(stored).toMatchObject(replay(events));
  expect(schema.safeParse(stored.answers).error).toBeUndefined();
  expect(stored.id).toMatch(/^[A-Za-z][\w.-]{0,99}$/);
  expect(stored.ref).toMatch(/^SPF-\d{6}$/);
  expect(stored.reporter).toMatch(PERSON);
  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['filed', 'routed']);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  for (const { actor } of events) expect(actor).toMatch(/^([UW][A-Z0-9]{2,20}|system)$/);
  if (stored.owner !== null) expect(stored.owner).toMatch(PERSON);
  for (const { text, by } of stored.notes) expect([typeof text, PERSON.test(by)]).toEqual(['string', true]);
  expect(stored.posts.length).toBeGreaterThan(0);
}

/** The app is up, files a report as ever, and holds nothing that is half. */
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

const LISTENERS = [
  ...['command /sp-feedback', 'command /warmline', 'an answer of the form', 'a button of a card', 'an option of More'],
  ...[
    'a submission of the form',
    'a submission of Acknowledge',
    'a submission of Add note',
    'a submission of Reassign',
  ],
  ...['a closed form', 'event message', 'event app_home_opened', 'event member_joined_channel'],
];

describe('malformed payloads, rightly signed', () => {
  it.each(LISTENERS)('%s: each is answered, and nothing is harmed or half stored', async (name) => {
    const valid = recorded[name];
    if (!valid) throw new Error(`${name} was not recorded`);
    const payloads = malformed(valid).map((payload, index) => withFreshView(payload, valid.payload, index));
    expect(payloads.length).toBeGreaterThanOrEqual(30);
    const answers = await Promise.all(
      payloads.map((payload) => post(valid.transport, encoded(valid.transport, payload))),
    );
    for (const [index, { status, text }] of answers.entries()) {
      if (![200, 400, 401, 404, 500].includes(status))
        throw new Error(`${status} for ${JSON.stringify(payloads[index]).slice(0, 2000)}`);
      if (text.startsWith('{"response_action":"errors"'))
        expect(Object.values(JSON.parse(text).errors).join()).toMatch(/\w{3,} \w+/);
    }
    await world.settled();
    await expectUnharmed();
  });
});

/** Submissions of windows of their own; the same window twice would be a mere replay. */
function withFreshView(payload: JsonObject, valid: JsonObject, index: number): JsonObject {
  const { view } = payload;
  if (payload.type !== 'view_submission' || !isObject(view) || !isObject(valid.view) || view.id !== valid.view.id)
    return payload;
  return { ...payload, view: { ...view, id: `V0FRESH${index}` } };
}

describe('requests that are not from Slack, or not requests at all', () => {
  it('refuses unsigned, badly signed and stale ones with 401, and stores nothing', async () => {
    const before = await records.count();
    const stale = String(Math.floor(Date.now() / 1000) - 301);
    for (const name of LISTENERS) {
      const valid = recorded[name];
      if (!valid) throw new Error(`${name} was not recorded`);
      const { transport, payload } = valid;
      const body = encoded(transport, withFreshView(payload, payload, 999));
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

  it('answers what is no payload at all, and stays up', async () => {
    const before = await records.count();
    const answers = await Promise.all(
      NO_PAYLOADS.map(async ([name, transport, body]) => ({ name, ...(await post(transport, body)) })),
    );
    expect(answers.filter(({ status }) => ![400, 401, 404, 413, 500].includes(status))).toEqual([]);
    expect(await records.count()).toBe(before);
    await expectUnharmed();
  });
});

import { eventsOwed } from '../../src/domain/events-owed';
import { isFilesQueue, laneOfQueue, queueOf, storedQueue } from '../../src/domain/lane-queue';
import { ladderText, readLadder, readWebhooks, webhooksText } from '../../src/domain/policy-text';
import {
  isChannel,
  isMachine,
  isPerson,
  type Names,
  namedLane,
  rungOf,
  slackLane,
  storedLane,
  TARGETS,
  typedRung,
} from '../../src/domain/targets';
import { Webhook } from '../../src/domain/targets/webhook';

const names: Names = {
  channel: async (given) => ({ ok: true, id: given === '#ops' ? 'C0OPS' : given }),
  person: async (given) => ({ ok: true, id: given === 'max@example.com' ? 'U0MAX' : given }),
  group: async (given) => ({ ok: true, id: given === 'night' ? 'S0NIGHT' : given }),
  channelName: async () => 'ops',
  groupHandle: async () => 'night',
};

it.each([
  ['C0OPS', 'slack-channel', { channel: 'C0OPS' }],
  ['G0OPS', 'slack-channel', { channel: 'G0OPS' }],
  ['U0MAX', 'slack-person', { user: 'U0MAX' }],
  ['W0MAX', 'slack-person', { user: 'W0MAX' }],
  ['email:U0MAX', 'email', { user: 'U0MAX', by: 'by email' }],
  ['email:ops@example.com', 'email', 'ops@example.com'],
  ['webhook:crm', 'webhook', 'the webhook crm'],
])('the lane %s belongs only to %s, and is shown accordingly', (text, name, named) => {
  const lane = storedLane(text);
  expect(TARGETS.filter(({ address }) => address?.is(lane)).map((target) => target.name)).toEqual([name]);
  expect(namedLane(lane)).toEqual(named);
  expect([isChannel(lane), isPerson(lane), isMachine(lane)]).toEqual([
    name === 'slack-channel',
    name === 'slack-person',
    name === 'webhook',
  ]);
});

it.each([
  '',
  'email:',
  'email:a@b',
  'email:a@example.com\r\nBcc: b@example.com',
  'email:<a@example.com>',
  'webhook:A b',
  'fax:1',
])('the lane %j is of none', (text) => {
  const lane = storedLane(text);
  expect(TARGETS.filter(({ address }) => address?.is(lane))).toEqual([]);
  expect(namedLane(lane)).toBe(lane);
});

it('the files of a channel have a separate queue, and nothing else has', () => {
  const evidence = { type: 'evidence', file: 'F1', number: 1, of: 1 } as const;
  expect(queueOf({ lane: slackLane('C0OPS'), content: evidence })).toBe('C0OPS:files');
  const queues = ['C0OPS:files', 'U0MAX:files', 'webhook:files', 'C0OPS'].map(storedQueue);
  expect(queues.map(isFilesQueue)).toEqual([true, true, false, false]);
  expect(queues.map(laneOfQueue)).toEqual(['C0OPS', 'U0MAX', 'webhook:files', 'C0OPS']);
});

it.each([
  ['#ops', 'channel:C0OPS', '#ops'],
  ['channel:C0OPS', 'channel:C0OPS', '#ops'],
  ['max@example.com', 'user:U0MAX', 'user:U0MAX'],
  ['@night', 'group:S0NIGHT', '@night'],
  ['Email', 'email', 'email'],
  ['email:Ops@Example.com', 'email:ops@example.com', 'email:ops@example.com'],
])('%s is stored as %s, and shown for editing as %s', async (typed, stored, shown) => {
  expect(await typedRung(typed)?.stored(typed, names)).toEqual({ ok: true, id: stored });
  expect(rungOf(stored)?.is(stored)).toBe(true);
  expect(await rungOf(stored)?.typed(stored, names)).toBe(shown);
  expect(readLadder(ladderText([{ after: 30, to: stored }]), 'always')).toEqual({
    ok: true,
    value: [{ after: 30, to: stored }],
  });
});

it('an invalid address is refused in words', async () => {
  const refused = await typedRung('email:nobody')?.stored('email:nobody', names);
  expect(refused).toMatchObject({ ok: false, reason: expect.stringContaining('email:ops@example.com') });
  expect(['thread', 'email:nobody', 'emails', 'webhook:crm'].map(rungOf)).toEqual([null, null, null, null]);
});

describe('webhooks', () => {
  const crm = Webhook.parse({ name: 'crm', url: 'https://crm.example.com/in', secret: 'WEBHOOK_SECRET_CRM' });
  const risk = { ...crm, name: 'risk', kinds: ['high_risk' as const], need_to_know: true };

  it('are parsed as written, and refused in words', () => {
    expect(readWebhooks(webhooksText([crm, risk]))).toEqual({ ok: true, value: [crm, risk] });
    for (const [line, words] of [
      ['crm', 'is not a webhook'],
      ['crm ftp://x WEBHOOK_SECRET_CRM', 'https://'],
      ['crm crm.example.com/in WEBHOOK_SECRET_CRM', 'https://'],
      ['crm https://[ WEBHOOK_SECRET_CRM', 'https://'],
      ['crm https://user:pass@x.example WEBHOOK_SECRET_CRM', 'without a password'],
      ['crm https://x.example SLACK_BOT_TOKEN', 'WEBHOOK_SECRET_CRM'],
      ['crm https://x.example WEBHOOK_SECRET_CRM parcels', 'sp_feedback'],
    ] as const)
      expect(readWebhooks(line)).toMatchObject({ ok: false, fault: expect.stringContaining(words) });
  });

  it('get each event of the kinds they want, under an id that contains both', () => {
    const owed = eventsOwed([crm, risk], { ref: 'SPF-000001', kind: 'sp_feedback', changedAt: new Date(0) }, [
      { seq: 1 },
      { seq: 2 },
    ]);
    expect(owed.map(({ id }) => id)).toEqual(['SPF-000001:event:1:crm', 'SPF-000001:event:2:crm']);
  });
});

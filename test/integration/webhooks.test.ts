import { Webhook } from 'standardwebhooks';
import { retryAll } from '../../src/services/failed-messages';
import { erasePerson } from '../../src/services/person-data';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';
import { type Received, type Receiver, startReceiver } from '../support/receiver';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let crm: Receiver;
let desk: Receiver;
let work: CaseWork;

beforeAll(async () => {
  [crm, desk] = await Promise.all([startReceiver(), startReceiver()]);
  const to = (name: string, url: string, more: object = {}) => {
    return { name, url, kinds: [], need_to_know: false, anchors: false, secret: 'WEBHOOK_SECRET_CRM', ...more };
  };
  work = await startCaseWork({
    policy: {
      ladders: { default: [] },
      webhooks: [
        to('crm', crm.url, { anchors: true }),
        to('desk', desk.url, { kinds: ['high_risk'], need_to_know: true }),
        to('unset', crm.url, { kinds: ['leadership'], secret: 'WEBHOOK_SECRET_UNSET' }),
      ],
    },
    webhooks: { secrets: new Map([['WEBHOOK_SECRET_CRM', SECRET]]), allowPrivate: true },
    retryOutside: { firstMs: 20, longestMs: 200, forMs: DAY },
    leaseMs: 1000,
  });
});
afterAll(async () => {
  await work.stop();
  await Promise.all([crm.stop(), desk.stop()]);
});
beforeEach(() => crm.answer(() => 200));

const about = ({ received }: Receiver, ref: string): Received[] => received.filter(({ body }) => body.includes(ref));
const bodies = (receiver: Receiver, ref: string) =>
  about(receiver, ref)
    .map(({ body }) => body)
    .join();
const arrived = (receiver: Receiver, ref: string, count: number) =>
  until(() => about(receiver, ref).length >= count && about(receiver, ref), `${count} events of ${ref}`);
const read = ({ body }: Received) => JSON.parse(body);
const typesOf = (all: readonly Received[]) => all.map((one) => read(one).type);
const outbox = async (ref: string) => (await work.records.of(ref)).outbox;
const owed = async (ref: string) => (await outbox(ref)).filter(({ lane }) => lane === 'webhook:crm');
const filed = () => work.file(work.as('amira'));
const acknowledged = async () => {
  const { stored, card } = await filed();
  await work.make(work.as('dana'), 'Acknowledge', card);
  return stored.ref;
};

it('every event of a case arrives in order, signed over the raw body, with an id to recognize it by', async () => {
  const ref = await acknowledged();
  const all = await arrived(crm, ref, 3);
  expect(typesOf(all)).toEqual(['case.filed', 'case.routed', 'case.acknowledged']);
  expect(all.map(({ headers }) => headers['webhook-id'])).toEqual([1, 2, 3].map((seq) => `${ref}:event:${seq}:crm`));
  const [first] = all;
  const headers = first?.headers as Record<string, string>;
  expect(new Webhook(SECRET).verify(first?.body ?? '', headers)).toMatchObject({ data: { reference: ref } });
  expect(() => new Webhook(SECRET).verify(`${first?.body} `, headers)).toThrow();
  expect(all.map(read).at(-1)?.data).toMatchObject({
    kind: 'sp_feedback',
    state: 'acknowledged',
    sp: { account: 'ACC100' },
    event: { number: 3, by: work.as('dana').id },
  });
  expect(about(desk, ref)).toEqual([]);
});

it('a receiver hears that words about a person were erased, so that it can erase them too', async () => {
  const { stored, card } = await work.file(work.as('amira'), { details: 'Call 555-010-4499.' });
  const { ref } = stored;
  await work.make(work.as('dana'), 'Resolve', card, { Outcome: 'Coaching given' });
  expect((await erasePerson(work.world.app.jobDeps, { phone: '555-010-4499' })).cases).toEqual([ref]);
  const all = await arrived(crm, ref, 4);
  expect(typesOf(all)).toEqual(['case.filed', 'case.routed', 'case.resolved', 'case.words_erased']);
  expect(all.at(-1)?.body).not.toContain('4499');
});

it('the hash of all records arrives once a day, signed, where the policy says so, even after a refusal', async () => {
  await filed();
  let refused = 0;
  crm.answer(({ body }) => (body.includes('records.anchored') && refused++ === 0 ? 503 : 200));
  work.world.workspace.clock.advance(DAY);
  const anchored = ({ received }: Receiver) => received.filter(({ body }) => body.includes('records.anchored'));
  for (const job of ['prove', 'letters', 'prove']) await work.world.app.runJobs(job);
  work.world.workspace.clock.advance(HOUR);
  await work.world.app.runJobs('letters');
  const [first, again] = anchored(crm);
  expect(anchored(crm)).toHaveLength(2);
  expect(again?.body).toBe(first?.body);
  expect(again?.headers['webhook-id']).toBe('anchor:1:crm');
  const made = new Webhook(SECRET).verify(again?.body ?? '', again?.headers as Record<string, string>);
  expect(made).toMatchObject({ data: { number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/), previous: '' } });
  expect(anchored(desk)).toEqual([]);
});

it('for a need-to-know case, a receiver that may not read it gets reference, kind and state; one that may gets the text', async () => {
  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 940001');
  await amira.fill(UNSAFE);
  const stored = await fileReport(work.world, work.records, amira);
  const { ref } = stored;
  const [shut] = await arrived(crm, ref, stored.events.length);
  expect(read(shut as Received)).toEqual({
    type: 'case.changed',
    timestamp: expect.any(String),
    data: { reference: ref, kind: 'high_risk', state: stored.state },
  });
  expect(bodies(crm, ref)).not.toContain('ACC100');
  const [open] = await arrived(desk, ref, stored.events.length);
  expect(read(open as Received)).toMatchObject({ type: 'case.filed', data: { sj: '940001', event: { number: 1 } } });
});

it('such a receiver does not learn which open case a need-to-know one belongs to', async () => {
  const [amira, rosa] = [work.as('amira'), work.as('rosa')];
  await openReport(amira, '/high-risk', 'ACC100 940002');
  await amira.fill(UNSAFE);
  const secret = await fileReport(work.world, work.records, amira);
  const { stored } = await filed();
  const linking = { 'The other case': stored.ref };
  expect(await work.make(rosa, 'Link to a case', cardIn(work.world, secret, 'main'), linking)).toEqual({
    closed: true,
  });
  await until(() => about(crm, stored.ref).some((one) => read(one).type === 'case.linked'), 'the link');
  expect(bodies(crm, stored.ref)).not.toContain(secret.ref);
});

it('a refused event is retried and delays later ones of its case, and no other case', async () => {
  let refused = 0;
  let stuck = '';
  crm.answer(({ body }) => {
    if (!stuck || !body.includes(stuck)) return 200;
    return body.includes('case.filed') && ++refused < 4 ? 503 : 200;
  });
  stuck = `SPF-${String(Number((await acknowledged()).slice(4)) + 1).padStart(6, '0')}`;
  expect((await filed()).stored.ref).toBe(stuck);
  const other = (await filed()).stored.ref;
  await arrived(crm, other, 2);
  const all = await arrived(crm, stuck, 5);
  expect(typesOf(all)).toEqual([...Array(4).fill('case.filed'), 'case.routed']);
  expect(new Set(all.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

it('a lost answer or a redirect counts as none, and is not followed', async () => {
  const answers = ['cut' as const, 302];
  crm.answer(() => answers.shift() ?? 200);
  const { stored } = await filed();
  const all = await arrived(crm, stored.ref, 4);
  expect(typesOf(all)).toEqual([...Array(3).fill('case.filed'), 'case.routed']);
  expect(crm.received.map(({ path }) => path)).not.toContain('/elsewhere');
});

it('a receiver that wants another protocol, like a wrong port behind a proxy, holds its queue up only until it answers', async () => {
  const answers = [101, 101];
  crm.answer(() => answers.shift() ?? 200);
  const { stored } = await filed();
  expect(typesOf(await arrived(crm, stored.ref, 4))).toEqual([...Array(3).fill('case.filed'), 'case.routed']);
});

it('after a day it is kept as failed, reported to admins once and not message by message, and Try again sends it in order', async () => {
  crm.answer(() => 500);
  const { ref } = (await filed()).stored;
  await arrived(crm, ref, 2);
  await work.world.pass(DAY + HOUR);
  while ((await owed(ref)).some(({ dead }) => dead === null)) await work.world.settled();
  expect((await owed(ref)).every(({ dead, setAside }) => dead === 'HTTP 500' && setAside)).toBe(true);
  const told = work.world.workspace.messages('warmline-unrouted').filter(({ content }) => content.includes('webhook'));
  expect(told).toEqual([]);

  crm.answer(() => 200);
  const before = about(crm, ref).length;
  await retryAll(work.world.app.jobDeps);
  await arrived(crm, ref, before + 2);
  const numbers = about(crm, ref)
    .slice(before)
    .map((one) => read(one).data.event.number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers.slice(0, 2)).toEqual([1, 2]);
});

it('two instances post each event once', async () => {
  const second = await work.world.another();
  const ref = await acknowledged();
  await arrived(crm, ref, 3);
  while ((await owed(ref)).length) await work.world.settled();
  await work.world.halt(second);
  expect(about(crm, ref)).toHaveLength(3);
});

it('neither secrets nor what was posted are in the log', () => {
  expect(work.world.logged.join('')).not.toContain(SECRET);
  expect(work.world.logged.join('')).not.toContain('webhook-signature');
});

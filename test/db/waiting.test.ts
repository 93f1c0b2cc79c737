import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { type Queue, storedQueue } from '../../src/domain/lane-queue';
import type { Delivery } from '../../src/domain/mailbox';
import { slackLane, storedLane } from '../../src/domain/targets';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const TONIGHT = later(MONDAY, minutes(600));
const delivery = (id: string, lane: string, at: Date): Delivery => ({
  id,
  to: { user: lane },
  content: { type: 'nudge', seq: 3, acts: true },
  lane: storedLane(lane),
  at,
  dead: null,
});

it('delayed messages wait, and hide nothing that may be sent, however many there are', async () => {
  const store = caseStore(connection);
  const owe = (id: string, ...outbox: Delivery[]) => store.insert({ ...storedCase(id), outbox });
  // Four cases have something for Dana tonight, and something for a channel now.
  for (const id of ['000011', '000012', '000013', '000014'])
    await owe(id, delivery(`${id}:line`, 'C0WEST', MONDAY), delivery(`${id}:tonight`, 'U0DANA', TONIGHT));
  await owe('000015', delivery('000015:now', 'U0DANA', later(MONDAY, 1)));
  await owe('000016', delivery('000016:tonight', 'U0TOM', TONIGHT));

  const ids = async (lane: string, now: Date, limit = 2) =>
    (await store.waiting(storedQueue(lane), limit, now)).map(({ deliveryId }) => deliveryId);
  const soon = later(MONDAY, minutes(1));
  expect(await ids('U0DANA', soon)).toEqual(['000015:now']);
  expect(await ids('U0TOM', soon)).toEqual([]);
  expect([...(await store.lanesWithWork(10, soon))].sort()).toEqual(['C0WEST', 'U0DANA']);
  expect(await ids('U0TOM', TONIGHT)).toEqual(['000016:tonight']);
  expect(await ids('U0DANA', TONIGHT, 50)).toEqual([
    '000015:now',
    ...['000011', '000012', '000013', '000014'].map((id) => `${id}:tonight`),
  ]);
  expect(await store.lanesWithWork(10, TONIGHT)).toContain('U0TOM');
});

it('no lane is hidden by another, however many cases wait there, and lanes take turns', async () => {
  const store = caseStore(connection);
  const owe = (id: string, lane: string, at: Date) =>
    store.insert({ ...storedCase(id), outbox: [delivery(`${id}:old`, lane, at)] });
  for (let i = 0; i < 40; i++) await owe(`0001${String(i).padStart(2, '0')}`, 'C1STUCK', MONDAY);
  await owe('000201', 'C2QUIET', later(MONDAY, minutes(5)));
  await owe('000202', 'C3QUIET', later(MONDAY, minutes(5)));
  const soon = later(MONDAY, minutes(6));
  const turn = async (beyond: Queue | null) => store.lanesWithWork(2, soon, beyond);
  const seen = new Set<string>();
  let last: Queue | null = null;
  for (let turns = 0; turns < 3; turns++) {
    const lanes = await turn(last);
    last = lanes.at(-1) ?? null;
    for (const lane of lanes) seen.add(lane);
  }
  expect([...seen].sort()).toEqual(['C0WEST', 'C1STUCK', 'C2QUIET', 'C3QUIET', 'U0DANA']);
});

it('what belongs under a card is in no lane before the card is posted, and a file in a separate one', async () => {
  const store = caseStore(connection);
  const base = storedCase('000301');
  const [card] = base.outbox;
  if (!card) throw new Error('A new case has its card to send.');
  const lane = slackLane('C4ORDER');
  const under = (id: string, content: Delivery['content']): Delivery => ({ ...card, id, content, lane });
  const line = under('line', { type: 'line', seq: 1 });
  const file = under('file', { type: 'evidence', file: 'F1', number: 1, of: 1 });
  // A line whose time seems to be before its card's, as after a clock was set.
  const outbox = [{ ...card, lane }, { ...line, at: later(MONDAY, -minutes(5)) }, file];
  await store.insert({ ...base, outbox });
  const ids = async (queue: string) =>
    (await store.waiting(storedQueue(queue), 10, later(MONDAY, 1))).map(({ deliveryId }) => deliveryId);
  expect([await ids(lane), await ids(`${lane}:files`)]).toEqual([[card.id], []]);
  const stored = await store.byId(base.id);
  if (!stored) throw new Error('It is not there.');
  const [post] = stored.posts;
  if (!post) throw new Error('It has no post.');
  const mailbox = { posts: [{ ...post, sent: { channel: lane, ts: '1.1' } }], outbox: stored.outbox.slice(1) };
  await store.save(stored, { facts: stored, events: [], mailbox });
  expect([await ids(lane), await ids(`${lane}:files`)]).toEqual([['line'], ['file']]);
});

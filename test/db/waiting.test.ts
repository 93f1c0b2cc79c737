import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import type { Delivery } from '../../src/domain/effects';
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
  lane,
  at,
  dead: null,
});

it('what may not be sent yet waits, and hides nothing that may be sent, however much of it there is', async () => {
  const store = caseStore(connection);
  const owe = (id: string, ...outbox: Delivery[]) => store.insert({ ...storedCase(id), outbox });
  // Four cases owe Dana something tonight, and a channel something now.
  for (const id of ['000011', '000012', '000013', '000014'])
    await owe(id, delivery(`${id}:line`, 'C0WEST', MONDAY), delivery(`${id}:tonight`, 'U0DANA', TONIGHT));
  await owe('000015', delivery('000015:now', 'U0DANA', later(MONDAY, 1)));
  await owe('000016', delivery('000016:tonight', 'U0TOM', TONIGHT));

  const ids = async (lane: string, now: Date, limit = 2) =>
    (await store.waiting(lane, limit, now)).map(({ deliveryId }) => deliveryId);
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

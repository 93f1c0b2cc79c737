import type { Connection } from 'mongoose';
import pino from 'pino';
import { anchorStore } from '../../src/db/anchors';
import { connect } from '../../src/db/connection';
import type { Head } from '../../src/services/ports/proof';
import { MONDAY } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: ReturnType<typeof anchorStore>;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = anchorStore(connection);
  await store.ensureIndexes();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const head = (caseId: string, seq: number): Head => ({ caseId, seq, hash: `${caseId}${seq}` });
async function headsOf(attempt: string): Promise<Head[]> {
  const all: Head[] = [];
  for await (const page of store.heads(attempt)) all.push(...page);
  return all;
}

it('holds a case once, by its later head, if it changes while the heads are read', async () => {
  await store.keep('one', [head('a', 1), head('b', 1)]);
  await store.keep('one', [head('c', 1), head('a', 2)]);
  expect(await headsOf('one')).toEqual([head('a', 2), head('b', 1), head('c', 1)]);
});

it('is made once of several attempts, and the heads of the others are dropped', async () => {
  const anchor = { number: 1, at: MONDAY, previous: '', digest: 'd', hash: 'h', cases: 1 };
  await store.keep('first', [head('a', 1)]);
  await store.keep('second', [head('a', 2)]);
  expect(await store.add('first', anchor)).toBe(true);
  expect(await store.add('second', anchor)).toBe(false);
  expect(await headsOf('second')).toEqual([]);
  expect((await store.of(['a'])).get('a')).toEqual([{ ...head('a', 1), number: 1 }]);
});

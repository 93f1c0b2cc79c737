import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { letterStore } from '../../src/db/letters';
import type { Letter } from '../../src/domain/letters';
import { later, MONDAY, minutes } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let letters: ReturnType<typeof letterStore>;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  letters = letterStore(connection);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** A letter that an instance has claimed and is sending. */
async function claimed(id: string): Promise<Letter> {
  const content = { type: 'alarms' as const, about: ['Something.'] };
  await letters.put({ id, to: 'U0ADA', about: id, content, at: MONDAY });
  const letter = { id, to: 'U0ADA', about: id, content, at: MONDAY, claims: 0 };
  expect(await letters.claim(letter, later(MONDAY, minutes(2)))).toBe(true);
  return letter;
}

it('a letter withdrawn while it was being sent does not become a failed one', async () => {
  const letter = await claimed('withdrawn');
  await letters.withdraw('withdrawn');
  await letters.fail(letter, 'user_not_found', MONDAY);
  expect(await letters.failed(10)).toEqual([]);
});

it.each([
  ['before', 'another one sent it'],
  ['after', 'another one is sending it'],
])('a letter that one instance gave up %s it was delivered by another is not a failed one', async (when) => {
  const letter = await claimed(when);
  expect(await letters.claim({ ...letter, claims: 1 }, later(MONDAY, minutes(5)))).toBe(true);
  if (when === 'after') await letters.done(letter.id);
  await letters.fail(letter, 'user_not_found', MONDAY);
  if (when === 'before') await letters.done(letter.id);
  expect(await letters.failed(10)).toEqual([]);
});

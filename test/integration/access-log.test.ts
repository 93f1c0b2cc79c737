import type { Connection } from 'mongoose';
import pino from 'pino';
import type { Actor } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import type { StoredCase } from '../../src/services/ports/cases';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { acknowledge } from '../support/feedback';
import { cardIn, fileReport, MISTREATED, openReport, UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
let records: Records;
let connection: Connection;
let risk: StoredCase;
let provider: StoredCase;

const as = (name: string): Actor => world.workspace.as(name);

beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  world = await startWorld({ databaseUri: way.uri });
  records = await openRecords(world);
  connection = await connect(database.uri, pino({ level: 'silent' }));
  await openReport(as('amira'), '/high-risk', 'ACC100 970001');
  await as('amira').fill(UNSAFE);
  risk = await fileReport(world, records, as('amira'));
  await openReport(as('amira'), '/provider-report', 'ACC100 970002');
  await as('amira').fill(MISTREATED);
  provider = await fileReport(world, records, as('amira'));
});
afterAll(async () => {
  way.release();
  await connection.close();
  await records.close();
  await world.stop();
  await way.close();
  await database.drop();
});

/** Types a lookup and waits for its answer. */
async function asks(name: string, line: string): Promise<void> {
  const before = new Set(
    as(name)
      .ephemerals()
      .map(({ ts }) => ts),
  );
  await as(name).command(line);
  await as(name).waitForEphemeral(({ ts }) => !before.has(ts));
}

/** Who has read a case and where, oldest first, after the first `since` entries. */
async function readsOf({ ref }: StoredCase, since = 0): Promise<string[]> {
  const found = await connection.collection('access_log').find({ ref }).sort({ at: 1 }).toArray();
  return found.slice(since).map(({ who, how }) => `${who} ${how}`);
}

it('has everyone who saw the text of a need-to-know case, and where', async () => {
  const [rosa, amira, pat] = [as('rosa'), as('amira'), as('pat')];
  await asks('rosa', `/case ${risk.ref}`);
  await asks('rosa', '/sp ACC100');
  await amira.openHome();
  await amira.waitForHome(({ text }) => text.includes(risk.ref));
  await pat.openHome();
  await pat.waitForHome(({ text }) => text.includes(provider.ref));
  await asks('pat', '/case ACC100');
  expect(await readsOf(risk)).toEqual([`${rosa.id} /case`, `${rosa.id} /sp`, `${amira.id} home`]);
  expect(await readsOf(provider)).toEqual([`${amira.id} home`, `${pat.id} home`, `${pat.id} /case`]);
});

it('has no one who saw only that the case exists, and no posted card', async () => {
  const dana = as('dana');
  await asks('dana', `/case ${risk.ref}`);
  await asks('ada', '/sp ACC100');
  await dana.openHome();
  await dana.waitForHome(({ text }) => text.includes(risk.ref));
  await acknowledge(dana, cardIn(world, risk, 'area'));
  await world.settled();
  // A reader's Home may be redrawn meanwhile; these two, and the channels of the cards, never count.
  const readers = (await readsOf(risk)).map((read) => read.split(' ')[0]);
  expect(new Set(readers)).toEqual(new Set([as('rosa').id, as('amira').id]));
});

it('has a request for access as soon as it can be written, even if only the case was stored at first', async () => {
  const held = way.hold('access_log');
  const dana = as('dana');
  await dana.press('Ask for access', { in: cardIn(world, risk, 'area') });
  await dana.waitForModal(({ title }) => title === 'Ask for access');
  await dana.fill({ 'Why do you need to read it?': 'The customer calls me.' });
  expect(await dana.submit()).toEqual({ closed: true });
  await held;
  const owed = ({ outbox }: StoredCase) => outbox.filter(({ content }) => content.type === 'access').length;
  expect(owed(await records.of(risk.ref))).toBe(1);
  way.release();
  await world.settled();
  expect(owed(await records.of(risk.ref))).toBe(0);
  expect((await readsOf(risk)).filter((read) => read === `${dana.id} asked`)).toHaveLength(1);
});

it('keeps no one from reading if it cannot be written, and logs the whole entry', async () => {
  const before = await readsOf(risk);
  const failures = () => world.logged.filter((line) => line.includes('could not be kept on the access log'));
  const held = way.hold('access_log');
  await asks('rosa', `/case ${risk.ref}`);
  await held;
  expect(await readsOf(risk, before.length)).toEqual([]);
  expect(failures()).toHaveLength(1);
  expect(JSON.parse(failures()[0] ?? '{}')).toMatchObject({
    level: 50,
    reads: [{ who: as('rosa').id, ref: risk.ref, how: '/case' }],
  });
});

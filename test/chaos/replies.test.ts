import type { Actor, MessageReading } from '../../sandbox/workspace';
import { openRecords, type Records } from '../integration/records';
import { type ChildApp, startChildApp } from '../support/child-app';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { cardOf, fileFeedback, fillFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
let records: Records;
let app: ChildApp;
let dana: Actor;
beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  // Slack repeats after one and five minutes; here at once, or as soon as an app is connected again.
  world = await startWorld({
    start: false,
    databaseUri: way.uri,
    timing: { retryDelaysMs: [0, 300, 300, 300, 30_000, 30_000] },
  });
  app = await startChildApp(world);
  records = await openRecords({ databaseUri: database.uri, log: world.log });
  dana = world.workspace.as('dana');
});
afterAll(async () => {
  await records.close();
  await app.kill();
  await world.stop();
  await way.close();
  await database.drop();
});

async function filed(sj: string): Promise<MessageReading> {
  await fileFeedback(world.workspace.as('amira'), sj);
  return cardOf(world, sj);
}
const refOf = ({ text }: MessageReading) => /SPF-\d{6}/.exec(text)?.[0] ?? '';
/** Resolves when Slack got, or did not get, the acknowledgment of a reply with this text. */
const told = (words: string, ok: boolean) =>
  world.workspace.waitFor(
    (event) =>
      event?.type === 'traffic' &&
      event.entry.kind === 'event' &&
      event.entry.durationMs !== null &&
      event.entry.ok === ok &&
      JSON.stringify(event.entry.request).includes(words),
    25_000,
    `"${words}" to be ${ok ? 'taken' : 'left'}`,
  );
const notesOf = async (card: MessageReading) => (await records.of(refOf(card))).notes.map(({ text }) => text);

it('a reply that the store could not take when it arrived becomes a note once the store is back', async () => {
  const words = 'The gate code is 4411.';
  const card = await filed('840001');
  const [left, kept] = [told(words, false), told(words, true)];
  way.shut();
  await dana.say(words, 'am-west', card);
  await left;
  way.open();
  await kept;
  expect(await notesOf(card)).toEqual([words]);
});

it('a reply that a killed instance was handling becomes a note of the next one, once', async () => {
  const words = 'The dog bites.';
  const card = await filed('840002');
  const kept = told(words, true);
  const held = way.hold(words);
  const said = dana.say(words, 'am-west', card);
  await held;
  await app.kill();
  way.release();
  app = await startChildApp(world);
  await Promise.all([said, kept]);
  expect(await notesOf(card)).toEqual([words]);
});

it('a reply under a card not marked as posted yet becomes a note once it is', async () => {
  const words = 'Round the back.';
  const [left, kept] = [told(words, false), told(words, true)];
  const posting = world.workspace.waitFor(
    (event) => event?.type === 'traffic' && event.entry.name === 'chat.postMessage',
    10_000,
    'the card to be on its way',
  );
  await world.workspace.faults.set({ latencyMs: 200 });
  const amira = world.workspace.as('amira');
  await fillFeedback(amira, '840003');
  await amira.submit();
  await posting;
  const held = way.hold('outboxAt');
  const card = await cardOf(world, '840003');
  await world.workspace.faults.set({ latencyMs: 0 });
  await held;
  await dana.say(words, 'am-west', card);
  await left;
  way.release();
  await kept;
  expect(await notesOf(card)).toEqual([words]);
});

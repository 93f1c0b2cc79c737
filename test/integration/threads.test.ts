import mongoose, { type mongo } from 'mongoose';
import type { JsonObject } from '../../sandbox/client-protocol';
import type { Actor } from '../../sandbox/workspace';
import { DAY, HOUR } from '../support/case-work';
import { freshDatabase, monitored } from '../support/engine';
import { under } from '../support/reports';
import { startThreadWork, type ThreadWork } from '../support/thread-work';
import { cardOf, quotesOf } from './records';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let work: ThreadWork;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  database = await freshDatabase();
  work = await startThreadWork({ databaseUri: monitored(database.uri) });
  ({ amira, dana } = work);
});
afterAll(async () => {
  await work.stop();
  await database.drop();
});

/** All of this process's connections to the database. */
const clients = () => mongoose.connections.flatMap((one) => (one.readyState === 1 ? [one.getClient()] : []));

describe('an event that Slack delivers late or again', () => {
  it('reverts no edit and revives no deleted note', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    const first = work.reply(card, { text: 'SP said Tuesday' });
    await work.tell(first, 'EvA1');
    await work.withNotes(card, 1);
    await work.tell(work.edited(first, 'SP said Friday', 20), 'EvA2');
    await work.dealtWith();
    await work.tell(first, 'EvA1');
    await work.tell(first, 'EvB1');
    await work.dealtWith();
    expect(await work.notesOf(ref)).toMatchObject([
      { id: first.ts, text: 'SP said Friday', edited: true, by: dana.id },
    ]);

    await work.tell(work.deleted(first));
    await work.dealtWith();
    await work.tell(first, 'EvA1');
    await work.tell(work.edited(first, 'SP said Friday', 20), 'EvA2');
    await work.dealtWith();
    const now = await work.records.of(ref);
    expect(now.notes).toEqual([]);
    expect(now.events.map(({ type }) => type).slice(2)).toEqual(['note_added', 'note_edited', 'note_deleted']);
    expect(JSON.stringify(now.goneNotes)).toBe(JSON.stringify([first.ts]));
  });

  it('removes a note if Slack says only that its message is gone', async () => {
    const { stored, card } = await work.file(amira);
    const said = work.reply(card, { text: 'Card 4111 1111 1111 1112' });
    await work.tell(said);
    await work.withNotes(card, 1);
    const { previous_message: _whole, ...gone } = work.deleted(said);
    await work.tell({ ...gone, channel: work.world.workspace.ids.channels['am-east'] ?? '' });
    await work.dealtWith();
    expect(await work.textsOf(stored.ref)).toEqual(['Card 4111 1111 1111 1112']);
    await work.tell(gone);
    await work.dealtWith();
    await work.tell(said);
    await work.dealtWith();
    expect(await work.notesOf(stored.ref)).toEqual([]);
  });

  it('takes a note away however little Slack still knows of the message that is gone', async () => {
    const { stored, card } = await work.file(amira);
    for (const left of [['thread_ts', 'parent_user_id'], ['user'], ['user', 'thread_ts', 'text']]) {
      const said = work.reply(card, { text: 'Card 4111 1111 1111 1112' });
      await work.tell(said);
      await work.withNotes(card, 1);
      const { previous_message: whole, ...gone } = work.deleted(said);
      const known = Object.entries(whole as JsonObject).filter(([name]) => !left.includes(name));
      await work.tell({ ...gone, previous_message: Object.fromEntries(known) });
      await work.dealtWith();
      expect([left, await work.notesOf(stored.ref)]).toEqual([left, []]);
    }
  });

  it('is taken whatever of a reply comes first, on two instances at once', async () => {
    const { stored, card } = await work.file(amira);
    const second = await work.world.another();
    const [kept, taken, unheard] = [
      work.reply(card, { text: 'one' }),
      work.reply(card, { text: `Card 4111 1111 1111 1111` }),
      work.reply(card, { text: 'never heard of' }),
    ];
    await Promise.all(
      [
        work.edited(kept, 'three', 40),
        work.deleted(taken),
        kept,
        work.edited(taken, 'Card 4111 1111 1111 1111 again', 10),
        work.edited(kept, 'two', 30),
        taken,
        kept,
        taken,
        work.deleted(taken),
        work.deleted(unheard),
      ].map((event) => work.tell(event)),
    );
    await work.world.halt(second);
    await work.dealtWith();
    await work.tell(unheard);
    await work.dealtWith();
    expect(await work.notesOf(stored.ref)).toMatchObject([{ id: kept.ts, text: 'three', edited: true }]);
  });
});

describe('a thread in which everyone writes at once', () => {
  it("stores each reply with about one write: none overtakes another's write", async () => {
    const { stored, card } = await work.file(amira);
    await work.world.settled();
    const replies = Array.from({ length: 12 }, (_, i) => work.reply(card, { text: `At once ${i + 1}.` }));
    let writes = 0;
    const onCommand = ({ command }: mongo.CommandStartedEvent) => {
      const isOne = command.findAndModify === 'cases' || command.update === 'cases';
      if (isOne && JSON.stringify(command).includes('At once')) writes += 1;
    };
    for (const client of clients()) client.on('commandStarted', onCommand);
    await Promise.all(replies.map((one) => work.tell(one)));
    await work.withNotes(card, replies.length);
    await work.world.settled();
    for (const client of clients()) client.off('commandStarted', onCommand);
    expect((await work.textsOf(stored.ref)).toSorted()).toEqual(replies.map(({ text }) => text).toSorted());
    expect(writes).toBeGreaterThanOrEqual(replies.length);
    expect(writes).toBeLessThan(2 * replies.length);
  });
});

describe('a card that is gone', () => {
  const newCards = (ref: string) => dana.dm().filter(({ text }) => text === `${ref} has a new card`);

  it('leaves its thread to the case: what is written there is stored, and shown under the new card', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    await dana.say('Before.', 'am-west', card);
    await work.withNotes(card, 1);
    await work.world.workspace.deleteMessage(card);
    await work.world.pass(5 * HOUR);
    const renewed = cardOf(work.world, await work.records.of(ref));
    expect(renewed.ts).not.toBe(card.ts);
    expect(renewed.content.match(/replaces one that is gone/g)).toHaveLength(1);

    await dana.say('After.', 'am-west', card.ts);
    const told = await dana.waitForDm(({ text }) => text === `${ref} has a new card`);
    expect(told.content).toContain('am-west');
    expect(JSON.stringify(told.blocks)).toContain(renewed.ts.replace('.', ''));
    await dana.say('And again.', 'am-west', card.ts);
    await dana.waitForReply('am-west', renewed.ts, ({ blocks }) => quotesOf(blocks).includes('And again.'));
    expect(await work.textsOf(ref)).toEqual(['Before.', 'After.', 'And again.']);
    expect(newCards(ref)).toHaveLength(1);
    const lines = under(work.world, renewed).filter(({ text }) => text.includes('a card that is gone'));
    expect(lines.flatMap(({ blocks }) => quotesOf(blocks))).toEqual(['After.', 'And again.']);
  });

  it('does the same if retention deleted it silently', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    await dana.say('Old.', 'am-west', card);
    await work.withNotes(card, 1);
    work.world.workspace.forget(card);
    await work.world.pass(DAY);
    const renewed = cardOf(work.world, await work.records.of(ref));
    expect(renewed.ts).not.toBe(card.ts);
    expect(await work.textsOf(ref)).toEqual(['Old.']);
    await work.tell(work.reply(card, { text: 'Late.', ts: '1793900000.000100' }));
    await work.withNotes(renewed, 2);
    expect(await work.textsOf(ref)).toEqual(['Old.', 'Late.']);
  });
});

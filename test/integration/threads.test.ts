import mongoose, { type mongo } from 'mongoose';
import type { JsonObject } from '../../sandbox/client-protocol';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { NOTE_MAX } from '../../src/domain/notes';
import { wordsOf } from '../../src/domain/words';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';
import { freshDatabase, monitored } from '../support/engine';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { cardOf, quotesOf } from './records';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let work: CaseWork;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  database = await freshDatabase();
  work = await startCaseWork({
    databaseUri: monitored(database.uri),
    userGroups: [{ handle: 'ams', users: ['dana'] }],
  });
  [amira, dana] = [work.as('amira'), work.as('dana')];
});
afterAll(async () => {
  await work.stop();
  await database.drop();
});

/** Everything that the app received is handled: an instance that stops finishes its current work. */
async function dealtWith() {
  await work.world.halt(work.world.app);
  await work.world.another();
  await work.world.settled();
}
const notesOf = async (ref: string) => (await work.records.of(ref)).notes;
const textsOf = async (ref: string) => (await notesOf(ref)).map(({ text }) => text);

let tick = 0;
const nextTs = () => `1793638900.${String(++tick).padStart(6, '0')}`;
/** A reply under a card, as Slack sends it. */
const reply = (card: MessageReading, message: JsonObject): JsonObject => {
  const ts = nextTs();
  return { ...about(card, ts), type: 'message', user: dana.id, ts, thread_ts: card.ts, text: '', ...message };
};
const about = ({ channel }: MessageReading, eventTs: string): JsonObject => ({
  channel,
  channel_type: 'channel',
  event_ts: eventTs,
});
/** The event that a reply was edited, `after` seconds later. */
function edited(original: JsonObject, text: string, after: number): JsonObject {
  const eventTs = `${1_793_638_900 + after}.000200`;
  const { channel, channel_type, event_ts: _ts, ...message } = original;
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    ...{ channel: channel ?? null, channel_type: channel_type ?? null, ts: eventTs, event_ts: eventTs },
    message: { ...message, text, edited: { user: dana.id, ts: `${1_793_638_900 + after}.000000` } },
    previous_message: message,
  };
}
const deleted = (original: JsonObject): JsonObject => {
  const { channel, channel_type, ts, ...message } = original;
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    ...{ channel: channel ?? null, channel_type: channel_type ?? null, event_ts: '1793638999.000300' },
    deleted_ts: ts ?? null,
    previous_message: { ...message, ts: ts ?? null },
  };
};
/** All of this process's connections to the database. */
const clients = () => mongoose.connections.flatMap((one) => (one.readyState === 1 ? [one.getClient()] : []));
const tell = (event: JsonObject, eventId?: string) =>
  work.world.workspace.tell(event, eventId ? { event_id: eventId } : {});
const withNotes = (card: MessageReading, count: number) =>
  dana.waitForMessage('am-west', ({ ts, content }) => ts === card.ts && content.includes(`${count} note`));

describe('an event that Slack delivers late or again', () => {
  it('reverts no edit and revives no deleted note', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    const first = reply(card, { text: 'SP said Tuesday' });
    await tell(first, 'EvA1');
    await withNotes(card, 1);
    await tell(edited(first, 'SP said Friday', 20), 'EvA2');
    await dealtWith();
    await tell(first, 'EvA1');
    await tell(first, 'EvB1');
    await dealtWith();
    expect(await notesOf(ref)).toMatchObject([{ id: first.ts, text: 'SP said Friday', edited: true, by: dana.id }]);

    await tell(deleted(first));
    await dealtWith();
    await tell(first, 'EvA1');
    await tell(edited(first, 'SP said Friday', 20), 'EvA2');
    await dealtWith();
    const now = await work.records.of(ref);
    expect(now.notes).toEqual([]);
    expect(now.events.map(({ type }) => type).slice(2)).toEqual(['note_added', 'note_edited', 'note_deleted']);
    expect(JSON.stringify(now.goneNotes)).toBe(JSON.stringify([first.ts]));
  });

  it('removes a note if Slack says only that its message is gone', async () => {
    const { stored, card } = await work.file(amira);
    const said = reply(card, { text: 'Card 4111 1111 1111 1112' });
    await tell(said);
    await withNotes(card, 1);
    const { previous_message: _whole, ...gone } = deleted(said);
    await tell({ ...gone, channel: work.world.workspace.ids.channels['am-east'] ?? '' });
    await dealtWith();
    expect(await textsOf(stored.ref)).toEqual(['Card 4111 1111 1111 1112']);
    await tell(gone);
    await dealtWith();
    await tell(said);
    await dealtWith();
    expect(await notesOf(stored.ref)).toEqual([]);
  });

  it('takes a note away however little Slack still knows of the message that is gone', async () => {
    const { stored, card } = await work.file(amira);
    for (const left of [['thread_ts', 'parent_user_id'], ['user'], ['user', 'thread_ts', 'text']]) {
      const said = reply(card, { text: 'Card 4111 1111 1111 1112' });
      await tell(said);
      await withNotes(card, 1);
      const { previous_message: whole, ...gone } = deleted(said);
      const known = Object.entries(whole as JsonObject).filter(([name]) => !left.includes(name));
      await tell({ ...gone, previous_message: Object.fromEntries(known) });
      await dealtWith();
      expect([left, await notesOf(stored.ref)]).toEqual([left, []]);
    }
  });

  it('is taken whatever of a reply comes first, on two instances at once', async () => {
    const { stored, card } = await work.file(amira);
    const second = await work.world.another();
    const [kept, taken, unheard] = [
      reply(card, { text: 'one' }),
      reply(card, { text: `Card 4111 1111 1111 1111` }),
      reply(card, { text: 'never heard of' }),
    ];
    await Promise.all(
      [
        edited(kept, 'three', 40),
        deleted(taken),
        kept,
        edited(taken, 'Card 4111 1111 1111 1111 again', 10),
        edited(kept, 'two', 30),
        taken,
        kept,
        taken,
        deleted(taken),
        deleted(unheard),
      ].map((event) => tell(event)),
    );
    await work.world.halt(second);
    await dealtWith();
    await tell(unheard);
    await dealtWith();
    expect(await notesOf(stored.ref)).toMatchObject([{ id: kept.ts, text: 'three', edited: true }]);
  });
});

describe('a thread in which everyone writes at once', () => {
  it("stores each reply with about one write: none overtakes another's write", async () => {
    const { stored, card } = await work.file(amira);
    await work.world.settled();
    const replies = Array.from({ length: 12 }, (_, i) => reply(card, { text: `At once ${i + 1}.` }));
    let writes = 0;
    const onCommand = ({ command }: mongo.CommandStartedEvent) => {
      const isOne = command.findAndModify === 'cases' || command.update === 'cases';
      if (isOne && JSON.stringify(command).includes('At once')) writes += 1;
    };
    for (const client of clients()) client.on('commandStarted', onCommand);
    await Promise.all(replies.map((one) => tell(one)));
    await withNotes(card, replies.length);
    await work.world.settled();
    for (const client of clients()) client.off('commandStarted', onCommand);
    expect((await textsOf(stored.ref)).toSorted()).toEqual(replies.map(({ text }) => text).toSorted());
    expect(writes).toBeGreaterThanOrEqual(replies.length);
    expect(writes).toBeLessThan(2 * replies.length);
  });
});

describe("Slack's replacements for what was typed", () => {
  it('become readable notes, only from people', async () => {
    const { stored, card } = await work.file(amira);
    const text = `<@${dana.id}> ask <!subteam^S0AMS|@ams>, see <https://ex.example/a?b=1&amp;c=2|the page>, <tel:+14155550101|+1 415 555 0101> in <#C0X|am-east> :white_check_mark: &lt;b&gt;`;
    const forwarded = {
      is_share: true,
      is_msg_unfurl: true,
      author_name: 'Tom Reyes',
      text: 'SP promised to be there Tuesday 9 am',
      files: [{ name: 'gate.jpg' }],
    };
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'SP *refused* &amp; left' } }];
    const messages: readonly JsonObject[] = [
      { text },
      { attachments: [forwarded] },
      { text: 'please see', attachments: [forwarded] },
      { bot_id: 'B0CRM', app_id: 'A0CRM', blocks },
      { subtype: 'file_share', files: [{ name: 'door.jpg' }] },
      { subtype: 'thread_broadcast', text: 'To all' },
      { subtype: 'me_message', text: 'is on the way' },
      { subtype: 'huddle_thread', user: 'USLACKBOT', room: { created_by: dana.id, participants: [dana.id] } },
      { blocks: [{ type: 'divider' }] },
      { text: '<tel:4111111111111111|4111 1111 1111 1111> or <https://x.example/4111-1111-1111-1111|this card>' },
      { text: 'or 4111 *1111* _1111_ 1111' },
    ];
    for (const message of messages) await tell(reply(card, message));
    await tell(reply(card, { bot_id: 'B0DESK', user: work.world.workspace.botUserId, text: 'by a bot' }));
    await tell(reply(card, { subtype: 'bot_message', bot_id: 'B0DESK', text: 'by a desk', user: null }));
    const own = reply(card, { user: work.world.workspace.botUserId, files: [{ name: 'shared.jpg' }] });
    await tell(own);
    await tell(edited(own, 'its own file, drawn anew', 30));
    await withNotes(card, messages.length);
    await dealtWith();
    const now = await work.records.of(stored.ref);
    expect(now.notes.map((note) => note.text)).toEqual([
      '@Dana Diaz ask @ams, see the page (https://ex.example/a?b=1&c=2), +1 415 555 0101 in #am-east ✅ <b>',
      'Forwarded from Tom Reyes: SP promised to be there Tuesday 9 am [file: gate.jpg]',
      'please see\nForwarded from Tom Reyes: SP promised to be there Tuesday 9 am [file: gate.jpg]',
      'SP *refused* & left',
      '[file: door.jpg]',
      'To all',
      'is on the way',
      '[huddle with Dana Diaz]',
      '(a message without words: see it in the thread)',
      '•••• •••• •••• 1111 or this card (https://x.example/••••-••••-••••-1111)',
      'or •••• *••••* _••••_ 1111',
    ]);
    expect(wordsOf(now)).toEqual(expect.arrayContaining(['dana', 'diaz', 'refused']));
    expect(JSON.stringify(now)).not.toMatch(/4111.{0,3}1111/);
  });

  it("have people's ids while Slack does not return their names", async () => {
    const { stored, card } = await work.file(amira);
    await tell(reply(card, { text: '<@U0NOBODY> and <!subteam^S0NOBODY> in <#C0NOWHERE>' }));
    await withNotes(card, 1);
    expect(await textsOf(stored.ref)).toEqual(['@U0NOBODY and @S0NOBODY in #C0NOWHERE']);
  });

  it('notify no one when a note is shown in another thread', async () => {
    await openReport(amira, '/high-risk', 'ACC100 980001');
    await amira.fill(UNSAFE);
    const stored = await fileReport(work.world, work.records, amira);
    const area = cardIn(work.world, stored, 'area');
    const main = cardIn(work.world, stored, 'main');
    await tell(reply(area, { text: `<!channel> <@${amira.id}> look` }));
    const line = await work.as('rosa').waitForReply('risk-desk', main.ts, ({ text }) => text.includes('note from'));
    expect(quotesOf(line.blocks)).toEqual(['@channel @Amira Haddad look']);
    expect(JSON.stringify(line.blocks)).not.toContain(amira.id);
    expect(JSON.stringify(line.blocks)).not.toContain('broadcast');
  });

  it('are cut at the limit of a note, which says so', async () => {
    const { stored, card } = await work.file(amira);
    await dana.say('word '.repeat(2000), 'am-west', card);
    await withNotes(card, 1);
    const [text = ''] = await textsOf(stored.ref);
    expect(text).toHaveLength(NOTE_MAX);
    expect(text).toMatch(
      /word… \(cut: the whole message is in the thread\)$|… \(cut: the whole message is in the thread\)$/,
    );
  });

  it('are not stored on a void case, and the writer is told so', async () => {
    const { stored, card } = await work.file(amira);
    await work.make(dana, 'Void', card, { 'Why was it filed by mistake?': 'Filed twice.' });
    await dana.say('One more thing.', 'am-west', card);
    const told = await dana.waitForEphemeral(({ text }) => text.includes(stored.ref));
    expect(told.text).toContain('Your reply was not kept on the case.');
    expect(told.text).toContain('Reopen');
    expect(await notesOf(stored.ref)).toEqual([]);
  });
});

describe('a card that is gone', () => {
  const newCards = (ref: string) => dana.dm().filter(({ text }) => text === `${ref} has a new card`);

  it('leaves its thread to the case: what is written there is stored, and shown under the new card', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    await dana.say('Before.', 'am-west', card);
    await withNotes(card, 1);
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
    expect(await textsOf(ref)).toEqual(['Before.', 'After.', 'And again.']);
    expect(newCards(ref)).toHaveLength(1);
    const lines = under(work.world, renewed).filter(({ text }) => text.includes('a card that is gone'));
    expect(lines.flatMap(({ blocks }) => quotesOf(blocks))).toEqual(['After.', 'And again.']);
  });

  it('does the same if retention deleted it silently', async () => {
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    await dana.say('Old.', 'am-west', card);
    await withNotes(card, 1);
    work.world.workspace.forget(card);
    await work.world.pass(DAY);
    const renewed = cardOf(work.world, await work.records.of(ref));
    expect(renewed.ts).not.toBe(card.ts);
    expect(await textsOf(ref)).toEqual(['Old.']);
    await tell(reply(card, { text: 'Late.', ts: '1793900000.000100' }));
    await withNotes(renewed, 2);
    expect(await textsOf(ref)).toEqual(['Old.', 'Late.']);
  });
});

describe('people of another company', () => {
  const pete = { user: 'U0PARTNER1', user_team: 'T0OTHER', source_team: 'T0OTHER', team: 'T0OTHER' };

  it('are quoted, with their company', async () => {
    const { stored, card } = await work.file(amira);
    const said = reply(card, { ...pete, text: 'We are on it.' });
    await tell(said);
    await withNotes(card, 1);
    await tell({ ...edited({ ...said }, 'We are late.', 20) });
    await dealtWith();
    expect(await notesOf(stored.ref)).toMatchObject([
      { by: 'U0PARTNER1', text: 'Someone from another company (T0OTHER) wrote: We are late.', edited: true },
    ]);
  });

  it('leave nothing on a need-to-know case', async () => {
    await openReport(amira, '/high-risk', 'ACC100 980002');
    await amira.fill(UNSAFE);
    const stored = await fileReport(work.world, work.records, amira);
    for (const place of ['area', 'main'])
      await tell(reply(cardIn(work.world, stored, place), { ...pete, text: 'Let me see.' }));
    await dealtWith();
    const now = await work.records.of(stored.ref);
    expect([now.notes, now.events.length]).toEqual([[], stored.events.length]);
  });
});

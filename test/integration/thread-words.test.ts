import type { JsonObject } from '../../sandbox/client-protocol';
import type { Actor } from '../../sandbox/workspace';
import { NOTE_MAX } from '../../src/domain/notes';
import { wordsOf } from '../../src/domain/words';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';
import { startThreadWork, type ThreadWork } from '../support/thread-work';
import { quotesOf } from './records';

let work: ThreadWork;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  work = await startThreadWork();
  ({ amira, dana } = work);
});
afterAll(() => work.stop());

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
    for (const message of messages) await work.tell(work.reply(card, message));
    await work.tell(work.reply(card, { bot_id: 'B0DESK', user: work.world.workspace.botUserId, text: 'by a bot' }));
    await work.tell(work.reply(card, { subtype: 'bot_message', bot_id: 'B0DESK', text: 'by a desk', user: null }));
    const own = work.reply(card, { user: work.world.workspace.botUserId, files: [{ name: 'shared.jpg' }] });
    await work.tell(own);
    await work.tell(work.edited(own, 'its own file, drawn anew', 30));
    await work.withNotes(card, messages.length);
    await work.dealtWith();
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
    await work.tell(work.reply(card, { text: '<@U0NOBODY> and <!subteam^S0NOBODY> in <#C0NOWHERE>' }));
    await work.withNotes(card, 1);
    expect(await work.textsOf(stored.ref)).toEqual(['@U0NOBODY and @S0NOBODY in #C0NOWHERE']);
  });

  it('have the names of people who have left', async () => {
    const { stored, card } = await work.file(amira);
    work.world.workspace.deactivate('priya');
    await work.tell(work.reply(card, { text: `<@${work.as('priya').id}> promised it` }));
    await work.withNotes(card, 1);
    expect(await work.textsOf(stored.ref)).toEqual(['@Priya Nair promised it']);
  });

  it('notify no one when a note is shown in another thread', async () => {
    await openReport(amira, '/high-risk', 'ACC100 980001');
    await amira.fill(UNSAFE);
    const stored = await fileReport(work.world, work.records, amira);
    const area = cardIn(work.world, stored, 'area');
    const main = cardIn(work.world, stored, 'main');
    await work.tell(work.reply(area, { text: `<!channel> <@${amira.id}> look` }));
    const line = await work.as('rosa').waitForReply('risk-desk', main.ts, ({ text }) => text.includes('note from'));
    expect(quotesOf(line.blocks)).toEqual(['@channel @Amira Haddad look']);
    expect(JSON.stringify(line.blocks)).not.toContain(amira.id);
    expect(JSON.stringify(line.blocks)).not.toContain('broadcast');
  });

  it('are cut at the limit of a note, which says so', async () => {
    const { stored, card } = await work.file(amira);
    await dana.say('word '.repeat(2000), 'am-west', card);
    await work.withNotes(card, 1);
    const [text = ''] = await work.textsOf(stored.ref);
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
    expect(await work.notesOf(stored.ref)).toEqual([]);
  });
});

describe('people of another company', () => {
  const pete = { user: 'U0PARTNER1', user_team: 'T0OTHER', source_team: 'T0OTHER', team: 'T0OTHER' };

  it('are quoted, with their company', async () => {
    const { stored, card } = await work.file(amira);
    const said = work.reply(card, { ...pete, text: 'We are on it.' });
    await work.tell(said);
    await work.withNotes(card, 1);
    await work.tell({ ...work.edited({ ...said }, 'We are late.', 20) });
    await work.dealtWith();
    expect(await work.notesOf(stored.ref)).toMatchObject([
      { by: 'U0PARTNER1', text: 'Someone from another company (T0OTHER) wrote: We are late.', edited: true },
    ]);
  });

  it('leave nothing on a need-to-know case', async () => {
    await openReport(amira, '/high-risk', 'ACC100 980002');
    await amira.fill(UNSAFE);
    const stored = await fileReport(work.world, work.records, amira);
    for (const place of ['area', 'main'])
      await work.tell(work.reply(cardIn(work.world, stored, place), { ...pete, text: 'Let me see.' }));
    await work.dealtWith();
    const now = await work.records.of(stored.ref);
    expect([now.notes, now.events.length]).toEqual([[], stored.events.length]);
  });
});

import type { JsonObject } from '../../sandbox/client-protocol';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { cardIn, escalated, exceptionForm } from '../support/exceptions';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';
import { openRecords, quotesOf, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let ben: Actor;
let ada: Actor;
let nextSj = 640_000;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  [amira, ben, ada] = [world.workspace.as('amira'), world.workspace.as('ben'), world.workspace.as('ada')];
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

/** An exception that the Admin team returned to its agent; returns the DM that asks. */
async function returned(agent: Actor, question = 'Which door?') {
  await exceptionForm(agent, String(nextSj++), { 'Exception code': 'COACH' });
  const { ref, stored } = await escalated(world, records, agent);
  await ada.press('Return with a question', { in: cardIn(world, stored) });
  await ada.waitForModal(({ title }) => title === 'Return with a question');
  const [label = ''] = ada.modal().labels;
  await ada.fill({ [label]: question });
  expect(await ada.submit()).toEqual({ closed: true });
  const asked = await agent.waitForDm(({ text }) => text === `${ref}: a question for you`);
  return { ref, asked };
}
const isReply = (of: MessageReading) => (message: MessageReading) =>
  message.threadTs === (of.threadTs ?? of.ts) && message.user === world.workspace.botUserId;
/** Types to Warmline, and returns its reply. */
async function typed(agent: Actor, text: string, thread?: MessageReading): Promise<MessageReading> {
  const dm = agent.dmId();
  const said = await agent.say(text, dm, thread);
  const root = thread?.ts ?? said.ts;
  return agent.waitForReply(dm, root, (message) => isReply(said)(message) && message.ts > said.ts);
}
const answersIn = (agent: Actor, root: MessageReading) => agent.thread(agent.dmId(), root.ts).filter(isReply(root));
async function dealtWith() {
  await world.halt(world.app);
  await world.another();
}

describe('a direct message to Warmline', () => {
  it('is answered although Slack sends null for what it has not', async () => {
    const [ts, none] = [`${Math.floor(+world.clock.now() / 1000)}.000700`, null];
    const event = { type: 'message', channel: ben.dmId(), channel_type: 'im', user: ben.id, text: 'help', ts };
    const nulls = { thread_ts: none, subtype: none, bot_id: none, edited: none, files: none, blocks: none, team: none };
    await world.workspace.tell({ ...event, ...nulls, event_ts: ts });
    await ben.waitForDm(({ text }) => text.startsWith('Warmline:'));
  });

  it('answers the one question that waits for the person, who sees what was stored', async () => {
    const { ref } = await returned(amira);
    const reply = await typed(amira, 'It was the side door, card 4111 1111 1111 1111');
    expect(reply.text).toBe(`Taken as your answer to ${ref}`);
    expect(quotesOf(reply.blocks)).toEqual(['It was the side door, card •••• •••• •••• 1111']);
    expect(reply.content).toContain('A card number was masked');
    // Also outside the thread, because people who type there look there.
    expect(amira.dm().map(({ ts }) => ts)).toContain(reply.ts);
    const stored = await records.of(ref);
    expect(stored).toMatchObject({ state: 'in_review', question: null });
    expect(stored.notes).toMatchObject([{ by: amira.id, text: 'It was the side door, card •••• •••• •••• 1111' }]);
  });

  it('is not followed by an answer to the next question from a window that shows the last one', async () => {
    const { ref, asked } = await returned(amira);
    await amira.press('Answer', { in: asked });
    const window = await amira.waitForModal(({ title }) => title === 'Answer');
    const [label = ''] = window.labels;
    expect(label).toBe('Which door?');
    await amira.fill({ [label]: 'The front door.' });
    await typed(amira, 'The front door.');
    await world.settled();
    await ada.press('Return with a question', { in: cardIn(world, await records.of(ref)) });
    await ada.waitForModal(({ title }) => title === 'Return with a question');
    await ada.fill({ 'Question for the agent': 'Is anyone hurt?' });
    await ada.submit();
    await world.settled();
    expect((await amira.submit()).errors?.[label]).toContain('Another request waits now than this window shows');
    await amira.close();
    expect(await records.of(ref)).toMatchObject({ state: 'returned', question: { text: 'Is anyone hurt?' } });
    await typed(amira, `${ref}: no one.`);
  });

  it('answers the question in whose thread it is, however many wait; elsewhere the person chooses', async () => {
    const one = await returned(ben, 'Which door?');
    const two = await returned(ben, 'Which day?');
    const asked = await typed(ben, 'Tuesday');
    expect(asked.content).toContain('Several questions wait for your answer');
    expect(asked.content).toContain('Which day?');
    expect(asked.buttons).toEqual(['Answer', 'Answer']);
    const reply = await typed(ben, 'The back door', one.asked);
    expect(reply.text).toBe(`Taken as your answer to ${one.ref}`);
    expect((await records.of(two.ref)).state).toBe('returned');

    const more = await typed(ben, 'And the gate', one.asked);
    expect(more.content).toContain(`keep what you wrote on ${one.ref}`);
    expect(more.buttons).toEqual(['Answer', 'Add note']);
    const named = await typed(ben, `${two.ref.toLowerCase()} it was Tuesday`);
    expect(named.text).toBe(`Taken as your answer to ${two.ref}`);
  });

  it('"help" shows the help, and other text says what to press', async () => {
    const help = await typed(amira, 'Help!');
    expect(help.content).toContain('How to use Warmline');
    expect(help.content).toContain('/sp-feedback');
    const reply = await typed(amira, 'The tech never came');
    expect(reply.content).toContain('not filed or added to a case');
    expect(reply.buttons).toContain('SP feedback');
    await amira.press('SP feedback', { in: reply });
    await amira.waitForModal(({ title }) => title === 'SP feedback');
    await amira.close();
  });

  it('answers nothing without words, and says what to press', async () => {
    const { ref } = await returned(amira);
    const ts = '1793639000.000100';
    const base: JsonObject = { type: 'message', channel: amira.dmId(), channel_type: 'im', user: amira.id, text: '' };
    await world.workspace.tell({ ...base, ts, event_ts: ts, blocks: [{ type: 'divider' }] });
    await amira.waitForDm(({ content, buttons }) => content.includes('Which door?') && buttons.includes('Answer'));
    await dealtWith();
    expect((await records.of(ref)).state).toBe('returned');
    // No one else could open its file.
    const picture = '1793639001.000100';
    const earlier = new Set(amira.dm().map(({ ts: at }) => at));
    const files = [{ id: 'F0DOOR0001', name: 'door.jpg', filetype: 'jpg' }];
    await world.workspace.tell({ ...base, subtype: 'file_share', ts: picture, event_ts: picture, files });
    await amira.waitForDm(({ ts: at, content }) => !earlier.has(at) && content.includes('Which door?'));
    await dealtWith();
    expect((await records.of(ref)).state).toBe('returned');
    expect((await typed(amira, 'The side door')).text).toBe(`Taken as your answer to ${ref}`);
  });

  it('is handled once, however often Slack delivers it, and to however many instances', async () => {
    const { ref } = await returned(amira);
    const second = await world.another();
    const ts = '1793640000.000100';
    const event: JsonObject = {
      type: 'message',
      channel: amira.dmId(),
      channel_type: 'im',
      user: amira.id,
      text: 'Once only',
      ts,
      event_ts: ts,
    };
    await Promise.all([1, 2, 3, 4].map(() => world.workspace.tell(event)));
    await world.halt(second);
    await dealtWith();
    await world.workspace.tell(event);
    await dealtWith();
    const replies = amira.dm().filter(({ text }) => text === `Taken as your answer to ${ref}`);
    expect(replies).toHaveLength(1);
    expect((await records.of(ref)).notes.map(({ text }) => text)).toEqual(['Once only']);
  });

  it('stays as it was stored when it is edited, which its writer is told, or deleted', async () => {
    const { ref } = await returned(amira);
    const said = await amira.say('Side door', amira.dmId());
    await amira.waitForReply(amira.dmId(), said.ts, isReply(said));
    await amira.edit(said, 'Back door');
    const told = await amira.waitForReply(amira.dmId(), said.ts, ({ text }) => text.includes('stays as it was'));
    expect(told.buttons).toEqual(['Add note']);
    await amira.edit(said, 'Cellar door');
    await amira.delete(said);
    await dealtWith();
    expect((await records.of(ref)).notes.map(({ text }) => text)).toEqual(['Side door']);
    expect(answersIn(amira, said)).toHaveLength(2);
  });

  it('gets a polite sentence if it is from another company, and no reply if an app wrote it', async () => {
    await returned(amira);
    const ts = '1793641000.000100';
    const base: JsonObject = { type: 'message', channel: amira.dmId(), channel_type: 'im', user: amira.id };
    await world.workspace.tell({ ...base, ts: '1793641000.000050', bot_id: 'B0OTHER', text: 'beep' });
    await world.workspace.tell({ ...base, ts, user_team: 'T0OTHER', text: 'Hello?' });
    const told = await amira.waitForDm(({ text }) => text.includes('for the people of the company that runs it'));
    expect(told.buttons).toEqual([]);
    await dealtWith();
    const texts = amira.dm().map(({ text }) => text);
    expect(texts.at(-1)).toBe(told.text);
  });
});

describe('a mention of Warmline', () => {
  const told = () => ben.dm().filter(({ content }) => content.includes('You mentioned me in'));

  it('outside of a case is answered once, in private, with what to press', async () => {
    world.workspace.addMember('am-west', 'ben');
    const before = told().length;
    await world.workspace.faults.set({ duplicateDeliveries: 1 });
    await ben.say(`<@${world.workspace.botUserId}> the SP is late`, 'am-west');
    const reply = await ben.waitForDm(({ content }) => content.includes('You mentioned me in'));
    expect(reply.content).toContain('am-west');
    expect(reply.buttons).toContain('SP feedback');
    const other = await ben.say('Lunch is here.', 'am-west');
    await ben.say(`<@${world.workspace.botUserId}> and here?`, 'am-west', other);
    await world.workspace.waitFor(() => told().length === before + 2, 10_000, 'the second answer');
    await dealtWith();
    expect(told()).toHaveLength(before + 2);
  });

  it('under a card is part of the note, and nothing else', async () => {
    const { ref, asked: _asked } = await returned(amira);
    const card = cardIn(world, await records.of(ref));
    const before = told().length;
    world.workspace.addMember(card.channel, 'ben');
    await ben.say(`<@${world.workspace.botUserId}> please note this`, card.channel, card);
    await until(async () => (await records.of(ref)).notes.length === 1, 'the note');
    await dealtWith();
    expect(told()).toHaveLength(before);
  });
});

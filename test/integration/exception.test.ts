import type { Actor, FillValue, MessageReading } from '../../sandbox/workspace';
import { attempt, cardIn, DAY, escalated, exceptionForm, HOUR, MINUTE, opened, SECOND } from '../support/exceptions';
import { acknowledge } from '../support/feedback';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let ada: Actor;
let dana: Actor;
let nextSj = 610_000;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  world.workspace.addMember('admin-review', 'dana');
  [amira, ada, dana] = [world.workspace.as('amira'), world.workspace.as('ada'), world.workspace.as('dana')];
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

/** An exception that needs no attempt, in review. */
async function inReview(code = 'COACH', account = 'ACC100') {
  await exceptionForm(amira, String(nextSj++), { 'Exception code': code }, account);
  return escalated(world, records, amira);
}
/** Makes a move with a button of a card or of a DM; returns the stored case and the card. */
async function done(by: Actor, button: string, on: MessageReading, ref: string, entries: Record<string, FillValue>) {
  await by.press(button, { in: on });
  await by.waitForModal(({ title }) => title === button);
  await by.fill(entries);
  expect(await by.submit()).toEqual({ closed: true });
  await world.settled();
  const stored = await records.of(ref);
  return { stored, card: cardIn(world, stored) };
}
const channel = (name: string) => world.workspace.ids.channels[name];
const threadOf = ({ channel, ts }: MessageReading) => world.workspace.thread(channel, ts).slice(1);
const dmsAbout = (agent: Actor, ref: string) => agent.dm().filter(({ text }) => text.startsWith(ref));
const newestDm = (agent: Actor, ref: string) => {
  const dm = dmsAbout(agent, ref).at(-1);
  if (!dm) throw new Error(`No DM about ${ref}.`);
  return dm;
};

describe('an exception is filed', () => {
  it('goes to the Admin review, with its own clock, and the card shows both attempts with their times', async () => {
    const sj = String(nextSj++);
    await attempt(amira, sj);
    await world.pass(DAY + MINUTE);
    await attempt(world.workspace.as('ben'), sj, SECOND);
    const form = await exceptionForm(amira, sj);
    expect(form.text).toContain('Both attempts are recorded');
    expect(form.text).toContain('To *');
    const { stored, card, confirmation } = await escalated(world, records, amira);
    expect(stored).toMatchObject({ state: 'in_review', codes: ['NCNS'], marks: [] });
    expect(stored.clocks).toMatchObject([{ name: 'review' }]);
    expect(confirmation.content).toContain('The Admin team reviews it by');
    expect(card.channel).toBe(channel('admin-review'));
    expect(card.content).toContain('Review by');
    expect(card.content).toMatch(/Attempt 1: not reached .+ by Amira Haddad\. Voicemail left, note left on the job/);
    expect(card.content).toMatch(/Attempt 2: not reached .+ by Ben Cruz\. Voicemail left, Public with Email note sent/);
    const moments = stored.contacts.map(({ at }) => `"timestamp":${+at / 1000}`);
    expect(moments).toHaveLength(2);
    for (const moment of moments) expect(JSON.stringify(card.blocks)).toContain(moment);
    expect(card.buttons).toEqual(['Send to AM', 'Return with a question', 'Add note', 'Void']);
    expect(world.workspace.messages('am-west').filter(({ text }) => text.includes(sj))).toEqual([]);
  });

  it('offers the 13 codes, each with its meaning', async () => {
    const ben = world.workspace.as('ben');
    const form = await opened(ben, '/escalate', 'Exception');
    await ben.close();
    expect(form.fields['Exception code']?.options).toHaveLength(13);
    const block = form.blocks.find(({ block_id }) => block_id === 'code');
    expect(JSON.stringify(block).match(/"description":/g)).toHaveLength(13);
  });
});

describe('the review clock', () => {
  it('reminds in the thread when it is due, and an hour later by DM to the admin, each once', async () => {
    const { ref, stored, card } = await inReview();
    const due = stored.clocks[0]?.dueAt;
    if (!due) throw new Error('No review clock runs.');
    const waits = () => threadOf(card).filter(({ text }) => text === `${ref} waits for an answer`);
    await world.pass(+due - MINUTE - +world.clock.now());
    expect(waits()).toEqual([]);
    await world.pass(MINUTE);
    await world.pass(0);
    expect(waits()).toHaveLength(1);
    expect(waits()[0]?.content).toContain('has waited for review since');
    await world.pass(HOUR);
    await world.pass(0);
    expect(waits()).toHaveLength(1);
    // Ada may be told about several cases at once.
    const dms = () => ada.dm().filter(({ content }) => content.includes(ref) && content.includes('waited for review'));
    expect(dms()).toHaveLength(1);
    expect(dms()[0]?.buttons).toContain('Send to AM');
    await world.pass(2 * HOUR);
    expect([waits().length, dms().length]).toEqual([1, 1]);
  });

  it('stops when the review is over', async () => {
    const { ref, card } = await inReview();
    await done(ada, 'Void', card, ref, { 'Why was it filed by mistake?': 'Filed twice.' });
    await world.pass(3 * DAY);
    expect(threadOf(card).filter(({ text }) => text.includes('waits for an answer'))).toEqual([]);
  });
});

describe('Send to AM', () => {
  it('with code, priority and note: the card moves to the area, and the acknowledge clock starts', async () => {
    const { ref, card } = await inReview();
    const sent = await done(ada, 'Send to AM', card, ref, {
      Code: 'NO WORK',
      Priority: 'High',
      'Note for the Area Manager': 'Third time this month.',
    });
    expect(sent.stored).toMatchObject({ state: 'open', codes: ['NO WORK'], severity: 'high', area: 'West' });
    expect(sent.stored).toMatchObject({ owner: dana.id, title: 'Exception: NO WORK' });
    expect(sent.stored.clocks).toMatchObject([{ name: 'acknowledge' }]);
    expect(sent.card.channel).toBe(channel('am-west'));
    expect(sent.card.content).toContain('Respond by');
    expect(sent.card.content).toContain('The Admin team set this in its review.');
    expect(threadOf(sent.card).map(({ text }) => text)).toEqual([`${ref} sent to the Area Manager`]);
    const [left] = world.workspace.thread(card.channel, card.ts);
    expect(left?.content).toContain('moved to');
    expect(left?.buttons).toEqual([]);
    expect(newestDm(dana, ref).content).toContain('Third time this month.');

    await acknowledge(dana, sent.card);
    await world.settled();
    expect((await records.of(ref)).state).toBe('acknowledged');
    expect(newestDm(amira, ref).text).toContain('acknowledged');
  });

  it('with great service stays recognition unless the review says otherwise', async () => {
    const { ref, card } = await inReview('GREAT SVC');
    const { stored } = await done(ada, 'Send to AM', card, ref, {});
    expect(stored).toMatchObject({ state: 'open', severity: 'low', codes: ['GREAT SVC'] });
  });

  it('with an SP that the directory does not know asks for the area', async () => {
    const { ref, card, stored } = await inReview('COACH', 'ACC999');
    expect(stored).toMatchObject({ state: 'in_review', area: null });
    await ada.press('Send to AM', { in: card });
    await ada.waitForModal(({ title }) => title === 'Send to AM');
    expect(Object.keys((await ada.submit()).errors ?? {})).toContain('Area');
    await ada.fill({ Priority: 'Normal', Area: 'East' });
    expect(await ada.submit()).toEqual({ closed: true });
    await world.settled();
    expect(cardIn(world, await records.of(ref)).channel).toBe(channel('am-east'));
  });
});

describe('Return with a question', () => {
  it('the agent answers from the DM, and the case is back in review with a new clock', async () => {
    const { ref, card, stored } = await inReview();
    const returned = await done(ada, 'Return with a question', card, ref, {
      'Question for the agent': 'Which day was it?',
    });
    expect(returned.stored).toMatchObject({ state: 'returned', clocks: [{ name: 'answer' }] });
    expect(returned.card.buttons).not.toContain('Send to AM');
    const dm = newestDm(amira, ref);
    expect(dm.content).toContain('Which day was it?');
    expect(dm.buttons).toContain('Answer');

    await world.pass(5 * DAY);
    const asked = dmsAbout(amira, ref).filter(({ text }) => text.includes('a question waits for your answer'));
    expect(asked.map(({ content, buttons }) => [content.includes('Which day was it?'), buttons[0]])).toEqual([
      [true, 'Answer'],
    ]);
    expect(threadOf(card).at(-1)?.content).toContain('the question to the agent has waited for an answer since');
    const answered = await done(amira, 'Answer', dm, ref, { 'Which day was it?': 'Tuesday.' });
    expect(answered.stored).toMatchObject({ state: 'in_review', question: null });
    const [clock, ...more] = answered.stored.clocks;
    expect([clock?.name, more]).toEqual(['review', []]);
    expect(+(clock?.dueAt ?? 0)).toBeGreaterThan(+(stored.clocks[0]?.dueAt ?? 0));
    expect(threadOf(card).at(-1)?.content).toContain('Tuesday.');
    expect(answered.card.buttons).toContain('Send to AM');
  });

  it('the Admin team answers for an agent who is away or has left', async () => {
    const { ref, card } = await inReview();
    const question = { 'Question for the agent': 'Which day was it?' };
    const returned = await done(ada, 'Return with a question', card, ref, question);
    await dana.press('Answer', { in: returned.card });
    const told = await dana.waitForEphemeral(({ text }) => text.includes('can use Answer'));
    expect(told.text).toContain(`Only <@${amira.id}>, who filed it, or the Admin team can use Answer`);
    const answered = await done(ada, 'Answer', returned.card, ref, { 'Which day was it?': 'Tuesday, says the log.' });
    expect(answered.stored).toMatchObject({ state: 'in_review', question: null, clocks: [{ name: 'review' }] });
    expect(threadOf(card).at(-1)?.content).toContain('Tuesday, says the log.');
  });

  it('cannot be answered twice', async () => {
    const { ref, card } = await inReview();
    await done(ada, 'Return with a question', card, ref, { 'Question for the agent': 'Which day?' });
    const dm = newestDm(amira, ref);
    await done(amira, 'Answer', dm, ref, { 'Which day?': 'Monday.' });
    await amira.press('Answer', { in: dm });
    await amira.waitForEphemeral(({ text }) => text.includes(`${ref} is in review; Answer is not possible now`));
  });
});

describe('who may review', () => {
  it.each(['Send to AM', 'Return with a question', 'Void'])(
    '%s is refused to an Area Manager, in an ephemeral message',
    async (button) => {
      const { ref, card } = await inReview();
      await dana.press(button, { in: card });
      const told = await dana.waitForEphemeral(({ text }) => text.includes(ref));
      expect(told.text).toContain('Only the Admin team can use');
      expect((await records.of(ref)).state).toBe('in_review');
    },
  );

  it('what the Admin team voided in its review, an Area Manager does not bring back without one', async () => {
    const { ref, card } = await inReview();
    await done(ada, 'Void', card, ref, { 'Why was it filed by mistake?': 'A test.' });
    const voided = cardIn(world, await records.of(ref));
    await dana.choose('Reopen', { in: voided });
    await dana.waitForEphemeral(({ text }) => text.includes('Only the Admin team can use Reopen'));
    expect((await records.of(ref)).state).toBe('void');
    await ada.choose('Reopen', { in: voided });
    await ada.waitForModal(({ title }) => title === 'Reopen');
    await ada.fill({ Reason: 'It was none.' });
    expect(await ada.submit()).toEqual({ closed: true });
    expect((await records.of(ref)).state).toBe('open');
  });

  it('no one acknowledges or resolves before the review is over', async () => {
    const { card } = await inReview();
    expect(card.buttons).not.toContain('Acknowledge');
    expect(card.buttons).not.toContain('Resolve');
  });

  it('an answer after the case was voided makes no move; the window stays and says why', async () => {
    const { ref, card } = await inReview();
    const question = { 'Question for the agent': 'Which day?' };
    const returned = await done(ada, 'Return with a question', card, ref, question);
    await amira.press('Answer', { in: newestDm(amira, ref) });
    await amira.waitForModal(({ title }) => title === 'Answer');
    await amira.fill({ 'Which day?': 'Monday.' });
    await ada.choose('Void', { in: returned.card });
    await ada.waitForModal(({ title }) => title === 'Void');
    await ada.fill({ 'Why was it filed by mistake?': 'The customer called it off.' });
    expect(await ada.submit()).toEqual({ closed: true });
    const refused = await amira.submit();
    expect(refused.errors?.['Which day?']).toContain(`${ref} is void; Answer is not possible now`);
    await world.settled();
    const voided = await records.of(ref);
    expect(voided).toMatchObject({ state: 'void', question: null });
    expect(cardIn(world, voided).content).not.toContain('Which day?');
  });

  it('the rest of the Admin team is reminded if the admin who has it left: the Area Manager owes nothing yet', async () => {
    const priya = world.workspace.as('priya');
    const { ref, stored, card } = await inReview();
    const policy = await records.directory.policy();
    await records.directory.savePolicy({ ...policy, roles: { ...policy.roles, admin: [priya.id] } }, 'test');
    world.workspace.deactivate('ada');
    await world.pass(+(stored.clocks[0]?.dueAt ?? 0) - +world.clock.now() + HOUR);
    // One message may be about several cases.
    const reminders = (actor: Actor) => actor.dm().filter(({ content }) => content.includes('waited for review'));
    expect(reminders(dana)).toEqual([]);
    const [told] = reminders(priya).filter(({ content }) => content.includes(ref));
    expect(told?.content).toContain('You are told because the Admin team reviews it.');
    world.workspace.addMember('admin-review', 'priya');
    await done(priya, 'Void', card, ref, { 'Why was it filed by mistake?': 'A test.' });
  });
});

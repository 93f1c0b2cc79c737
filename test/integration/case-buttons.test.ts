import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { acknowledge } from '../support/feedback';
import { startWorld, type World } from '../support/world';
import { cardOf, moreOf, openedForm, openRecords, quotesOf, type Records, submitted } from './records';

const HOUR = 60 * 60_000;
const BUTTONS = ['Acknowledge', 'Add note', 'Log SP contact', 'Resolve'];

let world: World;
let records: Records;
let amira: Actor;
let dana: Actor;
let tom: Actor;
let ada: Actor;
let nextSj = 800_000;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  world.workspace.addMember('am-west', 'ada');
  [amira, dana, tom, ada] = ['amira', 'dana', 'tom', 'ada'].map((name) => world.workspace.as(name)) as [
    ...[Actor, Actor, Actor, Actor],
  ];
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

/** A new report about Ace Plumbing in West, filed by Amira. */
async function filed(account = 'ACC100'): Promise<{ ref: string; card: MessageReading }> {
  await openedForm(amira, `${account} ${nextSj++}`);
  await amira.fill({
    'Reason For Feedback': 'Recall Reassignment: Account Inactive',
  });
  const { stored, card } = await submitted(world, records, amira);
  return { ref: stored.ref, card };
}

/** Opens the window of a button, or of an option of More. */
async function opened(actor: Actor, button: string, card: MessageReading): Promise<ViewReading> {
  const before = actor.modalCount > 0 ? actor.modal().id : null;
  await pressed(actor, button, card);
  return actor.waitForModal(({ id, title }) => id !== before && title === button);
}
const pressed = (actor: Actor, button: string, card: MessageReading) =>
  BUTTONS.includes(button) ? actor.press(button, { in: card }) : actor.choose(button, { in: card });

/** Makes a move with a button; returns the stored case and the card. */
async function done(actor: Actor, button: string, on: { ref: string; card: MessageReading }, entries: Entries = {}) {
  if (button === 'Acknowledge') await acknowledge(actor, on.card);
  else {
    await opened(actor, button, on.card);
    await actor.fill(entries);
    expect(await actor.submit()).toEqual({ closed: true });
  }
  await world.settled();
  const stored = await records.of(on.ref);
  return { stored, card: cardOf(world, stored) };
}
type Entries = Readonly<Record<string, FillValue>>;

const resolution = { Outcome: 'Coaching given', 'What the agent can tell the customer': 'A new visit is booked.' };
const lines = ({ channel, ts }: MessageReading) => world.workspace.thread(channel, ts).slice(1);
const lineTexts = (card: MessageReading) => lines(card).map(({ text }) => text);
const dmsAbout = (actor: Actor, ref: string) => actor.dm().filter(({ text }) => text.startsWith(ref));
const types = ({ events }: StoredCase) => events.map(({ type }) => type);
const mention = (actor: Actor) => `<@${actor.id}>`;
/** Resolves when the app next redraws this card. */
const redrawing = ({ ts }: MessageReading) =>
  world.workspace.waitFor((event) => {
    if (event?.type !== 'traffic' || event.entry.name !== 'chat.update' || event.entry.status !== 200) return false;
    const { request } = event.entry;
    return typeof request === 'object' && request !== null && 'ts' in request && request.ts === ts;
  });
/** Only this person is told, in an ephemeral message. */
async function toldPrivately(actor: Actor, words: string): Promise<void> {
  const told = await actor.waitForEphemeral(({ text }) => text.includes(words));
  expect(told.channel).toBe(world.workspace.ids.channels['am-west']);
}

describe('what each button does', () => {
  it('Acknowledge: the promise is stored, shown and sent to the agent', async () => {
    const report = await filed();
    expect(report.card.content).toContain('Respond by');
    expect(report.card.buttons).toEqual(BUTTONS);
    const promise = new Date(+world.clock.now() + 3 * HOUR);
    const told = await acknowledge(dana, report.card);
    expect(told.buttons).toEqual(['Change next update']);
    await world.settled();
    expect((await records.of(report.ref)).acknowledged?.by).toBe(dana.id);
    await dana.press('Change next update', { in: told });
    await dana.waitForModal(({ title }) => title === 'Change next update');
    await dana.fill({ 'Next update by': promise });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const stored = await records.of(report.ref);
    const card = cardOf(world, stored);
    const nextUpdateBy = new Date(Math.floor(+promise / 1000) * 1000);
    expect(stored).toMatchObject({ state: 'acknowledged', acknowledged: { by: dana.id, nextUpdateBy } });
    expect(stored.clocks).toMatchObject([{ name: 'update', dueAt: nextUpdateBy }]);
    expect(card.text).toContain('acknowledged');
    expect(card.content).toContain('Next update promised by');
    expect(card.content).not.toContain('Respond by');
    expect(card.buttons).toEqual(['Add note', 'Log SP contact', 'Resolve']);
    expect(lineTexts(card)).toEqual([`${report.ref} acknowledged`, `${report.ref}: next update changed`]);
    const [dm, changed, ...more] = dmsAbout(amira, report.ref);
    expect(more).toEqual([]);
    expect(changed?.content).toContain('now promises the next update by');
    expect(dm?.content).toContain('You can tell the customer: you will hear from us by');
    expect(dm?.buttons).toEqual(['Open the card']);
  });

  it('Acknowledge: a promise in the past is refused at its field', async () => {
    const report = await filed();
    await done(dana, 'Acknowledge', report);
    await opened(dana, 'Change next update', report.card);
    await dana.fill({ 'Next update by': new Date(+world.clock.now() - HOUR) });
    expect(await dana.submit()).toEqual({ errors: { 'Next update by': 'Choose a time in the future.' } });
    expect((await records.of(report.ref)).events.at(-1)?.type).toBe('acknowledged');
    await dana.close();
  });

  it('Add note: the note is stored, counted on the card and quoted in the thread as typed', async () => {
    const report = await filed();
    const note = 'Called the dispatcher.\n<!channel> *calm* & <b>clear</b>';
    const { stored, card } = await done(dana, 'Add note', report, { Note: note });
    expect(stored.notes).toMatchObject([{ by: dana.id, text: note, edited: false }]);
    expect(stored.state).toBe('open');
    expect(card.content).toContain('1 note');
    expect(quotesOf(lines(card)[0]?.blocks)).toEqual([note]);
    expect(dmsAbout(amira, report.ref)).toEqual([]);
  });

  it('Log SP contact: reached or not, and the acknowledged case is in progress', async () => {
    const report = await filed();
    await done(dana, 'Acknowledge', report);
    const missed = await done(dana, 'Log SP contact', report, {
      'Did you reach the SP?': 'No, not reached',
      'What was said or left': 'Voicemail left.',
    });
    expect(missed.stored).toMatchObject({
      state: 'in_progress',
      contacts: [{ reached: false, text: 'Voicemail left.' }],
    });
    const { stored, card } = await done(tom, 'Log SP contact', report, {
      'Did you reach the SP?': 'Yes, reached',
      'What was said or left': 'They go back tomorrow.',
    });
    expect(stored.contacts).toMatchObject([{ by: dana.id }, { by: tom.id, reached: true }]);
    expect(card.text).toContain('in progress');
    expect(card.content).toContain('SP tried 2×, reached 1×');
    expect(lines(card).flatMap(({ blocks }) => quotesOf(blocks))).toEqual([
      'Voicemail left.',
      'They go back tomorrow.',
    ]);
  });

  it('Resolve: needs an outcome, ends the clocks, and tells the agent what to say', async () => {
    const report = await filed();
    await opened(dana, 'Resolve', report.card);
    expect(Object.keys((await dana.submit()).errors ?? {})).toEqual(['Outcome']);
    await dana.fill(resolution);
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const stored = await records.of(report.ref);
    expect(stored).toMatchObject({
      state: 'resolved',
      clocks: [],
      resolution: { outcome: 'coaching_given', text: 'A new visit is booked.', by: dana.id },
    });
    const card = cardOf(world, stored);
    expect(card.content).toContain('✅ Coaching given by');
    expect(quotesOf(card.blocks)).toContain('A new visit is booked.');
    expect(card.content).not.toContain('Respond by');
    expect(card.buttons).not.toEqual(expect.arrayContaining(['Acknowledge']));
    expect(card.buttons).not.toEqual(expect.arrayContaining(['Resolve']));
    expect(moreOf(card)).toContain('Reopen');
    const [dm, ...more] = dmsAbout(amira, report.ref);
    expect(more).toEqual([]);
    expect(quotesOf(dm?.blocks)).toEqual(['A new visit is booked.']);
  });

  it('Reassign to an area: the card moves, a pointer stays, the new owner is told', async () => {
    const report = await filed();
    await opened(dana, 'Reassign', report.card);
    await dana.fill({
      'To the Area Manager of': 'The area stays: only to the person below',
      'Summary for the new owner': 'The SP moved east.',
    });
    expect(await dana.submit()).toEqual({ errors: { 'Or to this person': 'Choose an area above, or a person here.' } });
    await dana.fill({ 'To the Area Manager of': 'East' });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const stored = await records.of(report.ref);
    const priya = world.workspace.as('priya');
    expect(stored).toMatchObject({ state: 'open', area: 'East', owner: priya.id, outbox: [] });
    const card = cardOf(world, stored);
    expect(card.channel).toBe(world.workspace.ids.channels['am-east']);
    expect(card.buttons).toEqual(BUTTONS);
    const pointer = cardOf(world, stored, 0);
    expect(pointer).toMatchObject({ ts: report.card.ts, channel: report.card.channel, buttons: [] });
    expect(pointer.content).toContain('moved to');
    expect(JSON.stringify(pointer.blocks)).toContain(card.channel);
    expect(quotesOf(dmsAbout(priya, report.ref)[0]?.blocks)).toEqual(['The SP moved east.']);
    await done(priya, 'Acknowledge', { ref: report.ref, card });
  });

  it('Reassign to a person: the card stays and shows the new owner', async () => {
    const report = await filed();
    const { stored, card } = await done(ada, 'Reassign', report, {
      'Or to this person': 'tom',
      'Summary for the new owner': 'Tom knows them.',
    });
    expect(stored).toMatchObject({ area: 'West', owner: tom.id });
    expect(card.ts).toBe(report.card.ts);
    expect(JSON.stringify(card.blocks)).toContain(`"user_id":"${tom.id}"`);
    expect(dmsAbout(tom, report.ref)).toHaveLength(1);
  });

  it('Reassign gives an unrouted case to an area', async () => {
    const report = await filed('NOBODY-1');
    expect(report.card.content).toContain('Unrouted:');
    const { stored, card } = await done(ada, 'Reassign', report, {
      'To the Area Manager of': 'West',
      'Summary for the new owner': 'A new SP of yours.',
    });
    expect(stored).toMatchObject({ area: 'West', owner: dana.id, unrouted: null });
    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
    expect(card.content).not.toContain('Unrouted:');
  });

  it('Void, then Reopen: nothing is lost and the clock restarts', async () => {
    const report = await filed();
    const voided = await done(dana, 'Void', report, { 'Why was it filed by mistake?': 'Wrong SJ.' });
    expect(voided.stored).toMatchObject({ state: 'void', clocks: [] });
    expect(voided.card.buttons).toEqual([]);
    expect(moreOf(voided.card)).toEqual(['Reopen', 'Legal hold', 'Timeline', 'Scorecard']);
    const { stored, card } = await done(dana, 'Reopen', report, { Reason: 'It was right.' });
    expect(stored).toMatchObject({ state: 'open', reopened: 1, clocks: [{ name: 'acknowledge' }] });
    expect(card.content).toContain('reopened 1×');
    expect(card.buttons).toEqual(BUTTONS);
    expect(types(stored)).toEqual(['filed', 'routed', 'voided', 'reopened']);
    expect(lines(card).flatMap(({ blocks }) => quotesOf(blocks))).toEqual(['Wrong SJ.', 'It was right.']);
  });

  it('Reopen brings a resolved case back', async () => {
    const report = await filed();
    await done(dana, 'Resolve', report, resolution);
    const { stored, card } = await done(dana, 'Reopen', report, { Reason: 'It broke again.' });
    expect(stored).toMatchObject({ state: 'open', resolution: null, reopened: 1 });
    expect(card.content).not.toContain('Coaching given');
  });

  it("Snooze: offers times in the person's own zone, and takes the chosen one", async () => {
    const report = await filed();
    const window = await opened(dana, 'Snooze', report.card);
    const options = window.fields['Snooze until']?.options ?? [];
    expect(options.map((one) => one.replace(/ \(.*/, ''))).toEqual(['In 2 hours', 'Tomorrow morning', 'Next Monday']);
    expect(options[1]).toMatch(/\(\w{3}, \w{3} \d+, 9:00 AM\)$/);
    await dana.fill({ 'Snooze until': options[0] ?? '', Reason: 'Waits for the shop.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const { hold } = await records.of(report.ref);
    const hours = hold.is === 'snoozed' ? (+hold.until - +world.clock.now()) / HOUR : 0;
    expect(hours).toBeCloseTo(2, 1);
  });

  it('Resolve: Other needs an explanation', async () => {
    const report = await filed();
    await opened(dana, 'Resolve', report.card);
    await dana.fill({ Outcome: 'Other' });
    expect(Object.keys((await dana.submit()).errors ?? {})).toEqual(['What the agent can tell the customer']);
    await dana.fill({ 'What the agent can tell the customer': 'The parts were under warranty.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    expect((await records.of(report.ref)).resolution).toMatchObject({ outcome: 'other' });
  });

  it('Snooze: no one is nudged until its end, then the clocks continue where they stopped', async () => {
    const report = await filed();
    const [before] = (await records.of(report.ref)).clocks;
    await opened(dana, 'Snooze', report.card);
    await dana.fill({ 'Another time': new Date(+world.clock.now() - HOUR), Reason: 'Part on order.' });
    expect(await dana.submit()).toEqual({ errors: { 'Another time': 'Choose a time in the future.' } });
    await dana.fill({ 'Another time': new Date(+world.clock.now() + 6 * HOUR) });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const snoozed = await records.of(report.ref);
    expect(snoozed).toMatchObject({ state: 'snoozed', hold: { is: 'snoozed', reason: 'Part on order.' } });
    expect(cardOf(world, snoozed).content).toContain('Snoozed until');

    await world.pass(5 * HOUR);
    expect(types(await records.of(report.ref))).toEqual(['filed', 'routed', 'snoozed']);
    await world.pass(HOUR + 60_000);
    const woken = await records.of(report.ref);
    expect(woken).toMatchObject({ state: 'open', hold: { is: 'none' } });
    expect(types(woken)).toEqual(['filed', 'routed', 'snoozed', 'woken']);
    expect(+(woken.clocks[0]?.dueAt ?? 0) - +(before?.dueAt ?? 0)).toBeGreaterThan(6 * HOUR);
    const card = cardOf(world, woken);
    expect(card.content).toContain('Respond by');
    expect(lines(card).at(-1)?.content).toContain('the snooze is over');
  });
});

describe('who may press', () => {
  it.each([...BUTTONS.filter((button) => button !== 'Add note'), 'Reassign', 'Snooze', 'Void'])(
    'an agent who presses %s is told why not, in an ephemeral message, and nothing happens',
    async (button) => {
      const { ref, card } = await filed();
      await pressed(amira, button, card);
      await toldPrivately(amira, `can use ${button} on ${ref}`);
      const told = amira.ephemerals('am-west').at(-1)?.text ?? '';
      expect(told).toContain(mention(dana));
      expect(told).toContain(mention(tom));
      expect(told).toContain('reply in the card');
      expect(amira.modalCount).toBe(0);
      expect(types(await records.of(ref))).toEqual(['filed', 'routed']);
      expect(lines(card)).toEqual([]);
    },
  );

  it.each(['tom', 'ada'])('the deputy and an admin may (%s)', async (name) => {
    const actor = world.workspace.as(name);
    const report = await filed();
    const { stored } = await done(actor, 'Acknowledge', report);
    expect(stored.acknowledged?.by).toBe(actor.id);
  });

  it('an agent in the channel may add a note', async () => {
    const report = await filed();
    const { stored } = await done(amira, 'Add note', report, { Note: 'The customer called again.' });
    expect(stored.notes).toMatchObject([{ by: amira.id, text: 'The customer called again.' }]);
  });
});

describe('two people at one card', () => {
  it('both acknowledge at once: one wins, the other is told who and what is possible now', async () => {
    const { ref, card } = await filed();
    const outcomes = await Promise.all([acknowledge(dana, card), acknowledge(tom, card)]);
    await world.settled();
    const stored = await records.of(ref);
    expect(types(stored)).toEqual(['filed', 'routed', 'acknowledged']);
    const [winner, refused] = stored.acknowledged?.by === dana.id ? [dana, outcomes[1]] : [tom, outcomes[0]];
    expect(refused?.content.toLowerCase()).toMatch(new RegExp(`^${winner.name}\\b`));
    expect(refused?.content).toContain(` already acknowledged ${ref}. You can now:`);
    expect(outcomes.filter(({ buttons }) => buttons.includes('Change next update'))).toHaveLength(1);
    expect(dmsAbout(amira, ref)).toHaveLength(1);
    expect(lineTexts(card)).toEqual([`${ref} acknowledged`]);
  });

  it('a window submitted after someone else resolved the case says so, and offers what was typed as a note', async () => {
    const report = await filed();
    await opened(tom, 'Log SP contact', report.card);
    await tom.fill({ 'Did you reach the SP?': 'Yes, reached', 'What was said or left': 'Late.' });
    await done(dana, 'Resolve', report, resolution);
    await tom.submit();
    const offered = await tom.waitForModal(({ title }) => title === 'Add note');
    expect(offered.text).toContain(`${report.ref} was resolved by ${mention(dana)}: Coaching given.`);
    expect(offered.text).toContain('Reopen');
    expect(offered.fields.Note?.value).toBe('Late.');
    expect(await tom.submit()).toEqual({ closed: true });
    const stored = await records.of(report.ref);
    expect(types(stored)).toEqual(['filed', 'routed', 'resolved', 'note_added']);
    expect(stored.notes).toMatchObject([{ by: tom.id, text: 'Late.' }]);
  });

  it('a press on an outdated card is answered from the newest state', async () => {
    const { ref, card } = await filed();
    await opened(dana, 'Resolve', card);
    await dana.fill(resolution);
    await world.workspace.faults.set({ errorBefore: { remaining: 1, method: 'chat.update' } });
    const redrawn = redrawing(card);
    await dana.submit();
    await tom.press('Acknowledge', { in: card });
    await toldPrivately(tom, `${ref} was resolved by ${mention(dana)}`);
    await redrawn;
    const stored = await records.of(ref);
    expect(types(stored)).toEqual(['filed', 'routed', 'resolved']);
    expect(cardOf(world, stored).content).toContain('Coaching given');
  });
});

describe('the thread under the card', () => {
  it('a reply becomes a note; its edit and its deletion follow', async () => {
    const { ref, card } = await filed();
    const noted = redrawing(card);
    const reply = await dana.say('On my way <b> & "so on"', 'am-west', card);
    await noted;
    expect((await records.of(ref)).notes).toMatchObject([
      { id: reply.ts, by: dana.id, text: 'On my way <b> & "so on"', edited: false },
    ]);
    expect(cardOf(world, await records.of(ref)).content).toContain('1 note');

    const corrected = redrawing(card);
    await dana.edit(reply, 'On my way, 20 min');
    await corrected;
    expect((await records.of(ref)).notes).toMatchObject([{ id: reply.ts, text: 'On my way, 20 min', edited: true }]);

    const taken = redrawing(card);
    await dana.delete(reply);
    await taken;
    const stored = await records.of(ref);
    expect(stored.notes).toEqual([]);
    expect(cardOf(world, stored).content).not.toMatch(/\d notes?/);
    expect(types(stored)).toEqual(['filed', 'routed', 'note_added', 'note_edited', 'note_deleted']);
    expect(lines(card).filter(({ user }) => user === world.workspace.botUserId)).toEqual([]);
  });

  it("a bystander's reply is a note, too, but keeps no promise; the bot's own lines are not notes", async () => {
    const report = await filed();
    const acknowledged = await done(dana, 'Acknowledge', report);
    const promise = acknowledged.stored.acknowledged?.nextUpdateBy;
    const byBystander = redrawing(report.card);
    await amira.say('The customer says thanks.', 'am-west', report.card);
    await byBystander;
    const bystander = await records.of(report.ref);
    expect(bystander.notes).toMatchObject([{ by: amira.id, text: 'The customer says thanks.' }]);
    expect(bystander).toMatchObject({ state: 'acknowledged', acknowledged: { nextUpdateBy: promise } });

    const byManager = redrawing(report.card);
    await dana.say('Spoke to them.', 'am-west', report.card);
    await byManager;
    expect(await records.of(report.ref)).toMatchObject({
      state: 'in_progress',
      notes: [{ by: amira.id }, { by: dana.id }],
    });
  });

  it('a message next to the thread is ignored', async () => {
    const { ref, card } = await filed();
    const other = await dana.say('Good morning.', 'am-west');
    await dana.say('And good night.', 'am-west', other);
    const noted = redrawing(card);
    await dana.say('This one.', 'am-west', card);
    await noted;
    expect((await records.of(ref)).notes.map(({ text }) => text)).toEqual(['This one.']);
  });
});

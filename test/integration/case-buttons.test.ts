import type { Actor } from '../../sandbox/workspace';
import { BUTTONS, type CardWork, RESOLUTION, startCardWork, typesOf } from '../support/card-work';
import { dmsAbout } from '../support/case-work';
import { acknowledge } from '../support/feedback';
import type { World } from '../support/world';
import { cardOf, moreOf, quotesOf, type Records } from './records';

const HOUR = 60 * 60_000;

let work: CardWork;
let world: World;
let records: Records;
let amira: Actor;
let dana: Actor;
let tom: Actor;
let ada: Actor;

beforeAll(async () => {
  work = await startCardWork();
  ({ world, records, amira, dana, tom, ada } = work);
});
afterAll(() => work.stop());

describe('what each button does', () => {
  it('Acknowledge: the promise is stored, shown and sent to the agent', async () => {
    const report = await work.filed();
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
    expect(work.lineTexts(card)).toEqual([`${report.ref} acknowledged`, `${report.ref}: next update changed`]);
    const [dm, changed, ...more] = dmsAbout(amira, report.ref);
    expect(more).toEqual([]);
    expect(changed?.content).toContain('now promises the next update by');
    expect(dm?.content).toContain('You can tell the customer: you will hear from us by');
    expect(dm?.buttons).toEqual(['Open the card']);
  });

  it('Acknowledge: a promise in the past is refused at its field', async () => {
    const report = await work.filed();
    await work.done(dana, 'Acknowledge', report);
    await work.opened(dana, 'Change next update', report.card);
    await dana.fill({ 'Next update by': new Date(+world.clock.now() - HOUR) });
    expect(await dana.submit()).toEqual({ errors: { 'Next update by': 'Choose a time in the future.' } });
    expect((await records.of(report.ref)).events.at(-1)?.type).toBe('acknowledged');
    await dana.close();
  });

  it('Add note: the note is stored, counted on the card and quoted in the thread as typed', async () => {
    const report = await work.filed();
    const note = 'Called the dispatcher.\n<!channel> *calm* & <b>clear</b>';
    const { stored, card } = await work.done(dana, 'Add note', report, { Note: note });
    expect(stored.notes).toMatchObject([{ by: dana.id, text: note, edited: false }]);
    expect(stored.state).toBe('open');
    expect(card.content).toContain('1 note');
    expect(quotesOf(work.lines(card)[0]?.blocks)).toEqual([note]);
    expect(dmsAbout(amira, report.ref)).toEqual([]);
  });

  it('Log SP contact: reached or not, and the acknowledged case is in progress', async () => {
    const report = await work.filed();
    await work.done(dana, 'Acknowledge', report);
    const missed = await work.done(dana, 'Log SP contact', report, {
      'Did you reach the SP?': 'No, not reached',
      'What was said or left': 'Voicemail left.',
    });
    expect(missed.stored).toMatchObject({
      state: 'in_progress',
      contacts: [{ reached: false, text: 'Voicemail left.' }],
    });
    const { stored, card } = await work.done(tom, 'Log SP contact', report, {
      'Did you reach the SP?': 'Yes, reached',
      'What was said or left': 'They go back tomorrow.',
    });
    expect(stored.contacts).toMatchObject([{ by: dana.id }, { by: tom.id, reached: true }]);
    expect(card.text).toContain('in progress');
    expect(card.content).toContain('SP tried 2×, reached 1×');
    expect(work.lines(card).flatMap(({ blocks }) => quotesOf(blocks))).toEqual([
      'Voicemail left.',
      'They go back tomorrow.',
    ]);
  });

  it('Resolve: needs an outcome, ends the clocks, and tells the agent what to say', async () => {
    const report = await work.filed();
    await work.opened(dana, 'Resolve', report.card);
    expect(Object.keys((await dana.submit()).errors ?? {})).toEqual(['Outcome']);
    await dana.fill(RESOLUTION);
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
    const report = await work.filed();
    await work.opened(dana, 'Reassign', report.card);
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
    await work.done(priya, 'Acknowledge', { ref: report.ref, card });
  });

  it('Reassign to a person: the card stays and shows the new owner', async () => {
    const report = await work.filed();
    const { stored, card } = await work.done(ada, 'Reassign', report, {
      'Or to this person': 'tom',
      'Summary for the new owner': 'Tom knows them.',
    });
    expect(stored).toMatchObject({ area: 'West', owner: tom.id });
    expect(card.ts).toBe(report.card.ts);
    expect(JSON.stringify(card.blocks)).toContain(`"user_id":"${tom.id}"`);
    expect(dmsAbout(tom, report.ref)).toHaveLength(1);
  });

  it('Reassign gives an unrouted case to an area', async () => {
    const report = await work.filed('NOBODY-1');
    expect(report.card.content).toContain('Unrouted:');
    const { stored, card } = await work.done(ada, 'Reassign', report, {
      'To the Area Manager of': 'West',
      'Summary for the new owner': 'A new SP of yours.',
    });
    expect(stored).toMatchObject({ area: 'West', owner: dana.id, unrouted: null });
    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
    expect(card.content).not.toContain('Unrouted:');
  });

  it('Void, then Reopen: nothing is lost and the clock restarts', async () => {
    const report = await work.filed();
    const voided = await work.done(dana, 'Void', report, { 'Why was it filed by mistake?': 'Wrong SJ.' });
    expect(voided.stored).toMatchObject({ state: 'void', clocks: [] });
    expect(voided.card.buttons).toEqual([]);
    expect(moreOf(voided.card)).toEqual(['Reopen', 'Legal hold', 'Timeline', 'Scorecard']);
    const { stored, card } = await work.done(dana, 'Reopen', report, { Reason: 'It was right.' });
    expect(stored).toMatchObject({ state: 'open', reopened: 1, clocks: [{ name: 'acknowledge' }] });
    expect(card.content).toContain('reopened 1×');
    expect(card.buttons).toEqual(BUTTONS);
    expect(typesOf(stored)).toEqual(['filed', 'routed', 'voided', 'reopened']);
    expect(work.lines(card).flatMap(({ blocks }) => quotesOf(blocks))).toEqual(['Wrong SJ.', 'It was right.']);
  });

  it('Reopen brings a resolved case back', async () => {
    const report = await work.filed();
    await work.done(dana, 'Resolve', report, RESOLUTION);
    const { stored, card } = await work.done(dana, 'Reopen', report, { Reason: 'It broke again.' });
    expect(stored).toMatchObject({ state: 'open', resolution: null, reopened: 1 });
    expect(card.content).not.toContain('Coaching given');
  });

  it("Snooze: offers times in the person's own zone, and takes the chosen one", async () => {
    const report = await work.filed();
    const window = await work.opened(dana, 'Snooze', report.card);
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
    const report = await work.filed();
    await work.opened(dana, 'Resolve', report.card);
    await dana.fill({ Outcome: 'Other' });
    expect(Object.keys((await dana.submit()).errors ?? {})).toEqual(['What the agent can tell the customer']);
    await dana.fill({ 'What the agent can tell the customer': 'The parts were under warranty.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    expect((await records.of(report.ref)).resolution).toMatchObject({ outcome: 'other' });
  });

  it('Snooze: no one is nudged until its end, then the clocks continue where they stopped', async () => {
    const report = await work.filed();
    const [before] = (await records.of(report.ref)).clocks;
    await work.opened(dana, 'Snooze', report.card);
    await dana.fill({ 'Another time': new Date(+world.clock.now() - HOUR), Reason: 'Part on order.' });
    expect(await dana.submit()).toEqual({ errors: { 'Another time': 'Choose a time in the future.' } });
    await dana.fill({ 'Another time': new Date(+world.clock.now() + 6 * HOUR) });
    expect(await dana.submit()).toEqual({ closed: true });
    await world.settled();
    const snoozed = await records.of(report.ref);
    expect(snoozed).toMatchObject({ state: 'snoozed', hold: { is: 'snoozed', reason: 'Part on order.' } });
    expect(cardOf(world, snoozed).content).toContain('Snoozed until');

    await world.pass(5 * HOUR);
    expect(typesOf(await records.of(report.ref))).toEqual(['filed', 'routed', 'snoozed']);
    await world.pass(HOUR + 60_000);
    const woken = await records.of(report.ref);
    expect(woken).toMatchObject({ state: 'open', hold: { is: 'none' } });
    expect(typesOf(woken)).toEqual(['filed', 'routed', 'snoozed', 'woken']);
    expect(+(woken.clocks[0]?.dueAt ?? 0) - +(before?.dueAt ?? 0)).toBeGreaterThan(6 * HOUR);
    const card = cardOf(world, woken);
    expect(card.content).toContain('Respond by');
    expect(work.lines(card).at(-1)?.content).toContain('the snooze is over');
  });
});

import type { Actor } from '../../sandbox/workspace';
import { BUTTONS, type CardWork, mentionOf, RESOLUTION, startCardWork, typesOf } from '../support/card-work';
import { dmsAbout } from '../support/case-work';
import { acknowledge } from '../support/feedback';
import type { World } from '../support/world';
import { cardOf, type Records } from './records';

let work: CardWork;
let world: World;
let records: Records;
let amira: Actor;
let dana: Actor;
let tom: Actor;

beforeAll(async () => {
  work = await startCardWork();
  ({ world, records, amira, dana, tom } = work);
});
afterAll(() => work.stop());

describe('who may press', () => {
  it.each([...BUTTONS.filter((button) => button !== 'Add note'), 'Reassign', 'Snooze', 'Void'])(
    'an agent who presses %s is told why not, in an ephemeral message, and nothing happens',
    async (button) => {
      const { ref, card } = await work.filed();
      await work.pressed(amira, button, card);
      await work.toldPrivately(amira, `can use ${button} on ${ref}`);
      const told = amira.ephemerals('am-west').at(-1)?.text ?? '';
      expect(told).toContain(mentionOf(dana));
      expect(told).toContain(mentionOf(tom));
      expect(told).toContain('reply in the card');
      expect(amira.modalCount).toBe(0);
      expect(typesOf(await records.of(ref))).toEqual(['filed', 'routed']);
      expect(work.lines(card)).toEqual([]);
    },
  );

  it.each(['tom', 'ada'])('the deputy and an admin may (%s)', async (name) => {
    const actor = world.workspace.as(name);
    const report = await work.filed();
    const { stored } = await work.done(actor, 'Acknowledge', report);
    expect(stored.acknowledged?.by).toBe(actor.id);
  });

  it('an agent in the channel may add a note', async () => {
    const report = await work.filed();
    const { stored } = await work.done(amira, 'Add note', report, { Note: 'The customer called again.' });
    expect(stored.notes).toMatchObject([{ by: amira.id, text: 'The customer called again.' }]);
  });
});

describe('two people at one card', () => {
  it('both acknowledge at once: one wins, the other is told who and what is possible now', async () => {
    const { ref, card } = await work.filed();
    const outcomes = await Promise.all([acknowledge(dana, card), acknowledge(tom, card)]);
    await world.settled();
    const stored = await records.of(ref);
    expect(typesOf(stored)).toEqual(['filed', 'routed', 'acknowledged']);
    const [winner, refused] = stored.acknowledged?.by === dana.id ? [dana, outcomes[1]] : [tom, outcomes[0]];
    // A press that comes after the other one has it names the winner by mention, a race that is lost by name.
    const told = refused?.content.toLowerCase().replace(mentionOf(winner).toLowerCase(), winner.name);
    expect(told).toMatch(new RegExp(`^${winner.name}\\b`));
    expect(refused?.content).toContain(` already acknowledged ${ref}. You can now:`);
    expect(outcomes.filter(({ buttons }) => buttons.includes('Change next update'))).toHaveLength(1);
    expect(dmsAbout(amira, ref)).toHaveLength(1);
    expect(work.lineTexts(card)).toEqual([`${ref} acknowledged`]);
  });

  it('a window submitted after someone else resolved the case says so, and offers what was typed as a note', async () => {
    const report = await work.filed();
    await work.opened(tom, 'Log SP contact', report.card);
    await tom.fill({ 'Did you reach the SP?': 'Yes, reached', 'What was said or left': 'Late.' });
    await work.done(dana, 'Resolve', report, RESOLUTION);
    await tom.submit();
    const offered = await tom.waitForModal(({ title }) => title === 'Add note');
    expect(offered.text).toContain(`${report.ref} was resolved by ${mentionOf(dana)}: Coaching given.`);
    // What Tom can do: disputing is for the agent who filed it.
    expect(offered.text).toContain('You can now: Reopen, Add note.');
    expect(offered.fields.Note?.value).toBe('Late.');
    expect(await tom.submit()).toEqual({ closed: true });
    const stored = await records.of(report.ref);
    expect(typesOf(stored)).toEqual(['filed', 'routed', 'resolved', 'note_added']);
    expect(stored.notes).toMatchObject([{ by: tom.id, text: 'Late.' }]);
  });

  it('a press on an outdated card is answered from the newest state', async () => {
    const { ref, card } = await work.filed();
    await work.opened(dana, 'Resolve', card);
    await dana.fill(RESOLUTION);
    await world.workspace.faults.set({ errorBefore: { remaining: 1, method: 'chat.update' } });
    const redrawn = work.redrawing(card);
    await dana.submit();
    await tom.press('Acknowledge', { in: card });
    await work.toldPrivately(tom, `${ref} was resolved by ${mentionOf(dana)}`);
    await redrawn;
    const stored = await records.of(ref);
    expect(typesOf(stored)).toEqual(['filed', 'routed', 'resolved']);
    expect(cardOf(world, stored).content).toContain('Coaching given');
  });
});

describe('the thread under the card', () => {
  it('a reply becomes a note; its edit and its deletion follow', async () => {
    const { ref, card } = await work.filed();
    const noted = work.redrawing(card);
    const reply = await dana.say('On my way <b> & "so on"', 'am-west', card);
    await noted;
    expect((await records.of(ref)).notes).toMatchObject([
      { id: reply.ts, by: dana.id, text: 'On my way <b> & "so on"', edited: false },
    ]);
    expect(cardOf(world, await records.of(ref)).content).toContain('1 note');

    const corrected = work.redrawing(card);
    await dana.edit(reply, 'On my way, 20 min');
    await corrected;
    expect((await records.of(ref)).notes).toMatchObject([{ id: reply.ts, text: 'On my way, 20 min', edited: true }]);

    const taken = work.redrawing(card);
    await dana.delete(reply);
    await taken;
    const stored = await records.of(ref);
    expect(stored.notes).toEqual([]);
    expect(cardOf(world, stored).content).not.toMatch(/\d notes?/);
    expect(typesOf(stored)).toEqual(['filed', 'routed', 'note_added', 'note_edited', 'note_deleted']);
    expect(work.lines(card).filter(({ user }) => user === world.workspace.botUserId)).toEqual([]);
  });

  it("a bystander's reply is a note, too, but keeps no promise; the bot's own lines are not notes", async () => {
    const report = await work.filed();
    const acknowledged = await work.done(dana, 'Acknowledge', report);
    const promise = acknowledged.stored.acknowledged?.nextUpdateBy;
    const byBystander = work.redrawing(report.card);
    await amira.say('The customer says thanks.', 'am-west', report.card);
    await byBystander;
    const bystander = await records.of(report.ref);
    expect(bystander.notes).toMatchObject([{ by: amira.id, text: 'The customer says thanks.' }]);
    expect(bystander).toMatchObject({ state: 'acknowledged', acknowledged: { nextUpdateBy: promise } });

    const byManager = work.redrawing(report.card);
    await dana.say('Spoke to them.', 'am-west', report.card);
    await byManager;
    expect(await records.of(report.ref)).toMatchObject({
      state: 'in_progress',
      notes: [{ by: amira.id }, { by: dana.id }],
    });
  });

  it('a message next to the thread is ignored', async () => {
    const { ref, card } = await work.filed();
    const other = await dana.say('Good morning.', 'am-west');
    await dana.say('And good night.', 'am-west', other);
    const noted = work.redrawing(card);
    await dana.say('This one.', 'am-west', card);
    await noted;
    expect((await records.of(ref)).notes.map(({ text }) => text)).toEqual(['This one.']);
  });
});

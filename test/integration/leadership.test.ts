import type { Actor, MessageReading } from '../../sandbox/workspace';
import { CLOSING_STATEMENT } from '../../src/domain/kinds/leadership/interview';
import { HOUR } from '../support/case-work';
import { fillForm } from '../support/fill-form';
import { skipPage } from '../support/reports';
import { MONDAY_9, startWorld, type World } from '../support/world';
import { openRecords, type Records, submitted } from './records';

let world: World;
let records: Records;
beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

const as = (name: string): Actor => world.workspace.as(name);
const channel = (name: string): MessageReading[] => world.workspace.messages(name);

/** Opens the form, without anything left from an earlier caller. */
async function callFrom(agent: Actor, typed = ''): Promise<void> {
  await agent.command(`/leadership ${typed}`.trim(), 'call-floor');
  await agent.waitForModal(({ title }) => title === 'Leadership concern');
}

/** Submits the last page; returns what was stored. */
async function filed(agent: Actor) {
  const { stored, confirmation } = await submitted(world, records, agent);
  return { ref: stored.ref, confirmation, stored };
}

const cardIn = (name: string, ref: string): MessageReading | undefined =>
  channel(name).find(({ content }) => content.includes(ref));

/** A Monday at this hour in Chicago, the zone for callers without an area: 9 in Los Angeles is 11 there. */
const atChicago = (hour: number) => new Date(MONDAY_9 + (hour - 11) * HOUR);

const QUARTER = 15 * 60_000;
const SUMMARY = 'Wants to cancel; was promised free panels.';

describe('a caller who agrees to wait', () => {
  it('is promised a callback, which starts its clock; the summary goes to the specialist, and to no one else', async () => {
    const ben = as('ben');
    await callFrom(ben, 'ACC100 700001');
    await ben.fill({
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': atChicago(15).toISOString(),
      'Summary for the hand-over': SUMMARY,
    });
    const { ref, stored, confirmation } = await filed(ben);
    expect(stored.clocks.find(({ name }) => name === 'callback')?.dueAt).toEqual(atChicago(15));
    expect(stored.owner).toBe(as('sam').id);
    expect(confirmation.content).toContain('you do not have to repeat it');
    expect(cardIn('leadership-desk', ref)?.content).toContain(SUMMARY);
    expect(cardIn('risk-desk', ref)).toBeUndefined();
    expect(cardIn('am-west', ref)).toBeUndefined();
  });

  /** Files a concern with the callback that its form offers; returns when that and the response are due. */
  async function offered(sj: string): Promise<{ callback: number; acknowledge: number }> {
    const ben = as('ben');
    await callFrom(ben, `ACC100 ${sj}`);
    await ben.fill({ 'Follow-up': 'Agrees to wait for a follow-up' });
    await ben.waitForModal(({ fields }) => fields['Promised callback time']?.value != null);
    await ben.fill({ 'Summary for the hand-over': SUMMARY });
    const { stored } = await filed(ben);
    const due = (clock: string) => +(stored.clocks.find(({ name }) => name === clock)?.dueAt ?? 0);
    return { callback: due('callback'), acknowledge: due('acknowledge') };
  }

  it('is offered the next quarter hour when a callback can be kept, which can be filed unchanged', async () => {
    const { callback, acknowledge } = await offered('700009');
    expect([callback % QUARTER, callback >= acknowledge - 60_000]).toEqual([0, true]);
  });

  it('is offered no quarter hour for which every Resolution Specialist has promised a callback', async () => {
    const { callback: first } = await offered('700031');
    const then: number[] = [];
    for (const sj of ['700032', '700033']) then.push((await offered(sj)).callback);
    expect(then[1]).toBeGreaterThanOrEqual(first + QUARTER);
  });

  it("is promised no time outside the area's business hours; the next one within them is named", async () => {
    const ben = as('ben');
    await callFrom(ben, 'ACC100 700002');
    await ben.fill({
      'Follow-up': 'Agrees to wait for a follow-up',
      // 9:00 in Chicago is 7:00 in Los Angeles, where West opens at 8; Ben reads it in Manila's time.
      'Promised callback time': new Date(+atChicago(9) + 24 * HOUR).toISOString(),
      'Summary for the hand-over': SUMMARY,
    });
    expect(await ben.submit()).toEqual({
      errors: {
        'Promised callback time': expect.stringMatching(/outside business hours.*Wed, Nov 4, 12:00 AM GMT\+8/),
      },
    });
    await ben.fill({ 'Promised callback time': new Date(+atChicago(10) + 24 * HOUR).toISOString() });
    await filed(ben);
  });

  it('is promised no time in the past', async () => {
    const ben = as('ben');
    await callFrom(ben, 'ACC100 700003');
    await ben.fill({
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': new Date(+world.clock.now() - HOUR).toISOString(),
      'Summary for the hand-over': SUMMARY,
    });
    expect((await ben.submit()).errors?.['Promised callback time']).toContain('already passed');
    await ben.fill({ 'Promised callback time': new Date(+world.clock.now() + HOUR / 4).toISOString() });
    expect((await ben.submit()).errors?.['Promised callback time']).toMatch(/answered by .+: promise no call before/);
    await ben.fill({ 'Promised callback time': atChicago(14).toISOString() });
    await filed(ben);
  });

  it('gives no SP and no SJ, but then a number to call back', async () => {
    const ben = as('ben');
    await callFrom(ben);
    await ben.fill({
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': atChicago(16).toISOString(),
      'Summary for the hand-over': SUMMARY,
    });
    expect(Object.keys((await ben.submit()).errors ?? {})).toEqual(['Number to call back']);
    await ben.fill({ 'Number to call back': '555 0100' });
    const { ref } = await filed(ben);
    expect(cardIn('leadership-desk', ref)?.content).toContain('555 0100');
  });
});

describe('a caller who refuses to wait', () => {
  async function refusing(sj: string): Promise<Actor> {
    const amira = as('amira');
    await callFrom(amira, `ACC100 ${sj}`);
    await amira.fill({ 'Follow-up': 'Refuses to wait' });
    await amira.waitForModal(({ text }) => text.includes('On shift now'));
    return amira;
  }
  const callAbout = (sj: string): Promise<MessageReading> =>
    world.workspace.waitFor(() =>
      channel('leadership-desk').find(({ content, buttons }) => content.includes(sj) && buttons.includes('Claim')),
    );

  it('sees who is on shift, has them pinged, and is connected with the first who claims; the others are told who', async () => {
    const amira = await refusing('700011');
    expect(amira.modal().text).toMatch(/On shift now:.*Sam Ito.*Rita Solis/i);
    await amira.press('Ping them');
    const call = await callAbout('700011');
    await amira.waitForModal(({ text }) => text.includes('No one has claimed it yet'));

    await Promise.all(['rita', 'sam'].map((name) => as(name).press('Claim', { in: call })));
    const shown = await amira.waitForModal(({ text }) => text.includes('takes the caller'));
    const [winner, other] = /Rita Solis takes/.test(shown.text) ? ['rita', 'sam'] : ['sam', 'rita'];
    const told = await as(other).waitForEphemeral(({ text }) => text.includes('is already taking this caller'));
    expect(told.text).toContain(`<@${as(winner).id}>`);
    await world.workspace.waitFor(() =>
      channel('leadership-desk').find(({ ts, buttons }) => ts === call.ts && buttons.length === 0),
    );

    await amira.fill({ 'Warm transfer to a Resolution Specialist': 'Connected', 'Summary for the hand-over': SUMMARY });
    expect(amira.modal().fields['Connected with']?.value).toBe(as(winner).id);
    await amira.waitForModal(({ text }) => text.includes(`To *the leadership channel* · <@${as(winner).id}>`));
    const { ref, stored } = await filed(amira);
    expect(stored.owner).toBe(as(winner).id);
    expect(stored.events.map(({ type }) => type)).toEqual(['filed', 'routed', 'transferred']);
    const card = cardIn('leadership-desk', ref);
    const thread = card ? world.workspace.thread('leadership-desk', card.ts) : [];
    expect(
      thread.some(({ content }) => content.includes('connected the caller with') && content.includes(SUMMARY)),
    ).toBe(true);
    await as(winner).waitForDm(({ content }) => content.includes('connected a caller with you'));
  });

  it('leaves a voicemail if no one is available, which is recorded', async () => {
    const amira = await refusing('700012');
    await amira.fill({
      'Warm transfer to a Resolution Specialist': 'Unavailable, voicemail left',
      'Summary for the hand-over': SUMMARY,
    });
    const { ref, stored } = await filed(amira);
    expect(stored.events.at(-1)).toMatchObject({ type: 'transferred', data: { connected: false, specialist: null } });
    const card = cardIn('leadership-desk', ref);
    const thread = card ? world.workspace.thread('leadership-desk', card.ts) : [];
    expect(thread.some(({ content }) => content.includes('left a voicemail'))).toBe(true);
  });

  it('causes one call however often the button is pressed, and no one outside the roles can claim it', async () => {
    const amira = await refusing('700013');
    await Promise.all([amira.press('Ping them'), amira.press('Ping them')]);
    const call = await callAbout('700013');
    await amira.waitForModal(({ text }) => text.includes('No one has claimed it yet'));
    await world.settled();
    expect(channel('leadership-desk').filter(({ content }) => content.includes('700013'))).toHaveLength(1);
    world.workspace.addMember('leadership-desk', 'tom');
    await as('tom').press('Claim', { in: call });
    await as('tom').waitForEphemeral(({ text }) => text.includes('Only a Resolution Specialist'));
    expect(channel('leadership-desk').find(({ ts }) => ts === call.ts)?.buttons).toEqual(['Claim']);

    await amira.close();
    await as('sam').press('Claim', { in: call });
    await amira.waitForDm(({ text }) => text.includes('is taking your caller'));
    await callFrom(amira);
    expect(amira.modal().text).toMatch(/Sam Ito takes the caller/i);
    await amira.press('Discard');
    await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    await amira.close();
  });

  it('asks the specialists once if Slack’s answer to that is lost', async () => {
    const amira = await refusing('700014');
    await world.workspace.faults.set({ lostReply: { remaining: 1, method: 'chat.postMessage' } });
    await amira.press('Ping them');
    await amira.waitForModal(({ text }) => text.includes('No one has claimed it yet'));
    await world.pass(10 * 60_000);
    await world.settled();
    expect(channel('leadership-desk').filter(({ content }) => content.includes('700014'))).toHaveLength(1);
    await amira.close();
    await callFrom(amira);
    await amira.press('Discard');
    await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    await amira.close();
  });
});

describe('sensitive issues', () => {
  it('open the interview, go to the risk channel, too, and end with the statement that was read out', async () => {
    const ben = as('ben');
    await callFrom(ben, 'ACC100 700021');
    await fillForm(ben, {
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': atChicago(16).toISOString(),
      'Summary for the hand-over': SUMMARY,
      'Sensitive issues': ['Lien request', 'Fraudulent claims'],
    });
    await ben.waitForModal(({ text }) => text.includes('Page 1 of 3'));
    for (const page of [
      ['Verification', 'Concern', 'Sales representative'],
      ['Contract', 'System', 'Closing'],
    ]) {
      expect((await ben.submit()).updated?.text).toContain(page[0]);
      for (const part of page) await skipPage(ben, part, 'The caller is driving.');
    }
    expect(ben.modal().text).toContain('Page 3 of 3 · Contract and closing');
    expect(ben.modal().text).toContain(CLOSING_STATEMENT);
    const { ref, stored, confirmation } = await filed(ben);
    expect(stored.marks).toContain('sensitive');
    expect(confirmation.content).toContain(CLOSING_STATEMENT);
    expect(cardIn('leadership-desk', ref)?.content).toContain('The caller is driving.');
    expect(cardIn('risk-desk', ref)?.content).toContain('Lien request');
  });
});

describe('a promised callback that no one made', () => {
  it('is called for in the thread and by DM to the specialist when it is due, however quiet the caller is', async () => {
    const other = await startWorld();
    const ben = other.workspace.as('ben');
    await ben.command('/leadership ACC100 700031', 'call-floor');
    await ben.waitForModal();
    await ben.fill({
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': new Date(+other.clock.now() + 90 * 60_000).toISOString(),
      'Summary for the hand-over': SUMMARY,
    });
    await ben.submit();
    await other.settled();
    const calls = () =>
      other.workspace
        .as('sam')
        .dm()
        .filter(({ content }) => content.includes('promised a callback'));
    await other.pass(89 * 60_000);
    expect(calls()).toHaveLength(0);
    await other.pass(2 * 60_000);
    expect(calls()).toHaveLength(1);
    await other.stop();
  });
});

describe('who is on shift', () => {
  it('is no one at night, and never someone with a deactivated account', async () => {
    const other = await startWorld();
    const amira = other.workspace.as('amira');
    other.workspace.deactivate('rita');
    await amira.command('/leadership', 'call-floor');
    await amira.waitForModal();
    await amira.fill({ 'Follow-up': 'Refuses to wait' });
    await amira.waitForModal(({ text }) => text.includes('On shift now'));
    expect(amira.modal().text).not.toMatch(/rita/i);
    await amira.close();

    await other.pass(12 * HOUR);
    await amira.command('/leadership', 'call-floor');
    await amira.waitForModal(({ text }) => text.includes('No Resolution Specialist is on shift now'));
    expect(amira.modal().buttons).not.toContain('Ping them');
    await other.stop();
  });
});

import type { Actor } from '../../sandbox/workspace';
import { type AdminHome, adminHome, withSecondAdmin } from '../support/admin-home';
import { acknowledge } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { startWorld, type World } from '../support/world';

let world: World;
let ada: Actor;
let find: AdminHome['find'];
let goTo: AdminHome['goTo'];
let home: AdminHome['home'];
let modal: AdminHome['modal'];
let openAdmin: AdminHome['openAdmin'];
beforeAll(async () => {
  world = await startWorld();
  const admin = adminHome(world.workspace);
  ({ ada, find, goTo, home, modal, openAdmin } = admin);
  await withSecondAdmin(admin, world.workspace.ids.users.sam ?? '');
});
afterAll(() => world.stop());

/** Files SP feedback from a customer, like an agent, and returns its reference. */
async function file(sj: string, negatives: readonly string[]) {
  const amira = world.workspace.as('amira');
  await amira.command(`/sp-feedback ACC100 ${sj}`, 'call-floor');
  await modal('amira', 'SP feedback');
  await amira.fill({
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': [...negatives],
    "Details of Customer's Experience with SP": 'Nobody came.',
  });
  const filed = await submitForm(amira);
  const ref = refIn(filed);
  if (!ref) throw new Error(`Not filed: ${JSON.stringify(filed)}`);
  await world.settled();
  return { ref, text: filed.told?.content ?? '' };
}

describe('the SP directory on Home', () => {
  it('finds an SP, refuses what the import would, and warns the second of two people who change it', async () => {
    const sam = world.workspace.as('sam');
    await goTo('ada', 'SPs', 'SPs (3)', 'This area does not exist');
    await find('plumb');
    await ada.waitForHome(({ text }) => text.includes('Ace Plumbing') && !text.includes('Bolt'));
    await openAdmin('sam');
    await goTo('sam', 'SPs', 'SPs (3)');
    await sam.press('Change', { in: 'home' });
    await modal('sam', 'Change an SP');

    await ada.press('Change', { in: 'home' });
    await modal('ada', 'Change an SP');
    await ada.fill({ Email: 'no address' });
    expect((await ada.submit()).errors?.Email).toContain('is not an email address');
    await ada.fill({ Email: 'ace@example.com', Name: 'Ace & Sons' });
    expect(await ada.submit()).toEqual({ closed: true });
    await find('ace so');
    await home('ada', 'SPs found (1)', 'Ace & Sons', 'ace@example.com');

    await sam.fill({ Status: 'Inactive' });
    const told = (await sam.submit()).updated;
    expect(told?.text).toContain('Someone else changed this in the meantime');
    expect(told?.fields.Status?.value).toBe('Inactive');
    await sam.fill({ Name: 'Ace & Sons' });
    expect(await sam.submit()).toEqual({ closed: true });
    await home('sam', 'inactive');

    await ada.press('Add an SP', { in: 'home' });
    await modal('ada', 'Add an SP');
    await ada.fill({ 'Account number': 'acc100', Name: 'Twin', Area: 'West' });
    expect((await ada.submit()).errors?.['Account number']).toContain('There is an SP ACC100 already');
    await ada.fill({ 'Account number': 'acc\u200B101' });
    expect(await ada.submit()).toEqual({ closed: true });
    await find('ACC1');
    await home('ada', 'SPs found (2)', 'ACC101', 'Twin');
    await goTo('ada', 'Admin history', '*SP ACC101*: added', '*SP ACC100*: name Ace Plumbing → Ace &amp; Sons');
  });
});

describe('the answer options on Home', () => {
  it('are offered at once, renamed permanently, and keep their label on old cards once retired', async () => {
    await goTo('ada', 'Answer options', 'Missed appointment', 'counts as MISSED APPT');
    await ada.press('Add an option', { in: 'home' });
    await modal('ada', 'Add an option');
    await ada.fill({ Label: 'missed appointment' });
    expect((await ada.submit()).errors?.Label).toContain('already in this list');
    await ada.fill({ Label: 'Left the gate open', 'Exception code': 'PROCESS' });
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', 'Left the gate open');

    const { ref } = await file('440001', ['Left the gate open', 'Missed appointment']);
    const card = await world.workspace.as('dana').waitForMessage('am-west', ({ text }) => text.includes(ref));
    expect(card.content).toContain('Left the gate open');
    expect(card.content).toContain('PROCESS');

    // The first row is the missed appointment.
    await ada.choose('Rename', { in: 'home' });
    await modal('ada', 'Rename an option');
    await ada.fill({ Label: 'Did not come' });
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', 'Did not come');
    await ada.choose('Retire', { in: 'home' });
    await modal('ada', 'Retire an option');
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', '~Did not come~');

    const amira = world.workspace.as('amira');
    await amira.command('/sp-feedback ACC100 440002', 'call-floor');
    await modal('amira', 'SP feedback');
    await amira.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    await expect(amira.fill({ 'Negative Customer Feedback': ['Did not come'] })).rejects.toThrow();
    await amira.close();

    const dana = world.workspace.as('dana');
    await acknowledge(dana, card);
    await world.settled();
    const later = await dana.waitForMessage(
      'am-west',
      ({ ts, content }) => ts === card.ts && content.includes('Did not come'),
    );
    expect(later.content).toContain('MISSED APPT');

    await goTo('ada', 'Admin history', 'retired “Did not come”', 'renamed “Missed appointment” to “Did not come”');
  });
});

describe('the closing texts on Home', () => {
  it('are previewed before they are saved, and read out from then on', async () => {
    await goTo('ada', 'Closing texts', 'standard text', 'This is now with the manager responsible');
    await ada.press('Change', { in: 'home' });
    await modal('ada', 'Change a closing text');
    await ada.fill({ Text: 'Thank you. We <will> call.' });
    const preview = (await ada.submit()).updated;
    expect(preview?.title).toBe('How it will look');
    expect(await ada.submit()).toEqual({ closed: true });
    await home('ada', 'changed by you');
    expect((await file('440003', ['No work done'])).text).toContain('Thank you. We <will> call.');

    await ada.choose('Back to the standard text', { in: 'home' });
    await modal('ada', 'Standard text');
    expect(await ada.submit()).toEqual({ closed: true });
    await ada.waitForHome(({ text }) => !text.includes('changed by you'));
  });
});

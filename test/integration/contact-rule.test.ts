import type { Actor } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { contactStore } from '../../src/db/contacts';
import type { ContactStore } from '../../src/services/ports/records';
import {
  attempt,
  DAY,
  escalated,
  exceptionForm,
  FIRST,
  firstAttempt,
  MINUTE,
  opened,
  passTo,
  SECOND,
  showsMoment,
} from '../support/exceptions';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let ben: Actor;
let contacts: ContactStore;
let disconnect: () => Promise<void>;
let nextSj = 700_000;
const newSj = () => String(nextSj++);

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  const connection = await connect(world.databaseUri, world.log);
  contacts = contactStore(connection);
  disconnect = () => connection.close();
  [amira, ben] = [world.workspace.as('amira'), world.workspace.as('ben')];
});
afterAll(async () => {
  await disconnect();
  await records.close();
  await world.stop();
});

/** The fault at this field when the form on screen is submitted. */
const refusedBeside = async (agent: Actor, label: string) => {
  const { errors } = await agent.submit();
  await agent.close();
  return errors?.[label];
};

describe('/sp-contact', () => {
  it('records an attempt that did not reach the SP, and says when the agent can escalate', async () => {
    const sj = newSj();
    const recorded = await attempt(amira, sj);
    const first = await firstAttempt(contacts, sj);
    expect(first).toMatchObject({ by: amira.id, reached: false, resolved: false, outcome: null });
    expect(first).toMatchObject({ voicemail: true, noteOnJob: true, publicWithEmail: false });
    expect(recorded.text).toContain('You can escalate from');
    expect(showsMoment(recorded, new Date(+first.at + DAY))).toBe(true);
    expect(recorded.buttons).toEqual(['Remind me then']);
  });

  it('reached and resolved: closed with the outcome, and there is nothing to escalate', async () => {
    const sj = newSj();
    const recorded = await attempt(amira, sj, {
      'Did you reach the SP?': 'Yes',
      Outcome: 'The SP goes back today.',
      'Is the matter resolved?': 'Yes',
    });
    expect(recorded.text).toContain('The SP goes back today.');
    expect(recorded.text).toContain('There is nothing to escalate');
    expect(recorded.buttons).toEqual([]);
    await exceptionForm(amira, sj);
    expect(await refusedBeside(amira, 'SJ Number')).toContain('nothing to escalate');
  });

  it('reached and not resolved: the count begins', async () => {
    const sj = newSj();
    const recorded = await attempt(amira, sj, {
      'Did you reach the SP?': 'Yes',
      Outcome: 'Will call back.',
      'Is the matter resolved?': 'No',
    });
    expect(recorded.text).toContain('You can escalate from');
    expect(await firstAttempt(contacts, sj)).toMatchObject({
      reached: true,
      resolved: false,
      outcome: 'Will call back.',
    });
  });

  it('an invalid SJ number is refused at its field, and nothing is stored', async () => {
    await opened(amira, '/sp-contact 12', 'SP contact');
    await amira.fill(FIRST);
    expect((await amira.submit()).errors?.['SJ Number']).toContain('5 to 12 digits');
    await amira.close();
    expect(await contacts.ofSj('12')).toEqual([]);
  });

  it('changing the answer to "not reached" asks for the other details instead of the outcome', async () => {
    await opened(amira, `/sp-contact ${newSj()}`, 'SP contact');
    const yes = await amira.fill({ 'Did you reach the SP?': 'Yes', Outcome: 'Something' });
    expect(yes.labels).toContain('Outcome');
    const no = await amira.fill({ 'Did you reach the SP?': 'No', 'What did you leave?': ['Voicemail left'] });
    expect(no.labels).not.toContain('Outcome');
    await amira.close();
  });

  it('masks a card number in the outcome before it is stored', async () => {
    const sj = newSj();
    await attempt(amira, sj, {
      'Did you reach the SP?': 'Yes',
      Outcome: 'Asked for card 4111 1111 1111 1111.',
      'Is the matter resolved?': 'No',
    });
    expect((await firstAttempt(contacts, sj)).outcome).not.toContain('4111 1111');
  });

  it('a repeated submission is one attempt, which keeps its time', async () => {
    const sj = newSj();
    const record = {
      sj,
      by: amira.id,
      at: world.clock.now(),
      reached: false,
      resolved: false,
      outcome: null,
      voicemail: true,
      noteOnJob: false,
      publicWithEmail: false,
    };
    await contacts.add('V0SAME', record);
    await contacts.add('V0SAME', { ...record, at: new Date(+record.at + MINUTE), voicemail: false });
    expect(await contacts.ofSj(sj)).toEqual([record]);
  });
});

describe('the 24 hours', () => {
  it('without any attempt nothing opens, whatever the reason', async () => {
    const form = await exceptionForm(amira, newSj());
    expect(form.text).toContain('No contact attempt is recorded');
    expect(form.labels).not.toContain('Reason for opening it now');
    expect(await refusedBeside(amira, 'SJ Number')).toContain('Contact the SP first');
  });

  it('attempts are recorded from the form, which returns with everything typed and their state, and is filed', async () => {
    const sj = newSj();
    const form = await exceptionForm(amira, sj);
    const recordThere = async (entries: typeof FIRST, said: string) => {
      await amira.press('Record an attempt');
      const window = await amira.waitForModal(({ title }) => title === 'SP contact');
      expect(window.fields['SJ Number']?.value).toBe(sj);
      await amira.fill(entries);
      expect((await amira.submit()).errors).toBeUndefined();
      const back = await amira.waitForModal(({ id, text }) => id === form.id && text.includes(said));
      expect(back.fields.Details?.value).toBe('Nobody came and nobody called.');
      return back;
    };
    const first = await recordThere(FIRST, 'You can escalate from');
    expect(first.text).not.toContain('No contact attempt is recorded');
    expect(first.labels).toContain('Reason for opening it now');

    await world.pass(DAY + MINUTE);
    await amira.fill({ 'Exception code': 'NO WORK' });
    await amira.waitForModal(({ text }) => text.includes('Now record the second'));
    const short = await recordThere(FIRST, 'does not count as the second one');
    expect(short.text).toContain('the Public with Email note is missing');
    const both = await recordThere(SECOND, 'You can escalate now');
    expect(both.labels).not.toContain('Reason for opening it now');
    expect((await escalated(world, records, amira)).stored.contacts).toHaveLength(2);
  });

  it('a question that is new since the form was drawn comes with its fault, and nothing typed is lost', async () => {
    const sj = newSj();
    await exceptionForm(amira, sj);
    await attempt(ben, sj);
    const { updated } = await amira.submit();
    expect(updated?.labels).toContain('Reason for opening it now');
    expect(updated?.fields.Details?.value).toBe('Nobody came and nobody called.');
    await amira.close();
  });

  it('one minute before, the form says when it opens and asks for a reason; at that time it asks for the second attempt', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    const opensAt = new Date(+(await firstAttempt(contacts, sj)).at + DAY);
    await passTo(world, new Date(+opensAt - MINUTE));
    await exceptionForm(ben, sj);
    const early = await ben.waitForModal(({ labels }) => labels.includes('Reason for opening it now'));
    expect(early.text).toContain('You can escalate from');
    expect(showsMoment(early, opensAt)).toBe(true);
    expect(Object.keys((await ben.submit()).errors ?? {})).toEqual(['Reason for opening it now']);
    await ben.close();

    await passTo(world, opensAt);
    const open = await exceptionForm(ben, sj);
    expect(open.text).toContain('24 hours have passed');
    await ben.close();
    await attempt(ben, sj, SECOND);
    await exceptionForm(ben, sj);
    const { stored } = await escalated(world, records, ben);
    expect(stored.marks).toEqual([]);
    expect(stored.contacts.map(({ by }) => by)).toEqual([amira.id, ben.id]);
  });

  it('a second attempt a minute too early does not count', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    const opensAt = new Date(+(await firstAttempt(contacts, sj)).at + DAY);
    await passTo(world, new Date(+opensAt - MINUTE));
    const recorded = await attempt(amira, sj, SECOND);
    expect(showsMoment(recorded, opensAt)).toBe(true);
    await passTo(world, opensAt);
    const form = await exceptionForm(amira, sj);
    expect(form.text).toContain('Now record the second');
    await amira.close();
  });

  it('a second attempt without the Public with Email note does not count', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    await world.pass(DAY + MINUTE);
    const recorded = await attempt(amira, sj, FIRST);
    expect(recorded.text).toContain('it does not count');
    expect(recorded.text).toContain('the Public with Email note is missing');
    expect((await attempt(amira, sj, SECOND)).text).toContain('You can escalate now');
  });

  it("the form's earlier display is not trusted: the attempts are looked up again at submission", async () => {
    const sj = newSj();
    await attempt(amira, sj);
    await exceptionForm(amira, sj, { 'Reason for opening it now': 'The customer waits outside.' });
    await attempt(ben, sj, { 'Did you reach the SP?': 'Yes', Outcome: 'Done now.', 'Is the matter resolved?': 'Yes' });
    expect(await refusedBeside(amira, 'SJ Number')).toContain('nothing to escalate');
  });

  it.each([
    ['when clocks go forward', '2027-03-13T18:00:00Z'],
    ['when clocks go back', '2027-11-06T17:00:00Z'],
  ])('24 hours are 24 hours %s', async (_name, noonTheDayBefore) => {
    const sj = newSj();
    await passTo(world, noonTheDayBefore);
    await attempt(amira, sj);
    const { at } = await firstAttempt(contacts, sj);
    await passTo(world, new Date(+at + DAY - MINUTE));
    await exceptionForm(amira, sj);
    await amira.waitForModal(({ labels }) => labels.includes('Reason for opening it now'));
    await amira.close();
    await passTo(world, new Date(+at + DAY));
    await attempt(amira, sj, SECOND);
    await exceptionForm(amira, sj);
    expect((await escalated(world, records, amira)).stored.marks).toEqual([]);
  });

  it('an override needs a reason, and is marked on the case and on the card', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    await exceptionForm(amira, sj, { 'Reason for opening it now': 'The customer leaves for surgery tomorrow.' });
    const { stored, card } = await escalated(world, records, amira);
    expect(stored.marks).toEqual(['contact_override']);
    expect(card.content).toContain('Contact rule overridden:');
    expect(card.content).toContain('The customer leaves for surgery tomorrow.');
    expect(card.content).toContain('Attempt 1:');
    expect(card.content).not.toContain('Attempt 2:');
  });

  it.each(['COACH', 'GREAT SVC'])('%s needs no attempt', async (code) => {
    const form = await exceptionForm(amira, newSj(), { 'Exception code': code });
    expect(form.text).not.toContain('contact attempt is recorded');
    expect(form.labels).not.toContain('Has the customer called back');
    const { stored } = await escalated(world, records, amira);
    expect(stored).toMatchObject({ state: 'in_review', codes: [code], contacts: [], marks: [] });
  });
});

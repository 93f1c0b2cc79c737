import type { Actor } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { contactStore } from '../../src/db/contacts';
import { letterStore } from '../../src/db/letters';
import type { Letter } from '../../src/domain/letters';
import type { LetterStore } from '../../src/services/ports/letters';
import type { ContactStore } from '../../src/services/ports/records';
import {
  attempt,
  DAY,
  escalated,
  exceptionForm,
  FIRST,
  firstAttempt,
  HOUR,
  MINUTE,
  opened,
  passTo,
  showsMoment,
} from '../support/exceptions';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let ben: Actor;
let contacts: ContactStore;
let letters: LetterStore;
/** Makes a letter look as if its instance had died between sending and marking it. */
let unmark: (letter: Omit<Letter, 'claims'>) => Promise<unknown>;
let disconnect: () => Promise<void>;
let nextSj = 700_000;
const newSj = () => String(nextSj++);

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  const connection = await connect(world.databaseUri, world.log);
  contacts = contactStore(connection);
  letters = letterStore(connection);
  unmark = (letter) =>
    connection
      .collection<{ _id: string }>('letters')
      .updateOne({ _id: letter.id }, { $set: { dueAt: letter.at, content: letter.content } });
  disconnect = () => connection.close();
  [amira, ben] = [world.workspace.as('amira'), world.workspace.as('ben')];
});
afterAll(async () => {
  await disconnect();
  await records.close();
  await world.stop();
});

describe('"Remind me then"', () => {
  const remindersFor = (agent: Actor, sj: string) =>
    agent.dm().filter(({ text }) => text === `You can escalate SJ ${sj} now`);
  const reminderAt = (at: Date, sj: string): Omit<Letter, 'claims'> => ({
    id: `reminder:${amira.id}:${sj}:${+at}`,
    to: amira.id,
    about: `reminder:${amira.id}:${sj}`,
    content: { type: 'reminder', sp: 'ACC100', sj },
    at,
  });

  it('is promised in the form, and one DM comes at that time, with two instances and every job run twice', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    const opensAt = new Date(+(await firstAttempt(contacts, sj)).at + DAY);
    await exceptionForm(amira, sj);
    await amira.press('Remind me then');
    const said = await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    expect(showsMoment(said, opensAt)).toBe(true);
    expect(said.buttons).not.toContain('Remind me then');
    expect(said.fields.Details?.value).toBe('Nobody came and nobody called.');
    const redrawn = await amira.fill({ 'Exception code': 'NO WORK' });
    expect(redrawn.buttons).not.toContain('Remind me then');
    await amira.close();

    await passTo(world, new Date(+opensAt - MINUTE));
    expect(remindersFor(amira, sj)).toEqual([]);
    const second = await world.another();
    world.clock.advance(MINUTE);
    await Promise.all([world.app.runJobs(), second.runJobs(), world.app.runJobs(), second.runJobs()]);
    await world.halt(second);
    await world.pass(DAY);
    const [dm, ...more] = remindersFor(amira, sj);
    expect(more).toEqual([]);
    expect(dm?.buttons).toEqual(['Record an attempt', 'Escalate now']);
    if (!dm) throw new Error('No reminder came.');
    await amira.press('Escalate now', { in: dm });
    const form = await amira.waitForModal(({ title }) => title === 'Exception');
    expect(form.fields['SP Account Number']?.value).toBe('ACC100');
    expect(form.fields['SJ Number']?.value).toBe(sj);
    await amira.close();
  });

  it('is about the count that runs: after the SP resolved the job and it came up again, the 24 hours start anew', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    const opensAt = +(await firstAttempt(contacts, sj)).at + DAY;
    await exceptionForm(amira, sj);
    await amira.press('Remind me then');
    await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    await amira.close();
    await world.pass(HOUR);
    await attempt(ben, sj, {
      'Did you reach the SP?': 'Yes',
      Outcome: 'Will be there today.',
      'Is the matter resolved?': 'Yes',
    });
    await world.pass(4 * HOUR);
    const said = await attempt(amira, sj);
    const again = +((await contacts.ofSj(sj)).at(-1)?.at ?? 0) + DAY;
    expect(said.text).not.toContain('You get a DM');
    expect(said.buttons).toContain('Remind me then');
    await exceptionForm(amira, sj);
    await amira.press('Remind me then');
    const promised = await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    expect(showsMoment(promised, new Date(again))).toBe(true);
    await amira.close();
    await passTo(world, new Date(opensAt + HOUR));
    expect(remindersFor(amira, sj)).toEqual([]);
    await passTo(world, new Date(again + MINUTE));
    expect(remindersFor(amira, sj)).toHaveLength(1);
  });

  it('pressed twice, it is one DM', async () => {
    const sj = newSj();
    await opened(amira, `/sp-contact ${sj}`, 'SP contact');
    await amira.fill(FIRST);
    await amira.submit();
    await Promise.all([amira.press('Remind me then'), amira.press('Remind me then')]);
    await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    await amira.close();
    await world.pass(DAY + MINUTE);
    expect(remindersFor(amira, sj)).toHaveLength(1);
  });

  it.each([
    [
      'the SP resolved it meanwhile',
      async (sj: string) => {
        const entries = { 'Did you reach the SP?': 'Yes', Outcome: 'Done.', 'Is the matter resolved?': 'Yes' };
        await attempt(ben, sj, entries);
      },
    ],
    [
      'the agent escalated before, with a reason',
      async (sj: string) => {
        await exceptionForm(amira, sj, { 'Reason for opening it now': 'A leak.' });
        await escalated(world, records, amira);
      },
    ],
  ])('none comes when %s', async (_name, meanwhile) => {
    const sj = newSj();
    await opened(amira, `/sp-contact ${sj}`, 'SP contact');
    await amira.fill(FIRST);
    await amira.submit();
    await amira.press('Remind me then');
    await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    await amira.close();
    await meanwhile(sj);
    await world.pass(DAY + MINUTE);
    expect(remindersFor(amira, sj)).toEqual([]);
  });

  it('comes when asked for again, after the one before was dropped with an early escalation', async () => {
    const sj = newSj();
    await attempt(amira, sj);
    await exceptionForm(amira, sj, { 'Reason for opening it now': 'A leak.' });
    await amira.press('Remind me then');
    await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    await escalated(world, records, amira);
    await exceptionForm(amira, sj);
    await amira.press('Remind me then');
    await amira.waitForModal(({ text }) => text.includes('You get a DM'));
    await amira.close();
    await world.pass(DAY + MINUTE);
    expect(remindersFor(amira, sj)).toHaveLength(1);
  });

  it('of an instance that died while sending comes from another one, once', async () => {
    const sj = newSj();
    const letter = reminderAt(new Date(+world.clock.now() + HOUR), sj);
    await letters.put(letter);
    world.clock.advance(HOUR + MINUTE);
    const due = (await letters.due(world.clock.now(), 100)).find(({ id }) => id === letter.id);
    if (!due) throw new Error('Nothing is due.');
    expect(await letters.claim(due, new Date(+world.clock.now() + 2 * MINUTE))).toBe(true);
    expect(await letters.claim(due, new Date(+world.clock.now() + 2 * MINUTE))).toBe(false);
    await world.pass(MINUTE);
    expect(remindersFor(amira, sj)).toEqual([]);
    await world.pass(2 * MINUTE);
    await world.pass(10 * MINUTE);
    expect(remindersFor(amira, sj)).toHaveLength(1);
  });

  it('that arrived before its instance died is not sent again', async () => {
    const sj = newSj();
    const letter = reminderAt(new Date(+world.clock.now() + HOUR), sj);
    await letters.put(letter);
    await world.pass(HOUR + MINUTE);
    expect(remindersFor(amira, sj)).toHaveLength(1);
    await unmark(letter);
    await world.pass(MINUTE);
    expect(remindersFor(amira, sj)).toHaveLength(1);
    expect(await letters.pending(letter.about ?? '')).toBeNull();
  });
});

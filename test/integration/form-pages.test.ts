import type { Actor, ViewReading } from '../../sandbox/workspace';
import { refIn, submitForm } from '../support/filed';
import { fillForm } from '../support/fill-form';
import { skipPage } from '../support/reports';
import { MONDAY_9, startWorld, type World } from '../support/world';
import { cardOf, openRecords, type Records } from './records';

const HOUR = 60 * 60_000;
const AFTERNOON = new Date(MONDAY_9 + 5 * HOUR).toISOString();

let world: World;
let records: Records;
beforeAll(async () => {
  world = await startWorld({ agents: 9 });
  records = await openRecords(world);
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

/** A form of several pages with its first page filled in; each test has its own agent. */
async function sensitive(agent: Actor, sj: string, issues: readonly string[] = ['Slander']): Promise<ViewReading> {
  await agent.command(`/leadership ACC100 ${sj}`, 'call-floor');
  await agent.waitForModal();
  await fillForm(agent, {
    'Follow-up': 'Agrees to wait for a follow-up',
    'Promised callback time': AFTERNOON,
    'Summary for the hand-over': 'Told the whole story.',
    'Sensitive issues': issues,
  });
  return agent.waitForModal(({ text }) => text.includes('Page 1 of 3'));
}

const agent = (number: number): Actor => world.workspace.as(`agent${number}`);

/** The parts of the interview, by the page that asks them. */
const [CUSTOMER, AGREEMENT] = [
  ['Verification', 'Concern', 'Sales representative'],
  ['Contract', 'System', 'Closing'],
];
const IDENTITY = 'Can you confirm your name and address for me?';
const FRAUD = 'Are you telling us that this was fraud?';

/** Skips parts of the page, with a reason each, and continues. */
async function skip(person: Actor, parts: readonly string[]): Promise<ViewReading> {
  for (const part of parts) await skipPage(person, part, 'No time.');
  const { updated } = await person.submit();
  if (!updated) throw new Error(`${parts.join(', ')} were not left.`);
  return updated;
}

describe('a form of several pages', () => {
  it('is one page while nothing needs more, and shows its progress once something does', async () => {
    const amira = agent(1);
    await amira.command('/leadership ACC100 710001', 'call-floor');
    const first = await amira.waitForModal();
    expect(first.text).not.toContain('Page 1');
    expect(first.submitLabel).toBe('Submit');
    await amira.close();
    const paged = await sensitive(amira, '710001');
    expect(paged.text).toContain('Page 1 of 3 · The caller');
    expect(paged.submitLabel).toBe('Next');
    expect(paged.buttons.filter((button) => button.startsWith('←'))).toEqual([]);
  });

  it('validates each page before the next one is shown, with the fault at its question', async () => {
    const amira = agent(2);
    await sensitive(amira, '710002');
    await amira.fill({ 'Promised callback time': new Date(MONDAY_9 - HOUR).toISOString() });
    expect((await amira.submit()).errors?.['Promised callback time']).toContain('already passed');
    await amira.fill({ 'Promised callback time': AFTERNOON });
    expect((await amira.submit()).updated?.text).toContain('Page 2 of 3 · Customer and sale');
    expect(amira.modal().fields[IDENTITY]?.optional).toBe(false);
    expect(Object.keys((await amira.submit()).errors ?? {})).toContain(IDENTITY);
  });

  it('goes back with the answers on either page, even if that page is not complete', async () => {
    const amira = agent(3);
    await sensitive(amira, '710003');
    await amira.submit();
    await amira.fill({ [IDENTITY]: 'Yes' });
    await amira.press('← Back to The caller');
    const back = await amira.waitForModal(({ text }) => text.includes('Page 1 of 3'));
    expect(back.fields['Summary for the hand-over']?.value).toBe('Told the whole story.');
    expect(back.fields['SJ Number']?.value).toBe('710003');
    const again = await amira.submit();
    expect(again.updated?.fields[IDENTITY]?.value).toBe('Yes');
    expect(again.updated?.labels).toContain('Which e-mail address do we have on file for you?');
  });

  it('loses the pages that an earlier answer opened if it is changed', async () => {
    const amira = agent(4);
    await sensitive(amira, '710004');
    await amira.submit();
    await skip(amira, CUSTOMER);
    await amira.press('← Back to Customer and sale');
    await amira.waitForModal(({ text }) => text.includes('Page 2 of 3'));
    await amira.press('← Back to The caller');
    await amira.waitForModal(({ text }) => text.includes('Page 1 of 3'));
    await amira.fill({ 'Sensitive issues': [] });
    const only = await amira.waitForModal(({ submitLabel }) => submitLabel === 'Submit');
    expect(only.text).not.toContain('Page 1');
    const stored = await records.of(refIn(await submitForm(amira)));
    expect(Object.keys(stored.answers)).not.toContain('skip_verification');
    expect(stored.marks).not.toContain('sensitive');
  });

  it('is closed on page 2 and continues there, with every page before it', async () => {
    const amira = agent(5);
    await sensitive(amira, '710005');
    await amira.submit();
    await amira.fill({ [IDENTITY]: 'Yes' });
    await amira.fill({ 'Which e-mail address do we have on file for you?': "The customer's own" });
    await amira.fill({ [FRAUD]: 'No' });
    await amira.close();

    await amira.command('/leadership', 'call-floor');
    const again = await amira.waitForModal(({ text }) => text.includes('Page 2 of 3 · Customer and sale'));
    expect(again.text).toContain('Continue your draft from');
    expect(again.fields[FRAUD]?.value).toBe('No');
    expect((await skip(amira, ['Concern', 'Sales representative'])).submitLabel).toBe('Submit');
    for (const part of AGREEMENT) await skipPage(amira, part, 'The caller hung up.');
    const stored = await records.of(refIn(await submitForm(amira)));
    expect(stored.answers).toMatchObject({
      sj: '710005',
      handover: 'Told the whole story.',
      identity_verified: 'yes',
      email_on_file: 'same',
      claiming_fraud: 'no',
      skip_concern: 'No time.',
      skip_closing: 'The caller hung up.',
    });
  });

  it('says at the end what was masked on any of its pages', async () => {
    const amira = agent(8);
    await sensitive(amira, '710008');
    await amira.fill({ 'Summary for the hand-over': 'They read out 4111 1111 1111 1111.' });
    await amira.submit();
    await skip(amira, CUSTOMER);
    for (const part of AGREEMENT) await skipPage(amira, part, 'Said 123-45-6789 and hung up.');
    const filed = await submitForm(amira);
    expect(filed.told?.content).toContain('A card number and a social security number were masked');
    const stored = await records.of(refIn(filed));
    expect(stored.answers.handover).toBe('They read out •••• •••• •••• 1111.');
    await world.settled();
    // One line for each part; what is owed is there once, first on the card.
    const { content } = cardOf(world, await records.of(stored.ref));
    expect(content).toContain('Verification: skipped, No time.');
    expect(content.split('Respond by')).toHaveLength(2);
    expect(content.indexOf('Respond by')).toBeLessThan(content.indexOf('Verification: skipped'));
  });

  it('leads back to the page of a fault found only at the end', async () => {
    const amira = agent(6);
    await sensitive(amira, '710006');
    await amira.submit();
    await skip(amira, CUSTOMER);
    for (const part of AGREEMENT) await skipPage(amira, part, 'Done.');
    world.workspace.clock.advance(6 * HOUR);
    const { updated } = await amira.submit();
    expect(updated?.text).toContain('Page 1 of 3 · The caller');
    expect(updated?.text).toContain('already passed');
    expect(updated?.fields['Summary for the hand-over']?.value).toBe('Told the whole story.');
  });

  it('stores nothing of its earlier pages in the window itself', async () => {
    const amira = agent(7);
    await amira.command('/leadership', 'call-floor');
    await amira.waitForModal();
    await fillForm(amira, {
      'Follow-up': 'Refuses to wait',
      'Warm transfer to a Resolution Specialist': 'Unavailable, voicemail left',
      'Summary for the hand-over': 'A long story.'.repeat(200),
      'Sensitive issues': ['Slander'],
    });
    await amira.waitForModal(({ text }) => text.includes('Page 1 of 3'));
    const { updated } = await amira.submit();
    expect(updated?.text).toContain('Page 2 of 3');
    expect(updated?.privateMetadata).not.toContain('A long story.');
    expect(updated?.privateMetadata.length).toBeLessThan(400);
  });
});

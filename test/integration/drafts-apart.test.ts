import type { Actor } from '../../sandbox/workspace';
import { DETAILS, half, opened, values } from '../support/drafts';
import { submitForm } from '../support/filed';
import { fillForm } from '../support/fill-form';
import { fileReport, skipPage } from '../support/reports';
import { MONDAY_9, startWorld, type World } from '../support/world';
import { openRecords } from './records';

describe('a report about another matter, begun next to a draft', () => {
  let world: World;
  let ben: Actor;
  beforeAll(async () => {
    world = await startWorld({ agents: 5 });
    ben = world.workspace.as('ben');
  });
  afterAll(() => world.stop());
  const agent = (number: number): Actor => world.workspace.as(`agent${number}`);

  /** Leaves a draft, then begins the same form from a message. */
  async function besides(amira: Actor, words: string) {
    await opened(amira);
    await half(amira, words);
    await amira.close();
    const message = await ben.say('The other customer is angry, too.', 'call-floor');
    await amira.shortcut('file_sp_feedback', message);
    return amira.waitForModal(({ text }) => text.includes('You have a draft from'));
  }
  const another = {
    'SP Account Number': 'ACC200',
    'SJ Number': '720055',
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': ['Missed appointment'],
  };

  it('leaves the draft as it was when it is filed', async () => {
    const amira = agent(1);
    await besides(amira, 'About the first caller.');
    await amira.fill(another);
    expect((await submitForm(amira)).told?.content).toMatch(/SPF-\d{6}/);
    expect(values(await opened(amira))).toMatchObject({
      'SP Account Number': 'ACC100',
      'SJ Number': '720001',
      [DETAILS]: 'About the first caller.',
    });
  });

  it('stays when the draft that Home shows is discarded there', async () => {
    const amira = agent(5);
    await opened(amira);
    await half(amira, 'About the first caller.');
    await amira.close();
    await amira.openHome();
    await amira.waitForHome(({ text }) => text.includes('Continue a draft') && text.includes('720001'));
    const message = await ben.say('The other customer is angry, too.', 'call-floor');
    await amira.shortcut('file_sp_feedback', message);
    await amira.waitForModal(({ text }) => text.includes('You have a draft from'));
    await amira.fill(another);
    await amira.press('Discard', { in: 'home' });
    await amira.close();
    await amira.waitForHome(({ text }) => text.includes('720055'));
    expect(values(await opened(amira))).toMatchObject({ 'SJ Number': '720055' });
    expect((await submitForm(amira)).told?.content).toMatch(/SPF-\d{6}/);
    expect((await opened(amira)).text).not.toContain('Continue your draft');
  });

  it('is a draft of its own when it is closed, and the other one comes after it', async () => {
    const amira = agent(2);
    await besides(amira, 'About the first caller.');
    await amira.fill(another);
    await amira.close();
    expect(values(await opened(amira))).toMatchObject({
      'SP Account Number': 'ACC200',
      'SJ Number': '720055',
      [DETAILS]: 'The other customer is angry, too.',
    });
    expect((await submitForm(amira)).told?.content).toMatch(/SPF-\d{6}/);
    expect(values(await opened(amira))).toMatchObject({
      'SP Account Number': 'ACC100',
      'SJ Number': '720001',
      [DETAILS]: 'About the first caller.',
    });
  });
});

it('an interview begun next to a draft has all its pages', async () => {
  const world = await startWorld();
  const records = await openRecords(world);
  const amira = world.workspace.as('amira');
  const summary = 'Summary for the hand-over';
  await opened(amira, 'ACC100 720061', 'leadership');
  await amira.fill({ [summary]: 'The first caller.' });
  await amira.close();
  // No SP goes by that name, so it may be about another call.
  await opened(amira, 'Nobody Plumbing 720062', 'leadership');
  await amira.waitForModal(({ buttons }) => buttons.includes('Restore'));
  await fillForm(amira, {
    'SP Account Number': 'ACC200',
    'Follow-up': 'Agrees to wait for a follow-up',
    'Promised callback time': new Date(MONDAY_9 + 5 * 60 * 60_000).toISOString(),
    [summary]: 'The second caller.',
    'Sensitive issues': ['Slander'],
  });
  for (const page of [
    ['Verification', 'Concern', 'Sales representative'],
    ['Contract', 'System', 'Closing'],
  ]) {
    await amira.submit();
    for (const part of page) await skipPage(amira, part, 'No time.');
  }
  const { answers } = await fileReport(world, records, amira);
  expect(answers).toMatchObject({ sp_account: 'ACC200', sj: '720062', handover: 'The second caller.' });
  expect((await opened(amira, '', 'leadership')).fields[summary]?.value).toBe('The first caller.');
  await records.close();
  await world.stop();
});

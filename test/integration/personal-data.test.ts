import { type CaseWork, startCaseWork } from '../support/case-work';
import { quotesOf } from './records';

const CARD = '4111 1111 1111 1111';
const SSN = '123-45-6789';
const MASKED_CARD = '•••• •••• •••• 1111';
const MASKED_SSN = '•••-••-6789';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

/** Neither number is anywhere in the stored case or its history. */
const expectNoTrace = (stored: unknown) => {
  const text = JSON.stringify(stored);
  expect(text).not.toContain(CARD);
  expect(text).not.toContain(SSN);
};

describe('card numbers and SSNs are masked before storing', () => {
  it('in a form, and the reporter is told', async () => {
    const { stored, card, confirmation } = await work.file(work.as('amira'), {
      details: `They read out ${CARD} and ${SSN}, phone 312-555-0142.`,
    });
    expect(stored.answers.customer_details).toBe(`They read out ${MASKED_CARD} and ${MASKED_SSN}, phone 312-555-0142.`);
    expectNoTrace(stored);
    expect(quotesOf(card.blocks)).toEqual([stored.answers.customer_details]);
    expect(confirmation.content).toContain('A card number and a social security number were masked');
    expect(confirmation.content).toContain('Please do not ask for them.');
  });

  it('shows nothing if there was nothing to mask', async () => {
    const { confirmation } = await work.file(work.as('amira'), { details: 'Call 312-555-0142.' });
    expect(confirmation.content).not.toContain('masked');
  });

  it.each([
    ['Add note', { Note: `Card ${CARD}` }, `Card ${MASKED_CARD}`],
    ['Add note', { Note: 'Card 4111, 1111, 1111, 1111' }, 'Card ••••, ••••, ••••, 1111'],
    ['Add note', { Note: 'SSN = 123456789' }, 'SSN = •••••6789'],
    [
      'Log SP contact',
      { 'Did you reach the SP?': 'Yes, reached', 'What was said or left': `Card ${CARD}` },
      `Card ${MASKED_CARD}`,
    ],
    [
      'Resolve',
      { Outcome: 'Coaching given', 'What the agent can tell the customer': `Card ${CARD}` },
      `Card ${MASKED_CARD}`,
    ],
    ['Void', { 'Why was it filed by mistake?': `SSN ${SSN}` }, `SSN ${MASKED_SSN}`],
  ])('in the window of %s', async (button, entries, kept) => {
    const dana = work.as('dana');
    const { stored, card } = await work.file(work.as('amira'));
    expect(await work.make(dana, button, card, entries)).toEqual({ closed: true });
    const { stored: later } = await work.now(stored.ref);
    expect(JSON.stringify(later)).toContain(kept);
    expectNoTrace(later);
    await dana.waitForEphemeral(({ text }) => text.includes('masked') && text.includes('Please do not ask for it.'));
    const told = work.world.workspace.thread(card.channel, card.ts);
    expectNoTrace(told);
  });

  it('in a reply in the thread, whose writer is told that Slack still shows it', async () => {
    const dana = work.as('dana');
    const { stored, card } = await work.file(work.as('amira'));
    const reply = await dana.say(`Paid with ${CARD}`, 'am-west', card);
    const told = await dana.waitForEphemeral(({ text }) => text.startsWith(`${stored.ref}: A card number was masked`));
    expect(told.text).toContain('edit or delete it there');
    expect((await work.now(stored.ref)).stored.notes).toMatchObject([{ text: `Paid with ${MASKED_CARD}` }]);

    await dana.edit(reply, `Paid with ${CARD}, they say`);
    await dana.waitForEphemeral(({ ts, text }) => ts !== told.ts && text.startsWith(`${stored.ref}: A card number`));
    const { stored: edited } = await work.now(stored.ref);
    expect(edited.notes).toMatchObject([{ text: `Paid with ${MASKED_CARD}, they say`, edited: true }]);
    expectNoTrace(edited);
  });
});

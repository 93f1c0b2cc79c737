import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { type Answers, answer, card, dialog, drawn, file, fill, openFeedback, submit } from '../support/by-hand';

const REASON = 'Reason For Feedback';
const REFUSED = { [REASON]: 'Recall Reassignment: SP Refused' };
const STORY = "Details of Customer's Experience with SP";
const INSIDE_STORY = 'Details of Internal Experience with SP';
const INTERNAL_NEGATIVE = { [REASON]: 'SP Internal Feedback: Negative' };
const HIGH_COST = 'If Has High Cost, Select All That Apply';
const refusal = (why: string): [string, Answers, string] => [
  `Recall Reassignment, SP Refused, ${why}`,
  { ...REFUSED, 'SP Refused Reason': why },
  'Recall reassignment: SP refused',
];
/** Every branch of the form: what is clicked, and what the Area Manager's card is called. */
const BRANCHES: [string, Answers, string][] = [
  [
    'Recall Reassignment, Customer Driven, no complaint',
    {
      [REASON]: 'Recall Reassignment: Customer Driven',
      'Does Customer Have a Complaint Against SP': 'No',
    },
    'Recall reassignment: customer driven',
  ],
  [
    'Recall Reassignment, Customer Driven, a complaint',
    {
      [REASON]: 'Recall Reassignment: Customer Driven',
      'Does Customer Have a Complaint Against SP': 'Yes',
      'Negative Customer Feedback': ['Missed appointment', 'No work done'],
      [STORY]: 'They never came.',
    },
    'Recall reassignment: customer complaint',
  ],
  [
    'Recall Reassignment, Account Inactive',
    { [REASON]: 'Recall Reassignment: Account Inactive' },
    'Recall reassignment: account inactive',
  ],
  refusal('Does Not Service Brand/Equipment'),
  refusal('Bad Experience with Customer'),
  refusal('Availability/Manpower'),
  refusal('Out of Network'),
  [
    'Recall Reassignment, SP Refused, Other',
    { ...REFUSED, 'SP Refused Reason': 'Other', 'Explanation of Other Refusal': 'The road is flooded.' },
    'Recall reassignment: SP refused',
  ],
  [
    'SP Feedback from Customer, Positive',
    {
      [REASON]: 'SP Feedback from Customer: Positive',
      'Positive Customer Feedback': ['On time', 'Clean work area'],
      [STORY]: 'The best visit in years.',
    },
    'Positive feedback from a customer',
  ],
  [
    'SP Feedback from Customer, Negative',
    {
      [REASON]: 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Misdiagnosis'],
      [STORY]: 'It broke again the same evening.',
    },
    'Negative feedback from a customer',
  ],
  [
    'SP Internal Feedback, Positive',
    {
      [REASON]: 'SP Internal Feedback: Positive',
      'Positive Internal Feedback': ['Fair cost'],
      [INSIDE_STORY]: 'Always picks up.',
    },
    'Positive internal feedback',
  ],
  [
    'SP Internal Feedback, Negative, with every follow-up',
    {
      ...INTERNAL_NEGATIVE,
      'Negative Internal Feedback': ['High cost', 'Poor workmanship', 'Did not follow process'],
      [HIGH_COST]: ['Duplicate invoice', 'Unnecessary repair'],
      'If Poor Workmanship, Select All That Apply': 'Wrong part',
      'If SP Did Not Follow Process, Select All That Apply': 'No call ahead',
      [INSIDE_STORY]: 'Billed twice, for the wrong part.',
    },
    'Negative internal feedback',
  ],
];

describe('the feedback form, by clicking', () => {
  let demo: Demo;
  let agent: Page;
  let manager: Page;
  beforeAll(async () => {
    demo = await startPages();
    agent = await demo.open('amira', { at: 'call-floor' });
    manager = await demo.open('dana', { at: 'am-west' });
  });
  afterAll(() => demo.stop());

  it.each(BRANCHES)('%s', async (_branch, answers, title) => {
    const sj = String(700_000 + BRANCHES.findIndex(([, each]) => each === answers));
    const ref = await file(agent, sj, answers);
    await card(manager, ref).getByRole('heading', { name: title }).waitFor();
    await drawn(manager);
    const said = await card(manager, ref).innerText();
    for (const value of Object.values(answers).flat())
      for (const part of value.split(': ')) expect(said).toContain(part);
    expect(said).toContain(sj);
  });

  it('refused with an error beside the field, it keeps what was typed; corrected, it is filed', async () => {
    await openFeedback(agent, '710001');
    await fill(agent, {
      ...INTERNAL_NEGATIVE,
      'Negative Internal Feedback': ['High cost'],
      [HIGH_COST]: 'Labor hours above guide',
      [INSIDE_STORY]: 'Two hours billed for ten minutes.',
      'SJ Number': '12',
    });
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    await dialog(agent).getByRole('alert').filter({ hasText: 'Type the SJ number: 5 to 12 digits' }).waitFor();
    expect(await dialog(agent).getByLabel(INSIDE_STORY).inputValue()).toBe('Two hours billed for ten minutes.');

    await answer(agent, 'SJ Number', '710001');
    const ref = await submit(agent);
    await card(manager, ref).getByText('Two hours billed for ten minutes.').waitFor();
  });

  it('what is missing is said beside the field before anything is sent', async () => {
    await openFeedback(agent, '710002');
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    const reason = dialog(agent).getByRole('group', { name: REASON });
    await reason.getByRole('alert').filter({ hasText: 'Please complete this required field.' }).waitFor();
    await dialog(agent).getByRole('button', { name: 'Cancel' }).click();
    await dialog(agent).waitFor({ state: 'hidden' });
  });
});

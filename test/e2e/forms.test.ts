import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { type Answers, answer, card, dialog, drawn, submit, type } from '../support/by-hand';
import { attempt, DAY, FIRST, MINUTE, SECOND } from '../support/exceptions';
import { guideCounts } from '../support/guide';

const REASON = 'Reason For Feedback';
const INSIDE_STORY = 'Details of Internal Experience with SP';
const HIGH_COST = 'If Has High Cost, Select All That Apply';

interface Click {
  /** Its row of the guide's table. */
  readonly name: string;
  readonly command: string;
  /** What was typed after the numbers; else the story is in the answers. */
  readonly story?: string;
  readonly answers: Answers;
  /** Where its card is read, and by whom, where everybody there may. */
  readonly shows?: string;
}
const FORMS: readonly Click[] = [
  {
    name: 'positive feedback',
    command: '/sp-feedback',
    story: 'the best visit in years',
    answers: { [REASON]: 'SP Feedback from Customer: Positive', 'Positive Customer Feedback': 'On time' },
    shows: 'Positive feedback from a customer',
  },
  {
    name: 'negative feedback',
    command: '/sp-feedback',
    story: 'it broke again the same evening',
    answers: { [REASON]: 'SP Feedback from Customer: Negative', 'Negative Customer Feedback': ['Misdiagnosis'] },
    shows: 'Negative feedback from a customer',
  },
  {
    name: 'recall, account inactive',
    command: '/sp-feedback',
    answers: { [REASON]: 'Recall Reassignment: Account Inactive' },
    shows: 'Recall reassignment: account inactive',
  },
  {
    name: 'internal negative feedback',
    command: '/sp-feedback',
    answers: {
      [REASON]: 'SP Internal Feedback: Negative',
      'Negative Internal Feedback': 'High cost',
      [HIGH_COST]: 'Duplicate invoice',
      [INSIDE_STORY]: 'Billed twice.',
    },
    shows: 'Negative internal feedback',
  },
  {
    name: 'high-risk report',
    command: '/high-risk',
    story: 'an open gas line was left behind',
    answers: { 'Who is at risk': 'Customer', Situation: 'Safety Issue', 'Is anyone in danger now': 'No' },
  },
  {
    name: 'exception, SP tried twice',
    command: '/escalate',
    story: 'nobody came and nobody called',
    answers: { 'Exception code': 'NCNS' },
  },
  {
    name: 'leadership, callback',
    command: '/leadership',
    answers: { 'Follow-up': 'Agrees to wait for a follow-up', 'Summary for the hand-over': 'Wants to cancel.' },
  },
  {
    name: 'provider report',
    command: '/provider-report',
    answers: {
      'Who did it': 'Customer',
      'What kind': 'Harassed',
      'What happened': 'The customer followed him to the car.',
      'Is the SP safe now': 'Yes',
    },
  },
];
const sjOf = (form: Click) => String(700_000 + FORMS.indexOf(form));

describe('the forms, by clicking', () => {
  let demo: Demo;
  let agent: Page;
  let manager: Page;
  beforeAll(async () => {
    demo = await startPages();
    const amira = demo.workspace.as('amira');
    for (const tried of FORMS.filter(({ command }) => command === '/escalate')) {
      await attempt(amira, sjOf(tried), FIRST);
      demo.workspace.clock.advance(DAY + MINUTE);
      await attempt(amira, sjOf(tried), SECOND);
    }
    agent = await demo.open('amira', { at: 'call-floor' });
    manager = await demo.open('dana', { at: 'am-west' });
  });
  afterAll(() => demo.stop());

  /** Answers a question, and says how many touches that took: one for each tick, and one to open a list. */
  async function touches(label: string, value: string | readonly string[]): Promise<number> {
    await answer(agent, label, value);
    const isList = await dialog(agent).getByRole('combobox', { name: label }).count();
    return [value].flat().length + (isList ? 1 : 0);
  }

  it.each(FORMS.map((form) => [form.name, form] as const))(
    '%s, in as many steps as the guide says',
    async (name, form) => {
      const { command, story, answers, shows } = form;
      await type(agent, `${command} SP100275 ${sjOf(form)} ${story ?? ''}`.trim());
      await dialog(agent).getByText('Area West').waitFor();
      let count = 0;
      for (const [label, value] of Object.entries(answers)) count += await touches(label, value);
      const ref = await submit(agent);
      await dialog(agent).waitFor({ state: 'hidden' });
      const said = guideCounts().get(name);
      expect(count + 1).toBe(story ? said?.story : said?.numbers);
      if (!shows) return;
      await card(manager, ref).getByRole('heading', { name: shows }).waitFor();
      await drawn(manager);
      const text = await card(manager, ref).innerText();
      for (const part of [story ?? [], Object.values(answers)].flat(2).flatMap((one) => one.split(': ')))
        expect(text).toContain(part);
    },
  );

  it('refused with an error beside the field, a form keeps what was typed; corrected, it is filed', async () => {
    await type(agent, '/sp-feedback SP100275 710001');
    await dialog(agent).getByText('Area West').waitFor();
    for (const [label, value] of [
      [REASON, 'SP Internal Feedback: Negative'],
      ['Negative Internal Feedback', 'Misdiagnosis'],
      [INSIDE_STORY, 'Two hours billed for ten minutes.'],
      ['SJ Number', '12'],
    ] as const)
      await answer(agent, label, value);
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    await dialog(agent).getByRole('alert').filter({ hasText: 'Type the SJ number: 5 to 12 digits' }).waitFor();
    expect(await dialog(agent).getByLabel(INSIDE_STORY).inputValue()).toBe('Two hours billed for ten minutes.');
    await answer(agent, 'SJ Number', '710001');
    const ref = await submit(agent);
    await card(manager, ref).getByText('Two hours billed for ten minutes.').waitFor();
  });

  it('what is missing is said beside the field before anything is sent', async () => {
    await type(agent, '/sp-feedback SP100275 710002');
    await dialog(agent).getByText('Area West').waitFor();
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    const reason = dialog(agent).getByRole('group', { name: REASON });
    await reason.getByRole('alert').filter({ hasText: 'Please complete this required field.' }).waitFor();
    await dialog(agent).getByRole('button', { name: 'Cancel' }).click();
    await dialog(agent).waitFor({ state: 'hidden' });
  });
});

import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { type Answers, answer, card, dialog, drawn, submit, type, wordsInSight } from '../support/by-hand';
import { attempt, DAY, FIRST, MINUTE, SECOND } from '../support/exceptions';
import { guideCounts } from '../support/guide';
import { until } from '../support/until';

const REASON = 'Reason For Feedback';
const STORY = "Details of Customer's Experience with SP";
const INSIDE_STORY = 'Details of Internal Experience with SP';
const CALLED_BACK = 'Has the customer called back';
const HIGH_COST = 'If Has High Cost, Select All That Apply';

interface Click {
  /** Its row of the guide's table. */
  readonly name: string;
  readonly command: string;
  readonly answers: Answers;
  /** The same as a story after the numbers, and the answers that remain. */
  readonly story?: string;
  readonly open?: readonly string[];
  /** What is still asked once the last report's choices are taken; absent: they are not offered. */
  readonly asksAgain?: readonly string[];
  /** Someone's first report of this kind offers these choices, too. */
  readonly starts?: true;
  /** Where its card is visible, and to whom, if everyone there may read it. */
  readonly shows?: string;
}
const FORMS: readonly Click[] = [
  {
    name: 'positive feedback',
    command: '/sp-feedback',
    answers: {
      [REASON]: 'SP Feedback from Customer: Positive',
      'Positive Customer Feedback': 'On time',
      [STORY]: 'On time, the best visit in years',
    },
    story: 'On time, the best visit in years',
    asksAgain: [STORY],
    starts: true,
    shows: 'Positive feedback from a customer',
  },
  {
    name: 'negative feedback',
    command: '/sp-feedback',
    answers: {
      [REASON]: 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Misdiagnosis'],
      [STORY]: 'Misdiagnosis, it broke again the same evening',
    },
    story: 'Misdiagnosis, it broke again the same evening',
    open: [REASON],
    asksAgain: [STORY],
    shows: 'Negative feedback from a customer',
  },
  {
    name: 'recall, account inactive',
    command: '/sp-feedback',
    answers: { [REASON]: 'Recall Reassignment: Account Inactive' },
    story: 'account inactive',
    shows: 'Recall reassignment: account inactive',
  },
  {
    name: 'internal negative feedback',
    command: '/sp-feedback',
    answers: {
      [REASON]: 'SP Internal Feedback: Negative',
      'Negative Internal Feedback': 'High cost',
      [HIGH_COST]: 'Duplicate invoice',
      [INSIDE_STORY]: 'High cost, duplicate invoice: billed twice.',
    },
    story: 'High cost, duplicate invoice, billed twice',
    asksAgain: [INSIDE_STORY],
    shows: 'Negative internal feedback',
  },
  {
    name: 'high-risk report',
    command: '/high-risk',
    answers: {
      'Who is at risk': 'Customer',
      Situation: 'Safety Issue',
      'Is anyone in danger now': 'No',
      'What happened': 'An open gas line was left behind.',
    },
    story: 'safety issue, an open gas line was left behind',
    open: ['Who is at risk', 'Is anyone in danger now'],
    asksAgain: ['Is anyone in danger now', 'What happened'],
    starts: true,
  },
  {
    name: 'exception, SP tried twice',
    command: '/escalate',
    answers: { 'Exception code': 'NCNS', [CALLED_BACK]: 'Yes' },
    story: 'NCNS nobody came and nobody called',
    open: [CALLED_BACK],
  },
  {
    name: 'leadership, callback',
    command: '/leadership',
    answers: { 'Follow-up': 'Agrees to wait for a follow-up', 'Summary for the hand-over': 'Wants to cancel.' },
    story: 'agrees to wait for a follow-up, wants to cancel',
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
    story: 'customer, harassed, followed him to the car',
    open: ['Is the SP safe now'],
    asksAgain: ['What happened', 'Is the SP safe now'],
  },
];
const TOLD = FORMS.flatMap((form) => (form.story ? [[form.name, form, form.story] as const] : []));
const SJS = { numbers: 700_000, again: 705_000, story: 720_000 } as const;
const sjOf = (form: Click, way: keyof typeof SJS) => String(SJS[way] + FORMS.indexOf(form));

describe('the forms, by clicking', () => {
  let demo: Demo;
  let agent: Page;
  /** Files each kind for the first time. */
  let newcomer: Page;
  let manager: Page;
  beforeAll(async () => {
    demo = await startPages();
    const amira = demo.workspace.as('amira');
    const tried = FORMS.filter(({ command }) => command === '/escalate').flatMap((form) => [
      sjOf(form, 'numbers'),
      sjOf(form, 'story'),
    ]);
    for (const sj of tried) await attempt(amira, sj, FIRST);
    demo.workspace.clock.advance(DAY + MINUTE);
    for (const sj of tried) await attempt(amira, sj, SECOND);
    agent = await demo.open('amira', { at: 'call-floor' });
    newcomer = await demo.open('ben', { at: 'call-floor' });
    manager = await demo.open('dana', { at: 'am-west' });
  });
  afterAll(() => demo.stop());

  /** Answers a question, and returns how many touches that took: one for each press or tick, and one to open a list. */
  async function touches(who: Page, label: string, value: string | readonly string[]): Promise<number> {
    const field = dialog(who).getByRole('combobox', { name: label });
    const press = dialog(who).getByRole('button', { name: String([value].flat()[0]), exact: true });
    await dialog(who).getByText(label).first().waitFor();
    if ((await field.count()) && (await press.count())) {
      await press.click();
      await press.waitFor({ state: 'detached' });
      return 1;
    }
    await answer(who, label, value);
    const isList = await dialog(who).getByRole('combobox', { name: label }).count();
    return [value].flat().length + (isList ? 1 : 0);
  }

  /** Waits until the form has this many words: what follows from the last answer may still be on its way. */
  async function reads(who: Page, words: number): Promise<void> {
    let has = 0;
    await until(
      async () => {
        has = await wordsInSight(who);
        return has === words;
      },
      () => `${words} words in sight (there are ${has})`,
    );
  }

  interface Filing {
    readonly who?: Page;
    /** The button to press first. */
    readonly first?: 'As last time' | 'Often';
    /** How many words the form shows before it is submitted. */
    readonly words?: number | undefined;
  }
  /** Clicks through a form from its command to its closed window. */
  async function filed(
    command: string,
    answers: Answers,
    { who = agent, first, words }: Filing = {},
  ): Promise<{ steps: number; ref: string }> {
    await type(who, command);
    await dialog(who).getByText('Area West').waitFor();
    let steps = 0;
    if (first) {
      const button = dialog(who).getByRole('button', { name: first });
      await button.click();
      await button.waitFor({ state: 'detached' });
      steps++;
    }
    for (const [label, value] of Object.entries(answers)) steps += await touches(who, label, value);
    if (words !== undefined) await reads(who, words);
    const ref = await submit(who);
    await dialog(who).waitFor({ state: 'hidden' });
    return { steps: steps + 1, ref };
  }

  async function readsOnCard(ref: string, shows: string, parts: readonly string[]): Promise<void> {
    await card(manager, ref).getByRole('heading', { name: shows }).waitFor();
    await drawn(manager);
    const text = await card(manager, ref).innerText();
    for (const part of parts) expect(text).toContain(part);
  }

  it.each(FORMS.map((form) => [form.name, form] as const))(
    '%s, in as many steps and words as the guide says',
    async (name, form) => {
      const { command, answers, asksAgain = [], shows, starts } = form;
      const guide = guideCounts().get(name);
      const who = starts ? newcomer : agent;
      const left = Object.fromEntries(Object.entries(answers).filter(([label]) => asksAgain.includes(label)));
      const { steps, ref } = await filed(`${command} SP100275 ${sjOf(form, 'numbers')}`, starts ? left : answers, {
        who,
        ...(starts && { first: 'Often' }),
        words: guide?.words ?? 0,
      });
      expect(steps).toBe(guide?.numbers);
      const parts = Object.values(answers)
        .flat(2)
        .flatMap((one) => one.split(': '));
      if (shows) await readsOnCard(ref, shows, parts);

      if (!asksAgain.length) return;
      const repeated = await filed(`${command} SP100275 ${sjOf(form, 'again')}`, left, { who, first: 'As last time' });
      expect(repeated.steps).toBe(guide?.again);
      if (shows) await readsOnCard(repeated.ref, shows, parts);
    },
  );

  it.each(TOLD)('%s, with its story typed after the numbers', async (name, form, story) => {
    const { command, answers, open = [], shows } = form;
    const left = Object.fromEntries(Object.entries(answers).filter(([label]) => open.includes(label)));
    const { steps, ref } = await filed(`${command} SP100275 ${sjOf(form, 'story')} ${story}`, left);
    expect(steps).toBe(guideCounts().get(name)?.story);
    const chosen = Object.entries(answers).filter(([label]) => label !== INSIDE_STORY);
    if (shows)
      await readsOnCard(
        ref,
        shows,
        chosen.flatMap(([, value]) => [value].flat()).flatMap((one) => one.split(': ')),
      );
  });

  it('refused with an error at a field, a form keeps what was typed; corrected, it is filed', async () => {
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

  it('missing answers are shown at their fields before anything is sent', async () => {
    await type(agent, '/sp-feedback SP100275 710002');
    await dialog(agent).getByText('Area West').waitFor();
    await dialog(agent).getByRole('button', { name: 'Submit' }).click();
    await dialog(agent)
      .getByRole('alert')
      .filter({ hasText: 'Please complete this required field.' })
      .first()
      .waitFor();
    await dialog(agent).getByRole('button', { name: 'Cancel' }).click();
    await dialog(agent).waitFor({ state: 'hidden' });
  });
});

import type { Actor } from '../../sandbox/workspace';
import { type FeedbackForm, startFeedbackForm } from '../support/feedback-form';
import {
  ALWAYS,
  CUSTOMER_DETAILS,
  DRIVER,
  fromCustomer,
  HIGH_COST,
  INTERNAL_DETAILS,
  internal,
  labels,
  NEGATIVE_CUSTOMER,
  NEGATIVE_INTERNAL,
  NO_HIGH_COST,
  NO_POOR_WORKMANSHIP,
  POSITIVE_CUSTOMER,
  PROCESS,
  PROCESS_FOLLOWED,
  REFUSED_OTHER,
  REFUSED_REASON,
  recalled,
  WORKMANSHIP,
} from '../support/feedback-questions';
import { refIn, submitForm } from '../support/filed';
import type { World } from '../support/world';
import { openedForm, quotesOf, type Records } from './records';

let form: FeedbackForm;
let world: World;
let records: Records;
let amira: Actor;
beforeAll(async () => {
  form = await startFeedbackForm();
  ({ world, records, amira } = form);
});
afterAll(() => form.stop());

describe('the follow-ups of negative internal feedback', () => {
  const FOLLOW_UPS = [
    { label: HIGH_COST, negative: 'High cost', detail: 'Duplicate invoice', none: NO_HIGH_COST },
    { label: WORKMANSHIP, negative: 'Poor workmanship', detail: 'Wrong part', none: NO_POOR_WORKMANSHIP },
    { label: PROCESS, negative: 'Did not follow process', detail: 'No call ahead', none: PROCESS_FOLLOWED },
  ];

  it('are asked one by one with their negatives; the others are recorded as none', async () => {
    await form.fill({
      ...internal('Negative'),
      [NEGATIVE_INTERNAL]: ['Misdiagnosis'],
      [INTERNAL_DETAILS]: 'Typed once.',
    });
    await form.shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    const chosen: string[] = [];
    for (const { label, negative, detail } of FOLLOW_UPS) {
      chosen.push(negative);
      await amira.fill({ [NEGATIVE_INTERNAL]: chosen });
      await amira.waitForModal(({ labels: shown }) => shown.includes(label));
      await amira.fill({ [label]: [detail] });
    }
    await amira.fill({ [NEGATIVE_INTERNAL]: ['High cost'] });
    const { fields } = await form.shows([NEGATIVE_INTERNAL, HIGH_COST, INTERNAL_DETAILS]);
    expect(fields[HIGH_COST]?.value).toEqual(['Duplicate invoice']);
    expect(fields[INTERNAL_DETAILS]?.value).toBe('Typed once.');
    const { stored, card } = await form.submit();
    expect(stored.answers).toMatchObject({
      high_cost: ['duplicate_invoice'],
      workmanship: ['none'],
      process: ['none'],
    });
    expect(card.content).toContain(`${HIGH_COST}: Duplicate invoice`);
    expect(card.content).not.toContain(PROCESS);
  });

  it('are reported at the negatives if they are not shown yet, and all at once if they are', async () => {
    await form.fill({ ...internal('Negative'), [INTERNAL_DETAILS]: 'Typed once.' });
    await amira.fill({ [NEGATIVE_INTERNAL]: FOLLOW_UPS.map(({ negative }) => negative) });
    await form.shows([NEGATIVE_INTERNAL, HIGH_COST, WORKMANSHIP, PROCESS, INTERNAL_DETAILS]);
    const { errors = {} } = await amira.submit();
    expect(Object.keys(errors)).toEqual([HIGH_COST, WORKMANSHIP, PROCESS]);
  });
});

describe('another branch', () => {
  it('drops hidden answers from the screen and from what is stored', async () => {
    await form.fill({
      ...internal('Negative'),
      [NEGATIVE_INTERNAL]: ['Needs coaching'],
      [INTERNAL_DETAILS]: 'Belongs to the branch left behind.',
    });
    await amira.fill({ ...recalled('Account Inactive') });
    await form.shows([]);
    const { stored, card } = await form.submit();
    expect(Object.keys(stored.answers)).toEqual(['sp_account', 'sj', 'reason', 'recall_reason']);
    expect(card.content).not.toContain('left behind');
    expect(JSON.stringify(stored)).not.toContain('left behind');
  });

  it('starts empty when the agent returns to it', async () => {
    await form.fill({ ...fromCustomer('Negative'), [CUSTOMER_DETAILS]: 'First try.' });
    await amira.fill({ ...recalled('Account Inactive') });
    await form.shows([]);
    await amira.fill({ ...fromCustomer('Negative') });
    const again = await form.shows([NEGATIVE_CUSTOMER, CUSTOMER_DETAILS]);
    expect(again.fields[CUSTOMER_DETAILS]?.value).toBeNull();
  });

  it('keeps what stays visible: typed details survive a change from negative to positive', async () => {
    await form.fill({
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['Missed appointment'],
      [CUSTOMER_DETAILS]: 'On second thought, wonderful.\nReally.',
    });
    await amira.fill({ ...fromCustomer('Positive') });
    const turned = await form.shows([POSITIVE_CUSTOMER, CUSTOMER_DETAILS]);
    expect(turned.fields[CUSTOMER_DETAILS]?.value).toBe('On second thought, wonderful.\nReally.');
    await amira.fill({ [POSITIVE_CUSTOMER]: ['Fast resolution'] });
    const { stored, card } = await form.submit();
    expect(stored.answers).not.toHaveProperty('negative_customer');
    expect(stored).toMatchObject({ tone: 'positive', codes: ['GREAT SVC'] });
    expect(quotesOf(card.blocks)).toEqual(['On second thought, wonderful.\nReally.']);
  });

  it('keeps the numbers and the internal details over a change from positive to negative', async () => {
    await form.fill({ ...internal('Positive'), [INTERNAL_DETAILS]: 'Kept.' }, 'ACC100', '612345');
    await amira.fill({ ...internal('Negative') });
    const turned = await form.shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    expect(turned.fields[INTERNAL_DETAILS]?.value).toBe('Kept.');
    expect(turned.fields['SJ Number']?.value).toBe('612345');
  });
});

describe('a list that has to be opened', () => {
  const pressed = (words: string) => amira.waitForModal(({ buttons }) => !buttons.includes(words));

  it('can also be answered with one press, while what is being typed elsewhere stays in its field', async () => {
    const before = await form.fill({ ...fromCustomer('Negative'), [CUSTOMER_DETAILS]: 'Twice the same fault.' });
    expect(before.buttons).toEqual(expect.arrayContaining(labels(NEGATIVE_CUSTOMER)));
    await amira.press('Property damage');
    const after = await pressed('Property damage');
    expect(after.fields[NEGATIVE_CUSTOMER]?.value).toEqual(['Property damage']);
    for (const label of [...ALWAYS, CUSTOMER_DETAILS]) expect(after.fields[label]).toEqual(before.fields[label]);
    expect(after.text).toContain('This looks high-risk.');
    await amira.fill({ [NEGATIVE_CUSTOMER]: ['Property damage', 'Misdiagnosis'] });
    expect((await form.submit()).stored.answers).toMatchObject({
      negative_customer: ['property_damage', 'misdiagnosis'],
    });
  });

  it('offers its buttons again once it is emptied', async () => {
    await form.fill({ ...fromCustomer('Negative'), [NEGATIVE_CUSTOMER]: ['Misdiagnosis'] });
    await pressed('Misdiagnosis');
    await amira.fill({ [NEGATIVE_CUSTOMER]: null });
    await amira.waitForModal(({ buttons }) => buttons.includes('No work done'));
    await amira.press('No work done');
    expect((await pressed('No work done')).fields[NEGATIVE_CUSTOMER]?.value).toEqual(['No work done']);
    await amira.close();
  });
});

describe('what is required', () => {
  it('asks for every required field, first in the window and then on the server', async () => {
    const before = await records.count();
    const ada = world.workspace.as('ada');
    await openedForm(ada);
    expect(Object.keys((await ada.submit()).errors ?? {})).toEqual(ALWAYS);
    await openedForm(amira);
    await amira.fill({ ...internal('Negative') });
    const asked = await form.shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    expect(Object.entries(asked.fields).flatMap(([label, { optional }]) => (optional ? [label] : []))).toEqual([
      DRIVER,
    ]);
    await amira.fill({
      'SP Account Number': '!!',
      'SJ Number': '12',
      [NEGATIVE_INTERNAL]: ['Misdiagnosis'],
      [INTERNAL_DETAILS]: '  \n ',
    });
    expect((await amira.submit()).errors).toEqual({
      'SP Account Number': 'Type the SP account number: 3 to 20 letters, digits or dashes, such as SP-10442.',
      'SJ Number': 'Type the SJ number: 5 to 12 digits, such as 4471220.',
      [INTERNAL_DETAILS]: 'Write a sentence or two here.',
    });
    expect(await records.count()).toBe(before);
  });

  it('accepts 3,000 characters of details and shows every one; 3,001 are refused', async () => {
    const details = `${'Line one is long. '.repeat(166)}\nEnd 🙂 ok`.padEnd(3000, '.');
    await form.fill({
      ...fromCustomer('Positive'),
      [POSITIVE_CUSTOMER]: ['On time'],
      [CUSTOMER_DETAILS]: `${details}!`,
    });
    expect(Object.keys((await amira.submit()).errors ?? {})).toEqual([CUSTOMER_DETAILS]);
    await amira.fill({ [CUSTOMER_DETAILS]: details });
    const { stored, card } = await form.submit();
    expect(stored.answers.customer_details).toBe(details);
    expect(quotesOf((await form.whole(card)).blocks)).toEqual([details]);
  });

  it('shows what people typed literally: no active formatting, mention or link', async () => {
    const text =
      '<script>alert(1)</script> *bold* _it_ `c` <!channel> <@U0DANA> @here &amp; <https://x.test|link> :boom: ~no~';
    await form.fill({
      ...fromCustomer('Positive'),
      [POSITIVE_CUSTOMER]: ['On time'],
      [CUSTOMER_DETAILS]: text,
    });
    const { stored, card } = await form.submit();
    expect(stored.answers.customer_details).toBe(text);
    expect(quotesOf(card.blocks)).toEqual([text]);
    expect(card.text).not.toContain('<');
    const elements = JSON.stringify(card.blocks);
    expect(elements).not.toMatch(/"type":"(broadcast|link|usergroup)"/);
    expect(elements.match(/"type":"mrkdwn","text":"[^"]*script/)).toBeNull();
  });
});

describe('a submission that overtakes the form', () => {
  it('shows the questions of the branch that never came, with what is missing', async () => {
    await form.fill({});
    await world.workspace.faults.set({ errorBefore: { remaining: 2, method: 'views.update' } });
    await amira.fill({ ...recalled('SP Refused') });
    expect(amira.modal().labels).toEqual(ALWAYS);
    const { updated } = await amira.submit();
    expect(updated?.labels).toEqual([...ALWAYS, REFUSED_REASON]);
    expect(updated?.text).toContain('Choose one.');
    world.workspace.faults.clear();
    await amira.fill({ ...recalled('Account Inactive') });
    expect((await form.submit()).stored.title).toBe('Recall reassignment: account inactive');
  });

  it('is not covered by the form again when the late update arrives', async () => {
    await form.fill({ ...recalled('Account Inactive') });
    await world.workspace.faults.set({ latencyMs: 300 });
    await amira.fill({ 'SP Account Number': 'ACC200' });
    const filed = await submitForm(amira);
    await world.workspace.waitFor(() =>
      world.workspace.traffic.some(
        ({ name, response }) => name === 'views.update' && JSON.stringify(response).includes('hash_conflict'),
      ),
    );
    world.workspace.faults.clear();
    const ben = world.workspace.as('ben');
    await openedForm(ben, 'ACC100 688001');
    await ben.fill({ ...recalled('SP Refused'), [REFUSED_REASON]: 'Other' });
    await ben.waitForModal(({ labels: shown }) => shown.includes(REFUSED_OTHER));
    expect(amira.modalCount).toBe(0);
    await world.settled();
    expect(await records.of(refIn(filed))).toMatchObject({
      sp: { account: 'ACC200' },
    });
  });

  it('is stored once if Slack delivers it twice', async () => {
    await form.fill({ ...recalled('Account Inactive') }, 'ACC100', '699001');
    await world.workspace.faults.set({ duplicateDeliveries: 1 });
    const { stored } = await form.submit();
    expect((await records.cases.openBySj('699001')).map(({ ref }) => ref)).toEqual([stored.ref]);
    expect(world.workspace.messages('am-west').filter(({ text }) => text.includes('699001'))).toHaveLength(1);
  });
});

it('acknowledges that a form was closed', async () => {
  await form.fill({});
  await amira.close();
  const closed = world.workspace.traffic.filter(({ name }) => name === 'view_closed');
  expect(closed.at(-1)).toMatchObject({ ok: true });
});

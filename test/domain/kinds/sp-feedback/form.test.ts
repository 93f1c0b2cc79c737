import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../../../src/domain/catalogue';
import { summarize, visibleQuestions } from '../../../../src/domain/forms/engine';
import type { Answers } from '../../../../src/domain/forms/form';
import { spFeedback } from '../../../../src/domain/kinds/sp-feedback/form';
import { anyFullAnswers } from '../../../support/forms';
import { NEGATIVE_INTERNAL, NUMBERS, procedure } from '../../../support/sp-feedback-answers';

const { derived, faultsOf, file, offers } = procedure;
/** The labels after both numbers, in order. */
const asks = (answers: Answers) => procedure.asks(answers).slice(2);

describe('the procedure of SP feedback', () => {
  it('starts with the two numbers and the reason', () => {
    expect(visibleQuestions(spFeedback, {}).map(({ label }) => label)).toEqual([
      'SP Account Number',
      'SJ Number',
      'Reason For Feedback',
    ]);
    expect(offers('reason')).toEqual(['Recall Reassignment', 'SP Feedback from Customer', 'SP Internal Feedback']);
  });

  it('asks a recall reassignment for its reason', () => {
    expect(asks({ reason: 'recall_reassignment' })).toEqual(['Reason For Feedback', 'Reason for Recall Reassignment']);
    expect(offers('recall_reason')).toEqual(['Customer Driven', 'Account Inactive', 'SP Refused']);
  });

  const customerDriven = { reason: 'recall_reassignment', recall_reason: 'customer_driven' };

  it('asks about a complaint in a customer-driven recall, and what it is about if there is one', () => {
    const COMPLAINT = 'Does Customer Have a Complaint Against SP';
    expect(asks(customerDriven).slice(2)).toEqual([COMPLAINT]);
    expect(asks({ ...customerDriven, has_complaint: 'yes' }).slice(2)).toEqual([
      COMPLAINT,
      'Negative Customer Feedback',
      "Details of Customer's Experience with SP",
    ]);
  });

  it('files a customer-driven recall without a complaint as it is', () => {
    expect(derived({ ...customerDriven, has_complaint: 'no' })).toMatchObject({
      tone: 'neutral',
      severity: 'normal',
      codes: [],
      title: 'Recall reassignment: customer driven',
    });
  });

  it('treats a complaint on a recall as negative feedback', () => {
    const complaint = { ...customerDriven, has_complaint: 'yes', negative_customer: ['no_call_no_show'] };
    expect(derived({ ...complaint, customer_details: 'Waited all day.' })).toMatchObject({
      tone: 'negative',
      severity: 'normal',
      codes: ['NCNS'],
      title: 'Recall reassignment: customer complaint',
    });
    expect(Object.keys(faultsOf(complaint))).toEqual(['customer_details']);
  });

  it('files a recall for an inactive account as it is', () => {
    const inactive = { reason: 'recall_reassignment', recall_reason: 'account_inactive' };
    expect(asks(inactive)).toHaveLength(2);
    expect(derived(inactive)).toMatchObject({ tone: 'neutral', title: 'Recall reassignment: account inactive' });
  });

  it('asks why an SP refused, and for an explanation of any other reason', () => {
    const refused = { reason: 'recall_reassignment', recall_reason: 'sp_refused' };
    expect(asks(refused).slice(2)).toEqual(['SP Refused Reason']);
    expect(offers('refused_reason')).toEqual([
      'Does Not Service Brand/Equipment',
      'Bad Experience with Customer',
      'Availability/Manpower',
      'Out of Network',
      'Other',
    ]);
    for (const code of ['brand_equipment', 'bad_experience', 'availability', 'out_of_network'])
      expect(derived({ ...refused, refused_reason: code }).title).toBe('Recall reassignment: SP refused');
    expect(asks({ ...refused, refused_reason: 'other' }).slice(3)).toEqual(['Explanation of Other Refusal']);
    expect(Object.keys(faultsOf({ ...refused, refused_reason: 'other' }))).toEqual(['refused_other']);
    expect(derived({ ...refused, refused_reason: 'other', refused_other: 'On leave.' }).tone).toBe('neutral');
  });

  it("asks for customer feedback's type, points and details", () => {
    const fromCustomer = { reason: 'customer_feedback' };
    expect(asks(fromCustomer).slice(1)).toEqual(['Customer Feedback Type']);
    expect(offers('customer_type')).toEqual(['Positive', 'Negative']);
    expect(asks({ ...fromCustomer, customer_type: 'positive' }).slice(2)).toEqual([
      'Positive Customer Feedback',
      "Details of Customer's Experience with SP",
    ]);
    expect(asks({ ...fromCustomer, customer_type: 'negative' }).slice(2)).toEqual([
      'Negative Customer Feedback',
      "Details of Customer's Experience with SP",
      'Driver or technician',
    ]);
  });

  it('treats praise from a customer as recognition', () => {
    const praise = { reason: 'customer_feedback', customer_type: 'positive', customer_details: 'So kind.' };
    expect(derived({ ...praise, positive_customer: ['on_time', 'clean_work_area'] })).toMatchObject({
      tone: 'positive',
      severity: 'low',
      codes: ['GREAT SVC'],
      title: 'Positive feedback from a customer',
    });
  });

  it("maps a customer's complaints to exception codes, each once and in order", () => {
    const complaint = { reason: 'customer_feedback', customer_type: 'negative', customer_details: 'All wrong.' };
    const points = ['poor_workmanship', 'missed_appointment', 'discrimination', 'high_cost_or_billing_dispute'];
    expect(derived({ ...complaint, negative_customer: points })).toMatchObject({
      tone: 'negative',
      codes: ['HI COST', 'MISSED APPT', 'WORKMANSHIP'],
      title: 'Negative feedback from a customer',
    });
  });

  it("asks for internal feedback's type, and for praise's points and details", () => {
    const praise = { reason: 'internal_feedback', internal_type: 'positive' };
    expect(asks({ reason: 'internal_feedback' }).slice(1)).toEqual(['Internal Feedback Type']);
    expect(offers('internal_type')).toEqual(['Positive', 'Negative']);
    expect(asks(praise).slice(2)).toEqual(['Positive Internal Feedback', 'Details of Internal Experience with SP']);
    expect(
      derived({ ...praise, positive_internal: ['fair_cost'], internal_details: 'Half of the usual quote.' }),
    ).toMatchObject({ tone: 'positive', severity: 'low', codes: ['GREAT SVC'], title: 'Positive internal feedback' });
  });

  it("asks for negative internal feedback's details, and a follow-up for each negative that has one", () => {
    const negative = { reason: 'internal_feedback', internal_type: 'negative' };
    expect(asks(negative).slice(2)).toEqual([
      'Negative Internal Feedback',
      'If Has High Cost, Select All That Apply',
      'If Poor Workmanship, Select All That Apply',
      'If SP Did Not Follow Process, Select All That Apply',
      'Details of Internal Experience with SP',
      'Driver or technician',
    ]);
    expect(Object.keys(faultsOf(negative))).toEqual(['negative_internal', 'internal_details']);
    const all = ['high_cost', 'poor_workmanship', 'did_not_follow_process'];
    expect(Object.keys(faultsOf({ ...negative, negative_internal: all }))).toEqual([
      ...['high_cost', 'workmanship', 'process', 'internal_details'],
    ]);
    expect(derived(NEGATIVE_INTERNAL)).toMatchObject({
      tone: 'negative',
      severity: 'normal',
      codes: ['COACH'],
      title: 'Negative internal feedback',
    });
  });

  it('takes details of up to 3,000 characters', () => {
    expect(faultsOf({ ...NEGATIVE_INTERNAL, internal_details: 'x'.repeat(3000) })).toEqual({});
    expect(faultsOf({ ...NEGATIVE_INTERNAL, internal_details: 'x'.repeat(3001) })).toEqual({
      internal_details: 'This is 3,001 characters long. Shorten it to 3,000 or fewer.',
    });
  });

  it('has the same details in every customer branch, so that they survive a change of branch', () => {
    const details = { customer_details: 'Waited all day.' };
    const complaint = { ...customerDriven, has_complaint: 'yes' };
    for (const branch of [complaint, { reason: 'customer_feedback', customer_type: 'positive' }])
      expect(summarize(spFeedback, { ...NUMBERS, ...branch, ...details }, STARTER_CATALOGUE).at(-1)?.value).toBe(
        'Waited all day.',
      );
  });
});

it('files every combination of answers whose follow-ups agree', () => {
  const agree = (answers: Answers): Answers => ({
    ...answers,
    ...NUMBERS,
    customer_details: 'Some words.',
    internal_details: 'Some words.',
    refused_other: 'Some words.',
    high_cost: answers.negative_internal?.includes('high_cost') ? ['duplicate_invoice'] : ['none'],
    workmanship: answers.negative_internal?.includes('poor_workmanship') ? ['wrong_part'] : ['none'],
    process: answers.negative_internal?.includes('did_not_follow_process') ? ['no_call_ahead'] : ['none'],
  });
  fc.assert(
    fc.property(anyFullAnswers(spFeedback, STARTER_CATALOGUE), (answers) => {
      const { tone, severity, title, severityReason } = derived(agree(answers));
      expect(severity).toBe(tone === 'positive' ? 'low' : 'normal');
      expect(title).not.toBe('SP feedback');
      expect(severityReason).toMatch(/\.$/);
    }),
  );
});

describe('the SP account number', () => {
  it.each([
    [' sp-10442 ', 'SP-10442'],
    ['sp 104 42', 'SP10442'],
    ['A12', 'A12'],
    ['１２３４', '1234'],
  ])('reads %j as %s', (typed, stored) => {
    const checked = file({ sp_account: typed, reason: 'recall_reassignment', recall_reason: 'account_inactive' });
    expect(checked).toMatchObject({ ok: true, answers: { sp_account: stored } });
  });

  it.each(['', '12', 'A_12', 'SP/10442', 'x'.repeat(21)])('refuses %j and says what to type', (typed) => {
    expect(faultsOf({ sp_account: typed }).sp_account).toMatch(/^Type the SP account number: 3 to 20 letters/);
  });
});

describe('the SJ number', () => {
  it.each([
    ['SJ-4471220', '4471220'],
    ['sj 447 12 20', '4471220'],
    ['SJ#12345', '12345'],
    ['447–1220', '4471220'],
    ['123456789012', '123456789012'],
  ])('reads %j as %s', (typed, stored) => {
    const checked = file({ sj: typed, reason: 'recall_reassignment', recall_reason: 'account_inactive' });
    expect(checked).toMatchObject({ ok: true, answers: { sj: stored } });
  });

  it.each(['', '1234', '1234567890123', 'SP-10442', '12a45'])('refuses %j and says what to type', (typed) => {
    expect(faultsOf({ sj: typed }).sj).toMatch(/^Type the SJ number: 5 to 12 digits/);
  });
});

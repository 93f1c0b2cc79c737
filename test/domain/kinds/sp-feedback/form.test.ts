import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../../../src/domain/catalogue';
import { FORMS, formOf } from '../../../../src/domain/forms';
import { offeredOptions } from '../../../../src/domain/forms/answer';
import { check, summarize, visibleQuestions } from '../../../../src/domain/forms/engine';
import type { Answers, Catalogue } from '../../../../src/domain/forms/form';
import { CASE_KINDS } from '../../../../src/domain/kinds';
import { spFeedback } from '../../../../src/domain/kinds/sp-feedback/form';
import { anyFullAnswers } from '../../../support/forms';

const NUMBERS: Answers = { sp_account: 'SP-10442', sj: '4471220' };
const asks = (answers: Answers) =>
  visibleQuestions(spFeedback, { ...NUMBERS, ...answers })
    .slice(2)
    .map(({ label }) => label);
const file = (answers: Answers, catalogue: Catalogue = STARTER_CATALOGUE) =>
  check(spFeedback, { ...NUMBERS, ...answers }, catalogue);
const faultsOf = (answers: Answers, catalogue?: Catalogue) => {
  const checked = file(answers, catalogue);
  return checked.ok ? {} : Object.fromEntries(checked.faults.map(({ question, message }) => [question, message]));
};
const derived = (answers: Answers) => {
  const checked = file(answers);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.derived;
};
const offered = (id: string) => {
  const question = spFeedback.questions.find((candidate) => candidate.id === id);
  return question ? offeredOptions(question, STARTER_CATALOGUE) : [];
};
const labels = (id: string) => offered(id).map(({ label }) => label);

const NEGATIVE_INTERNAL = {
  reason: 'internal_feedback',
  internal_type: 'negative',
  negative_internal: ['needs_coaching'],
  high_cost: ['none'],
  workmanship: ['none'],
  process: ['none'],
  internal_details: 'Asked three times for the invoice.',
};

describe('the procedure of SP feedback', () => {
  it('starts with the two numbers and the reason', () => {
    expect(visibleQuestions(spFeedback, {}).map(({ label }) => label)).toEqual([
      'SP Account Number',
      'SJ Number',
      'Reason For Feedback',
    ]);
    expect(labels('reason')).toEqual(['Recall Reassignment', 'SP Feedback from Customer', 'SP Internal Feedback']);
  });

  it('asks a recall reassignment for its reason', () => {
    expect(asks({ reason: 'recall_reassignment' })).toEqual(['Reason For Feedback', 'Reason for Recall Reassignment']);
    expect(labels('recall_reason')).toEqual(['Customer Driven', 'Account Inactive', 'SP Refused']);
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
    expect(labels('refused_reason')).toEqual([
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
    expect(labels('customer_type')).toEqual(['Positive', 'Negative']);
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
    expect(labels('internal_type')).toEqual(['Positive', 'Negative']);
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

describe.each([
  ['high_cost', 'high_cost', 'High cost', 'duplicate_invoice', 'Duplicate invoice', 'SP Does Not Have High Cost'],
  [
    'workmanship',
    'poor_workmanship',
    'Poor workmanship',
    'wrong_part',
    'Wrong part',
    'SP Did Not Have Poor Workmanship',
  ],
  [
    'process',
    'did_not_follow_process',
    'Did not follow process',
    'no_call_ahead',
    'No call ahead',
    'SP Followed Process',
  ],
])('the follow-up %s', (followUp, negative, negativeLabel, detail, detailLabel, noneLabel) => {
  const chosen = { ...NEGATIVE_INTERNAL, negative_internal: ['needs_coaching', negative] };

  it('agrees if both are chosen, or neither', () => {
    expect(faultsOf({ ...chosen, [followUp]: [detail] })).toEqual({});
    expect(faultsOf(NEGATIVE_INTERNAL)).toEqual({});
  });

  it('disagrees if the negative is chosen without a detail, naming both answers', () => {
    const faults = faultsOf(chosen);
    expect(Object.keys(faults)).toEqual([followUp]);
    expect(faults[followUp]).toContain(`"${negativeLabel}" is chosen under "Negative Internal Feedback"`);
    expect(faults[followUp]).toContain(`"${noneLabel}" here`);
  });

  it('is none if its negative is not chosen, whatever was chosen in it before', () => {
    const checked = file({ ...NEGATIVE_INTERNAL, [followUp]: [detail] });
    expect(checked).toMatchObject({ ok: true, answers: { [followUp]: ['none'] } });
    expect(file({ ...NEGATIVE_INTERNAL, [followUp]: undefined } as never)).toEqual(checked);
    expect(summarize(spFeedback, checked.ok ? checked.answers : {}, STARTER_CATALOGUE)).toContainEqual(
      expect.objectContaining({ question: followUp, value: noneLabel }),
    );
  });

  it('offers no answer that its negative rules out, and refuses it with a detail', () => {
    expect(labels(followUp)).toContain(detailLabel);
    expect(labels(followUp)).not.toContain(noneLabel);
    expect(faultsOf({ ...chosen, [followUp]: [detail, 'none'] })).toEqual({
      [followUp]: `"${noneLabel}" rules out the other choices. Keep either it or the others, not both.`,
    });
  });

  it('depends on the exception code, so that the business may rename and replace negatives', () => {
    const code = STARTER_CATALOGUE.negative_internal.find((option) => option.code === negative)?.exceptionCode;
    if (!code) throw new Error(`${negative} maps to no code`);
    const replaced: Catalogue = {
      ...STARTER_CATALOGUE,
      negative_internal: [
        ...STARTER_CATALOGUE.negative_internal.filter((option) => option.code !== negative),
        { code: 'replacement', label: 'The new words', exceptionCode: code },
      ],
    };
    const answers = { ...NEGATIVE_INTERNAL, negative_internal: ['replacement'] };
    expect(faultsOf({ ...answers, [followUp]: [detail] }, replaced)).toEqual({});
    expect(faultsOf(answers, replaced)[followUp]).toContain('"The new words" is chosen');
  });
});

it('reports all disagreements at once, each at its follow-up', () => {
  const all = ['high_cost', 'poor_workmanship', 'did_not_follow_process'];
  expect(Object.keys(faultsOf({ ...NEGATIVE_INTERNAL, negative_internal: all }))).toEqual([
    ...['high_cost', 'workmanship', 'process'],
  ]);
});

it('reports one fault of an answer that is both unknown and in disagreement', () => {
  const checked = file({ ...NEGATIVE_INTERNAL, negative_internal: ['high_cost'], high_cost: ['retired_long_ago'] });
  expect(checked.ok ? [] : checked.faults).toEqual([
    { question: 'high_cost', message: '"retired_long_ago" is no longer offered. Please choose again.' },
  ]);
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

describe('the starter lists', () => {
  const withCodes = (key: keyof typeof STARTER_CATALOGUE) =>
    STARTER_CATALOGUE[key].map(
      ({ label, exceptionCode, highRisk }) => `${label} → ${exceptionCode ?? (highRisk ? '⚠' : '-')}`,
    );

  it('of negative customer feedback', () => {
    expect(withCodes('negative_customer')).toEqual([
      'Missed appointment → MISSED APPT',
      'No call, no show → NCNS',
      'No response to customer → NO RESPONSE',
      'Rude or unprofessional → UNPROFESSIONAL',
      'Poor workmanship → WORKMANSHIP',
      'Misdiagnosis → MISDIAG',
      'High cost or billing dispute → HI COST',
      'No work done → NO WORK',
      'Did not follow process → PROCESS',
      'SP unresponsive to us → SP UNRESPONSIVE',
      'Property damage → ⚠',
      'Threats, harassment or unwanted contact → ⚠',
      'Discrimination → ⚠',
    ]);
  });

  it('of positive customer feedback', () => {
    expect(withCodes('positive_customer')).toEqual([
      'On time → GREAT SVC',
      'Professional and courteous → GREAT SVC',
      'Quality workmanship → GREAT SVC',
      'Clear communication → GREAT SVC',
      'Went above and beyond → GREAT SVC',
      'Clean work area → GREAT SVC',
      'Fast resolution → GREAT SVC',
    ]);
  });

  it('of positive internal feedback', () => {
    expect(withCodes('positive_internal')).toEqual([
      'Responsive to calls → GREAT SVC',
      'Took a difficult job → GREAT SVC',
      'Accurate diagnosis → GREAT SVC',
      'Fair cost → GREAT SVC',
      'Complete documentation → GREAT SVC',
      'Helpful to the team → GREAT SVC',
    ]);
  });

  it('of negative internal feedback', () => {
    expect(withCodes('negative_internal')).toEqual([
      'High cost → HI COST',
      'Poor workmanship → WORKMANSHIP',
      'Did not follow process → PROCESS',
      'SP unresponsive → SP UNRESPONSIVE',
      'Unprofessional → UNPROFESSIONAL',
      'Misdiagnosis → MISDIAG',
      'Refused or did no work → NO WORK',
      'Profile out of date → PROFILE UPDATE',
      'Needs coaching → COACH',
    ]);
  });

  it('of the follow-ups', () => {
    expect(labels('high_cost')).toEqual([
      'Parts above market',
      'Labor hours above guide',
      'Non-covered charges',
      'Unnecessary repair',
      'Duplicate invoice',
      'Quote without detail',
      'Asked for a virtual card instead of the contracted rate',
      'Asked the customer for payment',
      'Added services not dispatched',
    ]);
    expect(labels('workmanship')).toEqual([
      'Same failure again within 30 days',
      'Repair left incomplete',
      'Wrong part',
      'Damage to the home or vehicle',
      'Unsafe condition left',
    ]);
    expect(labels('process')).toEqual([
      'No call ahead',
      'Work before authorization',
      'No or late job notes',
      'Status not updated',
      'Unlicensed technician sent',
      'Contacted customer outside the service',
    ]);
  });

  it("store codes that are unique slugs of their labels' first spelling", () => {
    const first = (label: string) => label.replace('Labor', 'Labour').replace('authorization', 'authorisation');
    for (const options of Object.values(STARTER_CATALOGUE)) {
      for (const { code, label } of options)
        expect(code).toBe(
          first(label)
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '_')
            .replace(/^_|_$/g, ''),
        );
      expect(new Set(options.map(({ code }) => code)).size).toBe(options.length);
    }
  });
});

describe('the registry', () => {
  it('has a form under its own kind, with a title that fits and unique question ids', () => {
    for (const [kind, form] of Object.entries(FORMS)) {
      expect(form.kind).toBe(kind);
      expect(formOf(form.kind)).toBe(form);
      expect(form.title.length).toBeLessThanOrEqual(24);
      const ids = form.questions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining([form.spQuestion, form.sjQuestion]));
    }
  });

  it('has a form for every kind of case', () => {
    expect(Object.keys(FORMS).sort()).toEqual([...CASE_KINDS].sort());
  });
});

import type { Answers, Form } from '../../../src/domain/forms/form';
import { exception } from '../../../src/domain/kinds/exception/form';
import { highRisk } from '../../../src/domain/kinds/high-risk/form';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { providerReport } from '../../../src/domain/kinds/provider-report/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { guideCounts } from '../../support/guide';
import { interactionsFor } from '../../support/interactions';

/** What the command said. */
const TYPED: Answers = { sp_account: 'SP-10442', sj: '4471220' };

/** What stands in a question by the time the agent comes to it. */
const CALLBACK: Answers = { callback_at: '2026-03-10T15:00:00.000Z' };
const JUST_NOW: Answers = { happened_at: '2026-03-10T15:00:00.000Z' };

/** The shortest legal reports by their names in the guide, with SP and SJ typed in the command: answers, story, what is preset. */
const SHORTEST: readonly [string, Form, Answers, string, Answers][] = [
  [
    'positive feedback',
    spFeedback,
    { reason: 'customer_feedback', customer_type: 'positive', positive_customer: ['on_time'] },
    'customer_details',
    {},
  ],
  [
    'negative feedback',
    spFeedback,
    { reason: 'customer_feedback', customer_type: 'negative', negative_customer: ['misdiagnosis'] },
    'customer_details',
    {},
  ],
  [
    'internal negative feedback',
    spFeedback,
    {
      reason: 'internal_feedback',
      internal_type: 'negative',
      negative_internal: ['high_cost'],
      high_cost: ['duplicate_invoice'],
    },
    'internal_details',
    {},
  ],
  [
    'high-risk report',
    highRisk,
    { at_risk: ['customer'], situation: ['safety'], danger_now: 'no' },
    'what_happened',
    {},
  ],
  ['exception, SP tried twice', exception, { code: 'NCNS' }, 'details', { contact_rule: 'met' }],
  ['leadership, callback', leadership, { path: 'waits' }, 'handover', CALLBACK],
  [
    'provider report',
    providerReport,
    { done_by: 'customer', treatment: ['threatened'], safe_now: 'yes' },
    'what_happened',
    JUST_NOW,
  ],
];

const GUIDE = guideCounts();

it.each(SHORTEST)('%s takes as many interactions as the guide says', (name, form, answers, story, preset) => {
  const given = { ...TYPED, ...preset };
  const words = { [story]: 'As it was told.' };
  expect({
    numbers: interactionsFor(form, { ...answers, ...words }, given),
    story: interactionsFor(form, answers, { ...given, ...words }),
  }).toEqual(GUIDE.get(name));
});

it('takes two interactions to recall a job from an inactive account', () => {
  const inactive = { reason: 'recall_reassignment', recall_reason: 'account_inactive' };
  expect(interactionsFor(spFeedback, inactive, TYPED)).toBe(GUIDE.get('recall, account inactive')?.numbers);
});

it('counts the two numbers when they were not typed in the command', () => {
  const praise = {
    reason: 'customer_feedback',
    customer_type: 'positive',
    positive_customer: ['on_time'],
    customer_details: 'On the minute.',
  };
  expect(interactionsFor(spFeedback, { ...TYPED, ...praise })).toBe(6);
});

it('counts the change of an initial answer, and a button for every page', () => {
  const report = { at_risk: ['sp'], situation: ['threats'], danger_now: 'no', what_happened: 'Shouting.' };
  expect(interactionsFor(highRisk, { ...report, escalated_by: 'agent' }, TYPED)).toBe(6);
  const skipped = ['verification', 'concern', 'sales_representative', 'contract', 'system', 'closing'].map((id) => [
    `skip_${id}`,
    'Hung up.',
  ]);
  const sensitive = {
    path: 'refuses',
    transfer: 'voicemail',
    handover: 'A lien.',
    sensitive_issues: ['lien_request'],
    ...Object.fromEntries(skipped),
  };
  expect(interactionsFor(leadership, sensitive, TYPED)).toBe(3 + 2 + 6 + 7);
});

it('counts nothing that could not be filed', () => {
  expect(() => interactionsFor(highRisk, { at_risk: ['sp'] }, TYPED)).toThrow('Not a legal report');
});

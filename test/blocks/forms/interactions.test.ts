import type { Answers, Form } from '../../../src/domain/forms/form';
import { exception } from '../../../src/domain/kinds/exception/form';
import { highRisk } from '../../../src/domain/kinds/high-risk/form';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { providerReport } from '../../../src/domain/kinds/provider-report/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { interactionsFor } from '../../support/interactions';

/** What the command said. */
const TYPED: Answers = { sp_account: 'SP-10442', sj: '4471220' };

describe('the shortest legal report, with SP and SJ typed in the command', () => {
  it.each<[string, number, Form, Answers]>([
    [
      'a positive feedback',
      4,
      spFeedback,
      {
        reason: 'customer_feedback',
        customer_type: 'positive',
        positive_customer: ['on_time'],
        customer_details: 'On the minute.',
      },
    ],
    [
      'a high-risk report',
      5,
      highRisk,
      { at_risk: ['customer'], situation: ['safety'], danger_now: 'no', what_happened: 'An open gas line.' },
    ],
    ['an exception', 4, exception, { code: 'NCNS', contact_rule: 'met', details: 'Nobody came.' }],
    [
      'a leadership concern',
      5,
      leadership,
      { path: 'waits', callback_at: '2026-03-10T15:00:00.000Z', handover: 'Wants a refund.' },
    ],
    [
      'a provider report',
      7,
      providerReport,
      {
        done_by: 'customer',
        treatment: ['threatened'],
        what_happened: 'Showed a knife.',
        happened_at: '2026-03-10T15:00:00.000Z',
        safe_now: 'yes',
      },
    ],
  ])('%s takes %d interactions', (_name, count, form, answers) => {
    expect(interactionsFor(form, answers, TYPED)).toBe(count);
  });
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

import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { formOf } from '../../../src/domain/forms';
import { toldBy } from '../../../src/domain/forms/told';
import type { CaseKind } from '../../../src/domain/kinds/code';

/** The answers in a text besides the story. */
function chosen(kind: CaseKind, text: string) {
  const form = formOf(kind);
  const stories = new Set(form.questions.filter((question) => question.kind === 'long_text').map(({ id }) => id));
  return Object.fromEntries(Object.entries(toldBy(form, text, STARTER_CATALOGUE)).filter(([id]) => !stories.has(id)));
}

const POSITIVE = { reason: 'customer_feedback', customer_type: 'positive' };
const INTERNAL = { reason: 'internal_feedback', internal_type: 'negative' };

describe('the label of an option, alone in the text, chooses it and what leads to it', () => {
  test.each<[CaseKind, string, object]>([
    ['sp_feedback', 'on time, great work', { ...POSITIVE, positive_customer: ['on_time'] }],
    ['sp_feedback', 'On time. Clean work area', { ...POSITIVE, positive_customer: ['on_time', 'clean_work_area'] }],
    [
      'sp_feedback',
      'high cost, duplicate invoice, billed twice',
      { ...INTERNAL, negative_internal: ['high_cost'], high_cost: ['duplicate_invoice'] },
    ],
    ['sp_feedback', 'account inactive', { reason: 'recall_reassignment', recall_reason: 'account_inactive' }],
    [
      'sp_feedback',
      'Availability/Manpower',
      { reason: 'recall_reassignment', recall_reason: 'sp_refused', refused_reason: 'availability' },
    ],
    ['exception', 'NCNS nobody came', { code: 'NCNS' }],
    ['exception', 'GREAT SVC, thanks', { code: 'GREAT SVC' }],
    ['high_risk', 'safety issue, police involved: gas', { situation: ['safety'] }],
    [
      'high_risk',
      'Police Involved. Property damage, a window',
      { situation: ['police'], conduct: ['property_damage'] },
    ],
    ['leadership', 'agrees to wait for a follow-up, wants to cancel', { path: 'waits' }],
    ['leadership', 'connected', { path: 'refuses', transfer: 'connected' }],
    ['provider_report', 'customer, harassed, at the car', { done_by: 'customer', treatment: ['harassed'] }],
  ])('%s: %s', (kind, text, answers) => expect(chosen(kind, text)).toEqual(answers));
});

describe('in doubt nothing is chosen', () => {
  test.each<[string, CaseKind, string, object]>([
    ['a label within a sentence', 'sp_feedback', 'was not on time', {}],
    ['a question', 'sp_feedback', 'on time?', {}],
    ['a code in words', 'exception', 'Process was not followed', {}],
    ['all in capitals', 'exception', 'NO WORK DONE BY HIM', {}],
    ['two codes', 'exception', 'NCNS, MISDIAG', {}],
    ['two questions on screen have the label', 'high_risk', 'customer, he left', {}],
    [
      'praise and a complaint',
      'sp_feedback',
      'on time, misdiagnosis',
      { positive_customer: ['on_time'], negative_customer: ['misdiagnosis'], negative_internal: ['misdiagnosis'] },
    ],
    ['two ways lead there', 'sp_feedback', 'missed appointment, twice', { negative_customer: ['missed_appointment'] }],
    ['a longer label elsewhere begins alike', 'sp_feedback', 'high cost', { negative_internal: ['high_cost'] }],
    ['ways that exclude each other', 'sp_feedback', 'account inactive, sp refused', {}],
    ['a page that may be skipped', 'leadership', 'calls, text messages', {}],
    ['nothing but a story', 'provider_report', 'He was followed to the car, by the customer', {}],
  ])('%s: %s %s', (_why, kind, text, answers) => expect(chosen(kind, text)).toEqual(answers));
});

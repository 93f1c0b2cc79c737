import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { fitting } from '../../../src/domain/forms/answer';
import { carryOver } from '../../../src/domain/forms/carry-over';
import type { Answers } from '../../../src/domain/forms/form';
import { exception } from '../../../src/domain/kinds/exception/form';
import { highRisk } from '../../../src/domain/kinds/high-risk/form';
import { providerReport } from '../../../src/domain/kinds/provider-report/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { answersAfter, anyChanges } from '../../support/forms';

const NUMBERS: Answers = { sp_account: 'SP-10442', sj: '4471220' };
const complaint = (...negative_customer: string[]): Answers => ({
  ...NUMBERS,
  reason: 'customer_feedback',
  customer_type: 'negative',
  negative_customer,
  customer_details: 'He kicked the door in.',
});

describe('from feedback to a high-risk report', () => {
  it('carries the numbers, and the details as what happened', () => {
    expect(carryOver(spFeedback, highRisk, complaint('missed_appointment'))).toEqual({
      ...NUMBERS,
      what_happened: 'He kicked the door in.',
    });
  });

  it.each([
    ['property_damage', { conduct: ['property_damage'] }],
    ['discrimination', { conduct: ['discrimination'] }],
    ['threats_harassment_or_unwanted_contact', { situation: ['threats'], conduct: ['threatening_rude'] }],
  ])('turns %s into the equivalent', (negative, carried) => {
    expect(carryOver(spFeedback, highRisk, complaint(negative, 'poor_workmanship'))).toMatchObject(carried);
  });

  it('treats internal feedback as escalated by an agent', () => {
    const internal = {
      ...NUMBERS,
      reason: 'internal_feedback',
      internal_type: 'negative',
      internal_details: 'Shouts.',
    };
    expect(carryOver(spFeedback, highRisk, internal)).toEqual({
      ...NUMBERS,
      escalated_by: 'agent',
      what_happened: 'Shouts.',
    });
  });

  it('leaves hidden answers behind', () => {
    const hidden = { ...complaint('property_damage'), customer_type: 'positive' };
    expect(carryOver(spFeedback, highRisk, hidden)).toEqual({ ...NUMBERS, what_happened: 'He kicked the door in.' });
  });
});

describe('from an exception to a high-risk report', () => {
  const typed = { ...NUMBERS, code: 'NCNS', contact_rule: 'wait', details: 'No show.', override_reason: 'Newborn.' };

  it('carries the numbers and everything typed', () => {
    expect(carryOver(exception, highRisk, typed)).toEqual({ ...NUMBERS, what_happened: 'No show.\n\nNewborn.' });
    expect(carryOver(exception, highRisk, { ...NUMBERS, details: 'No show.' }).what_happened).toBe('No show.');
  });

  it.each([
    [2995, '\n\nNe…'],
    [2999, '…'],
    [3000, ''],
  ])('keeps details of %i characters whole, and as much of the reason as has room', (length, rest) => {
    const details = 'x'.repeat(length);
    expect(carryOver(exception, highRisk, { ...typed, details }).what_happened).toBe(`${details}${rest}`);
  });
});

describe('from a high-risk report to a provider report', () => {
  const report: Answers = {
    ...NUMBERS,
    escalated_by: 'service_professional',
    at_risk: ['sp'],
    situation: ['threats'],
    conduct: ['sexual_misconduct'],
    danger_now: 'yes',
    what_happened: 'He was locked in the garage.',
    identity_tick: ['verified'],
    evidence: ['F01'],
    call_recording: 'https://calls.example/17',
  };

  it('carries everything that fits: numbers, story, evidence, call and verified identity', () => {
    expect(carryOver(highRisk, providerReport, report)).toEqual({
      ...NUMBERS,
      identity_tick: ['verified'],
      treatment: ['threatened', 'harassed'],
      what_happened: 'He was locked in the garage.',
      safe_now: 'no',
      evidence: ['F01'],
      call_recording: 'https://calls.example/17',
    });
  });

  it('does not treat "no danger now" as safety, which is asked', () => {
    expect(carryOver(highRisk, providerReport, { ...report, danger_now: 'no' })).not.toHaveProperty('safe_now');
  });
});

it('returns only answers that the new form can show, whatever was entered', () => {
  for (const [from, to] of [
    [spFeedback, highRisk],
    [exception, highRisk],
    [highRisk, providerReport],
  ] as const)
    fc.assert(
      fc.property(anyChanges(from, STARTER_CATALOGUE), (changes) => {
        const carried = carryOver(from, to, answersAfter(from, changes));
        for (const [id, answer] of Object.entries(carried)) {
          const question = to.questions.find((candidate) => candidate.id === id);
          expect(question && fitting(question, answer, STARTER_CATALOGUE)).toEqual(answer);
        }
      }),
    );
});

import { type ContactAttempt, contactRule } from '../../../../src/domain/contact-rule';
import { EXCEPTION_CODES } from '../../../../src/domain/exception-codes';
import { offeredOptions } from '../../../../src/domain/forms/answer';
import { closingOf, openingOf, summarize } from '../../../../src/domain/forms/engine';
import type { Answers } from '../../../../src/domain/forms/form';
import { contactRuleAnswer, exception } from '../../../../src/domain/kinds/exception/form';
import { procedureOf } from '../../../support/procedure';

const COMPLETE: Answers = {
  sp_account: 'SP-10442',
  sj: '4471220',
  code: 'NCNS',
  contact_rule: 'met',
  customer_called_back: 'yes',
  details: 'Nobody came on either day.',
};
const { asks, offers, faultsOf, derived } = procedureOf(exception, COMPLETE);
const OVERRIDE = 'Reason for opening it now';
const HOUR = 3_600_000;

describe('the procedure of an exception', () => {
  it('asks for the two numbers, one of the 13 codes, whether the customer called back, and the details', () => {
    expect(asks()).toEqual([
      'SP Account Number',
      'SJ Number',
      'Exception code',
      'Has the customer called back',
      'Details',
    ]);
    expect(offers('code')).toEqual([...EXCEPTION_CODES]);
    expect(offers('code')).toHaveLength(13);
  });

  it('explains each code in a few words', () => {
    const code = exception.questions.find(({ id }) => id === 'code');
    if (!code) throw new Error('no code question');
    for (const { description } of offeredOptions(code, {})) {
      expect(description?.length).toBeGreaterThan(5);
      expect(description?.length).toBeLessThanOrEqual(75);
    }
  });

  it('opens once both attempts are recorded and the customer called back', () => {
    expect(derived({})).toMatchObject({ codes: ['NCNS'], severity: 'normal', title: 'Exception: NCNS', marks: [] });
  });

  it('does not open without a first attempt, whatever the reason: the SP is tried first', () => {
    const faults = faultsOf({ contact_rule: 'first_attempt', override_reason: 'In a hurry.' });
    expect(faults).toEqual({
      sj: 'Contact the SP first. Then press "Record an attempt" above; everything typed here stays.',
    });
    expect(asks({ contact_rule: 'first_attempt' })).not.toContain(OVERRIDE);
  });

  it('does not open if the SP resolved it', () => {
    expect(faultsOf({ contact_rule: 'resolved' }).sj).toContain('nothing to escalate');
  });

  it.each(['wait', 'second_attempt'])('opens early only with a reason, which marks the case: %s', (contact_rule) => {
    expect(asks({ contact_rule })).toContain(OVERRIDE);
    expect(Object.keys(faultsOf({ contact_rule }))).toEqual(['override_reason']);
    const overridden = { contact_rule, override_reason: 'Newborn in the house, no heating.' };
    expect(derived(overridden).marks).toEqual(['contact_override']);
    const lines = summarize(exception, { ...COMPLETE, ...overridden }, {}).map(({ label }) => label);
    expect(lines).toEqual(expect.arrayContaining(['Contact attempts', OVERRIDE]));
  });

  it('needs a reason if the customer has not called back', () => {
    expect(Object.keys(faultsOf({ customer_called_back: 'no' }))).toEqual(['override_reason']);
    expect(asks()).not.toContain(OVERRIDE);
  });

  it('files nothing if the attempts could not be looked up', () => {
    expect(faultsOf({ contact_rule: '' }).sj).toContain('could not be looked up');
  });

  it.each(['COACH', 'GREAT SVC'])('needs no contact attempt for %s', (code) => {
    expect(faultsOf({ code, contact_rule: 'first_attempt' })).toEqual({});
    expect(asks({ code })).toEqual(['SP Account Number', 'SJ Number', 'Exception code', 'Details']);
  });

  it('has separate words for praise', () => {
    expect(openingOf(exception, { ...COMPLETE, code: 'GREAT SVC' })).toContain('good to hear');
    expect(closingOf(exception, { ...COMPLETE, code: 'GREAT SVC' })).toContain('recognized');
    expect(closingOf(exception, COMPLETE)).toBe(exception.closing);
  });

  it('is recognition only for GREAT SVC', () => {
    expect(derived({ code: 'GREAT SVC' })).toMatchObject({ severity: 'low', tone: 'positive', codes: ['GREAT SVC'] });
    for (const code of EXCEPTION_CODES.filter((each) => each !== 'GREAT SVC'))
      expect(derived({ code })).toMatchObject({ severity: 'normal', codes: [code] });
  });
});

describe('the answer that the contact rule supplies', () => {
  const first = new Date('2026-03-10T12:00:00Z');
  const tried = (hours: number, more: Partial<ContactAttempt> = {}): ContactAttempt => ({
    sj: '4471220',
    at: new Date(+first + hours * HOUR),
    by: 'U0AGENT01',
    reached: false,
    resolved: false,
    outcome: null,
    voicemail: true,
    noteOnJob: true,
    publicWithEmail: true,
    ...more,
  });
  const answerAt = (hours: number, ...attempts: ContactAttempt[]) =>
    contactRuleAnswer(contactRule(attempts, new Date(+first + hours * HOUR)));

  it('follows the attempts through the procedure', () => {
    expect(answerAt(0)).toBe('first_attempt');
    expect(answerAt(23, tried(0))).toBe('wait');
    expect(answerAt(24, tried(0))).toBe('second_attempt');
    expect(answerAt(24, tried(0), tried(24))).toBe('met');
    expect(answerAt(24, tried(0, { reached: true, resolved: true }))).toBe('resolved');
  });

  it('is always known to the form', () => {
    const known = exception.questions.find(({ id }) => id === 'contact_rule');
    const codes = known?.kind === 'one_of' ? known.options({}).map(({ code }) => code) : [];
    expect(codes.sort()).toEqual(['first_attempt', 'met', 'resolved', 'second_attempt', 'wait']);
  });
});

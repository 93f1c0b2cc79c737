import { check, closingOf, derivedSoFar, openingOf, schemaOf, summarize } from '../../../../src/domain/forms/engine';
import type { Answers } from '../../../../src/domain/forms/form';
import { pagesOf } from '../../../../src/domain/forms/pages';
import { leadership } from '../../../../src/domain/kinds/leadership/form';
import { CLOSING_STATEMENT } from '../../../../src/domain/kinds/leadership/interview';
import { procedureOf } from '../../../support/procedure';

const WAITS: Answers = {
  sj: '4471220',
  wants: 'leadership',
  path: 'waits',
  callback_at: '2026-03-10T15:00:00.000Z',
  handover: 'The installer promised a refund in March.',
};
const SKIPPED: Answers = Object.fromEntries(
  ['verification', 'concern', 'sales_representative', 'contract', 'system', 'closing'].map((id) => [
    `skip_${id}`,
    'The caller had to hang up.',
  ]),
);
const SENSITIVE: Answers = { ...WAITS, sensitive_issues: ['fraudulent_claims'] };
const { asks, offers, faultsOf, derived } = procedureOf(leadership, {});
const page = (id: string, answers: Answers) =>
  pagesOf(leadership, { ...SENSITIVE, ...answers })
    .flatMap(({ questions }) => questions)
    .filter(({ part }) => part?.id === id)
    .map(({ label }) => label);

describe('step 1, the caller', () => {
  it('wants leadership or has a sensitive concern, and agrees to wait or not', () => {
    expect(offers('wants')).toEqual(['Wants leadership', 'Has a sensitive concern']);
    expect(offers('path')).toEqual(['Agrees to wait for a follow-up', 'Refuses to wait']);
    expect(asks()).not.toContain('Promised callback time');
    expect(asks()).not.toContain('Warm transfer to a Resolution Specialist');
  });

  it('is promised a callback time if they agree to wait', () => {
    expect(Object.keys(faultsOf({ ...WAITS, callback_at: '' }))).toEqual(['callback_at']);
    expect(derived(WAITS).callbackAt).toBe('2026-03-10T15:00:00.000Z');
    expect(asks(WAITS)).not.toContain('Warm transfer to a Resolution Specialist');
  });

  it("can be called back: at the SJ's number or one entered here", () => {
    expect(faultsOf({ ...WAITS, sj: '' })).toEqual({
      callback_number: 'Fill this in.',
    });
    expect(faultsOf({ ...WAITS, sj: '', callback_number: '415-555-0123' })).toEqual({});
  });

  it('is transferred warmly if they refuse to wait: connected with someone, or a voicemail is left', () => {
    const refuses = { ...WAITS, path: 'refuses' };
    expect(offers('transfer')).toEqual(['Connected', 'Unavailable, voicemail left']);
    expect(asks(refuses)).not.toContain('Promised callback time');
    expect(Object.keys(faultsOf(refuses))).toEqual(['transfer']);
    expect(Object.keys(faultsOf({ ...refuses, transfer: 'connected' }))).toEqual(['specialist']);
    expect(faultsOf({ ...refuses, transfer: 'connected', specialist: 'U0SPEC01' })).toEqual({});
    const voicemail = { ...refuses, transfer: 'voicemail' };
    expect(asks(voicemail)).not.toContain('Connected with');
    expect(derived(voicemail).callbackAt).toBeUndefined();
  });

  it('includes a written summary in a hand-over, so that no one repeats the story', () => {
    expect(Object.keys(faultsOf({ ...WAITS, handover: '' }))).toEqual(['handover']);
  });

  it('may have no SP', () => {
    expect(faultsOf({ ...WAITS, sj: '', callback_number: '415-555-0123', sp_account: '' })).toEqual({});
  });
});

describe('step 2, sensitive issues', () => {
  it("offers the procedure's 13", () => {
    expect(offers('sensitive_issues')).toEqual([
      'Lawyer or legal counsel',
      'Fraudulent claims',
      'Illegal actions',
      'Agreement violations',
      'Falsified records',
      'Mischaracterization',
      'Non-registered company',
      'Slander',
      'Better Business Bureau complaint',
      'Social media complaint',
      'Unlicensed contractor',
      'Foreclosure notice',
      'Lien request',
    ]);
  });

  it('none: the form ends there, with the normal severity', () => {
    expect(pagesOf(leadership, WAITS).map(({ title }) => title)).toEqual(['The caller']);
    expect(derived(WAITS)).toMatchObject({ severity: 'normal', title: 'Caller wants leadership', marks: [] });
  });

  it('any: the interview follows, and the case is elevated and need-to-know', () => {
    expect(pagesOf(leadership, SENSITIVE).map(({ title }) => title)).toEqual([
      'The caller',
      'Customer and sale',
      'Contract and closing',
    ]);
    expect(derived({ ...SENSITIVE, ...SKIPPED, sensitive_issues: ['slander', 'bbb_complaint'] })).toMatchObject({
      severity: 'elevated',
      severityReason: 'Elevated because of sensitive issues: slander and Better Business Bureau complaint.',
      title: 'Sensitive issue',
      marks: ['sensitive'],
    });
  });

  it('shows the severity before the interview begins', () => {
    expect(derivedSoFar(leadership, { wants: 'leadership', ...SENSITIVE }, {})?.severity).toBe('elevated');
  });

  it('drops the interview when the last issue is unchecked', () => {
    const checked = check(leadership, { ...WAITS, ...SKIPPED, main_concern: 'A lien.' }, {});
    expect(checked).toEqual({ ok: true, answers: WAITS, derived: derived(WAITS) });
  });
});

describe('step 3, the interview', () => {
  it('verifies the identity first, and only then asks for email', () => {
    const skip = 'Why Verification is skipped';
    expect(page('verification', {})).toEqual(['Identity verified', skip]);
    expect(page('verification', { identity_verified: 'no' })).toEqual(['Identity verified', skip]);
    expect(page('verification', { identity_verified: 'yes' })).toEqual(['Identity verified', 'E-mail on file', skip]);
  });

  it('asks where the email came from if none is on file, and about access if it is another', () => {
    const email = (email_on_file: string) => page('verification', { identity_verified: 'yes', email_on_file });
    expect(email('none').slice(2, -1)).toEqual([
      'Did the sales representative create one',
      'Does the customer have access',
      'On whose device was it created',
    ]);
    expect(email('different').slice(2, -1)).toEqual(['Did they ever have access to the one on file']);
    expect(email('same').slice(2, -1)).toEqual([]);
  });

  it.each([
    ['concern', ['Claiming fraud', 'Promises from the installer', "The concern in the customer's words"]],
    [
      'sales_representative',
      [
        'Who they said they worked for',
        'What they said was being signed',
        'What would happen afterwards',
        'Contact since',
        'Did they make an e-mail',
      ],
    ],
    [
      'contract',
      [
        'Received by e-mail',
        'Reviewed on whose device',
        'Copy of the agreement',
        'Anything off',
        'Answered the welcome call yes/no questions',
      ],
    ],
    ['system', ['Installed']],
    ['closing', ['Main concern', 'Physical record of promises', 'Closing statement read to the customer']],
  ])('asks part %s', (id, labels) => {
    expect(page(id, {}).slice(0, -1)).toEqual(labels);
  });

  it('asks on whose phone the welcome call was answered, and whether an installed system works', () => {
    expect(page('contract', { welcome_call: 'yes' })).toContain('On whose phone');
    expect(page('contract', { welcome_call: 'no' })).not.toContain('On whose phone');
    expect(page('system', { system_installed: 'yes' }).slice(0, -1)).toEqual(['Installed', 'Working', 'Since when']);
  });

  it('shows the closing statement where it asks whether it was read', () => {
    const closing = leadership.questions.find(({ id }) => id === 'closing_read');
    expect(closing?.hint).toContain(CLOSING_STATEMENT);
    expect(closingOf(leadership, SENSITIVE)).toBe(CLOSING_STATEMENT);
    expect(closingOf(leadership, WAITS)).toContain('you do not have to repeat it');
  });

  it('lets every part be skipped with a reason, kept with the answers', () => {
    expect(faultsOf({ ...SENSITIVE, ...SKIPPED })).toEqual({});
    const reasons = summarize(leadership, { ...SENSITIVE, ...SKIPPED }, {}).filter(({ label }) =>
      label.startsWith('Why '),
    );
    expect(reasons.map(({ label, value }) => `${label}: ${value}`)).toEqual(
      ['Verification', 'Concern', 'Sales representative', 'Contract', 'System', 'Closing'].map(
        (title) => `Why ${title} is skipped: The caller had to hang up.`,
      ),
    );
  });

  it('does not accept spaces as a reason', () => {
    expect(Object.keys(faultsOf({ ...SENSITIVE, ...SKIPPED, skip_system: '   ' }))).toEqual(['system_installed']);
  });

  it('stores what was answered in a part whose rest is skipped', () => {
    const checked = check(leadership, { ...SENSITIVE, ...SKIPPED, claiming_fraud: 'yes' }, {});
    if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
    expect(checked.answers.claiming_fraud).toBe('yes');
    expect(schemaOf(leadership, {}).parse(checked.answers)).toEqual(checked.answers);
    const { skip_concern: _gone, ...unexcused } = checked.answers;
    expect(schemaOf(leadership, {}).safeParse(unexcused).success).toBe(false);
  });

  it('distinguishes "No record" from records', () => {
    const faults = faultsOf({ ...SENSITIVE, ...SKIPPED, physical_record: ['none', 'calls'] });
    expect(faults.physical_record).toContain('"No record" rules out the other choices');
  });
});

it('suggests a sentence for each situation', () => {
  const sentences = [{}, { path: 'waits' }, { path: 'refuses' }, SENSITIVE].map((answers) =>
    openingOf(leadership, answers),
  );
  expect(new Set(sentences).size).toBe(4);
  expect(sentences[0]).toBe(leadership.opening);
});

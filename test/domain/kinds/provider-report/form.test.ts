import type { Answers } from '../../../../src/domain/forms/form';
import { providerReport } from '../../../../src/domain/kinds/provider-report/form';
import { procedureOf } from '../../../support/procedure';

const COMPLETE: Answers = {
  reported_by: 'agent',
  sp_account: 'SP-10442',
  done_by: 'customer',
  treatment: ['harassed'],
  what_happened: 'The customer kept calling the technician at night.',
  happened_at: '2026-03-10T12:00:00.000Z',
  safe_now: 'yes',
};
const { asks, offers, faultsOf, derived } = procedureOf(providerReport, COMPLETE);

describe('the procedure of a provider report', () => {
  it('has 14 fields, and one for the liaison who appeals', () => {
    expect(providerReport.questions.map(({ label }) => label)).toEqual([
      'Who reports',
      'Name of the liaison',
      'SP Account Number',
      'SJ Number',
      'Appeal of a decision',
      'Identity verified',
      'Who did it',
      'Name, as far as known',
      'The employee in Slack',
      'What kind',
      'What happened',
      'When it happened',
      'Is the SP safe now',
      'Evidence',
      'Link to the recorded call',
    ]);
  });

  it("offers the procedure's options", () => {
    expect(offers('done_by')).toEqual(['Customer', 'Client', 'Employee']);
    expect(offers('treatment')).toEqual(['Threatened', 'Harassed', 'Unsanctioned treatment', 'Illegal treatment']);
    expect(offers('reported_by')).toEqual(['Agent for the SP', 'Liaison of the SP']);
  });

  it('needs who did it, what kind, what happened, when, and whether the SP is safe', () => {
    const emptied = Object.fromEntries(Object.keys(COMPLETE).map((id) => [id, '']));
    expect(Object.keys(faultsOf(emptied))).toEqual([
      'reported_by',
      'sp_account',
      'done_by',
      'treatment',
      'what_happened',
      'safe_now',
    ]);
    expect(Object.keys(faultsOf({ happened_at: '' }))).toEqual(['happened_at']);
  });

  it('can be filed without an SJ and without a name', () => {
    expect(faultsOf({})).toEqual({});
  });

  it('asks an SP’s own liaison for their name', () => {
    expect(asks({ reported_by: 'liaison' })).toContain('Name of the liaison');
    expect(Object.keys(faultsOf({ reported_by: 'liaison' }))).toEqual(['liaison_name']);
  });

  it('asks to verify the identity before anyone is named', () => {
    const labels = asks({ done_by: 'employee' });
    expect(labels.indexOf('Identity verified')).toBeLessThan(labels.indexOf('Name, as far as known'));
  });

  it('names an employee as a person in Slack, too, so that they never see it', () => {
    expect(asks()).not.toContain('The employee in Slack');
    const employee = { done_by: 'employee', done_by_employee: 'U0DANA' };
    expect(derived(employee).subjects).toEqual(['U0DANA']);
    expect(derived({ ...employee, done_by: 'client' }).subjects).toEqual([]);
  });

  it('is critical while the SP is not safe, high after threats or illegal treatment, and elevated otherwise', () => {
    expect(derived({ safe_now: 'no' }).severity).toBe('critical');
    expect(derived({ treatment: ['threatened'] }).severity).toBe('high');
    expect(derived({ treatment: ['illegal'] }).severity).toBe('high');
    expect(derived({})).toMatchObject({
      severity: 'elevated',
      title: 'Provider report',
      marks: ['sensitive', 'sp_at_risk'],
    });
  });
});

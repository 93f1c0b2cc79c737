import { STARTER_CATALOGUE } from '../../../../src/domain/catalogue';
import { procedure } from '../../../support/sp-feedback-answers';

const { offers } = procedure;

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
    expect(offers('high_cost')).toEqual([
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
    expect(offers('workmanship')).toEqual([
      'Same failure again within 30 days',
      'Repair left incomplete',
      'Wrong part',
      'Damage to the home or vehicle',
      'Unsafe condition left',
    ]);
    expect(offers('process')).toEqual([
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

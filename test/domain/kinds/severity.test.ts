import fc from 'fast-check';
import { highRiskSeverity, type RiskSigns } from '../../../src/domain/kinds/high-risk/severity';
import { providerReportSeverity } from '../../../src/domain/kinds/provider-report/severity';

const NONE: RiskSigns = { dangerNow: false, situations: [], conduct: [] };

describe('the severity of a high-risk report', () => {
  it.each<[Partial<RiskSigns>, string]>([
    [{ dangerNow: true }, 'Critical because someone is in danger now.'],
    [{ conduct: ['sexual_misconduct'] }, 'Critical because sexual misconduct is reported.'],
    [{ conduct: ['physical_contact'] }, 'Critical because physical contact is reported.'],
    [{ situations: ['police'] }, 'Critical because the police are involved.'],
  ])('is critical for %j', (signs, reason) => {
    expect(highRiskSeverity({ ...NONE, ...signs })).toEqual({ severity: 'critical', reason });
  });

  it.each<[Partial<RiskSigns>, string]>([
    [{ situations: ['lawsuit'] }, 'High because a lawsuit is pending.'],
    [{ situations: ['threats'] }, 'High because threats or harassment are reported.'],
    [{ conduct: ['discrimination'] }, 'High because discrimination is reported.'],
    [{ conduct: ['vehicle_withholding'] }, 'High because a vehicle is being withheld.'],
    [{ situations: ['safety'] }, 'High because there is a safety issue.'],
  ])('is high for %j', (signs, reason) => {
    expect(highRiskSeverity({ ...NONE, ...signs })).toEqual({ severity: 'high', reason });
  });

  it.each(['threatening_rude', 'post_service_contact', 'property_damage', 'egregious_billing'])(
    'is elevated for %s alone',
    (conduct) => {
      const { severity, reason } = highRiskSeverity({ ...NONE, conduct: [conduct] });
      expect(severity).toBe('elevated');
      expect(reason).toBe('Elevated because nothing reported calls for critical or high.');
    },
  );

  it('names every reason for it, and none of lesser weight', () => {
    const signs = { dangerNow: true, situations: ['police', 'lawsuit'], conduct: ['physical_contact'] };
    expect(highRiskSeverity(signs).reason).toBe(
      'Critical because someone is in danger now, physical contact is reported, and the police are involved.',
    );
  });

  it('never falls if something more is reported', () => {
    const codes = ['safety', 'police', 'lawsuit', 'threats'];
    const conduct = ['sexual_misconduct', 'physical_contact', 'discrimination', 'property_damage'];
    const anySigns = fc.record({
      dangerNow: fc.boolean(),
      situations: fc.subarray(codes),
      conduct: fc.subarray(conduct),
    });
    const rank = (signs: RiskSigns) => ['elevated', 'high', 'critical'].indexOf(highRiskSeverity(signs).severity);
    fc.assert(
      fc.property(anySigns, anySigns, (a, b) => {
        const both = {
          dangerNow: a.dangerNow || b.dangerNow,
          situations: [...a.situations, ...b.situations],
          conduct: [...a.conduct, ...b.conduct],
        };
        expect(rank(both)).toBe(Math.max(rank(a), rank(b)));
      }),
    );
  });
});

describe('the severity of a provider report', () => {
  it('is critical while the SP is not safe', () => {
    expect(providerReportSeverity(false, ['harassed'])).toEqual({
      severity: 'critical',
      reason: 'Critical because the SP is not safe now.',
    });
  });

  it('is high if a safe SP was threatened or treated illegally', () => {
    expect(providerReportSeverity(true, ['illegal', 'threatened'])).toEqual({
      severity: 'high',
      reason: 'High because the SP was threatened and the SP was treated illegally.',
    });
  });

  it('is elevated for the rest', () => {
    expect(providerReportSeverity(true, ['harassed', 'unsanctioned']).severity).toBe('elevated');
  });
});

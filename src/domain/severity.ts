import type { Severity } from './kinds';

/** A severity with one sentence saying what called for it. */
export interface SeverityVerdict {
  readonly severity: Severity;
  readonly reason: string;
}

/** The answers a high-risk report's severity follows from (codes of domain section 4). */
export interface RiskSigns {
  readonly dangerNow: boolean;
  readonly situations: readonly string[];
  readonly conduct: readonly string[];
}

interface Rule {
  readonly severity: 'critical' | 'high';
  readonly holds: (signs: RiskSigns) => boolean;
  readonly because: string;
}

const situation = (severity: Rule['severity'], code: string, because: string): Rule => ({
  severity,
  holds: ({ situations }) => situations.includes(code),
  because,
});
const conduct = (severity: Rule['severity'], code: string, because: string): Rule => ({
  severity,
  holds: (signs) => signs.conduct.includes(code),
  because,
});

const RULES: readonly Rule[] = [
  { severity: 'critical', holds: ({ dangerNow }) => dangerNow, because: 'someone is in danger now' },
  conduct('critical', 'sexual_misconduct', 'sexual misconduct is reported'),
  conduct('critical', 'physical_contact', 'physical contact is reported'),
  situation('critical', 'police', 'the police are involved'),
  situation('high', 'lawsuit', 'a lawsuit is pending'),
  situation('high', 'threats', 'threats or harassment are reported'),
  conduct('high', 'discrimination', 'discrimination is reported'),
  conduct('high', 'vehicle_withholding', 'a vehicle is being withheld'),
  situation('high', 'safety', 'there is a safety issue'),
];

/** How urgent a high-risk report is, naming everything that makes it so: computed, never typed (domain section 4). */
export function highRiskSeverity(signs: RiskSigns): SeverityVerdict {
  for (const severity of ['critical', 'high'] as const) {
    const causes = RULES.filter((rule) => rule.severity === severity && rule.holds(signs));
    if (causes.length > 0)
      return {
        severity,
        reason: because(
          severity,
          causes.map((cause) => cause.because),
        ),
      };
  }
  return { severity: 'elevated', reason: 'Elevated because nothing reported calls for critical or high.' };
}

/** How urgent a provider report is: an SP who is not safe comes first, then threats and illegal treatment. */
export function providerReportSeverity(safeNow: boolean, treatment: readonly string[]): SeverityVerdict {
  if (!safeNow) return { severity: 'critical', reason: because('critical', ['the SP is not safe now']) };
  const causes = [
    ...(treatment.includes('threatened') ? ['the SP was threatened'] : []),
    ...(treatment.includes('illegal') ? ['the SP was treated illegally'] : []),
  ];
  if (causes.length > 0) return { severity: 'high', reason: because('high', causes) };
  return {
    severity: 'elevated',
    reason: 'Elevated because the SP is safe, and was neither threatened nor treated illegally.',
  };
}

const list = new Intl.ListFormat('en-US', { type: 'conjunction' });
const because = (severity: string, causes: readonly string[]) =>
  `${severity.charAt(0).toUpperCase()}${severity.slice(1)} because ${list.format(causes)}.`;

import { because, type SeverityVerdict } from '../verdict';

/** The answers that decide a high-risk report's severity (codes of domain section 4). */
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

/** How urgent a high-risk report is, with every reason: computed, never chosen (domain section 4). */
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

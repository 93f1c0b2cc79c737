import { because, type SeverityVerdict } from '../verdict';

/** How urgent a provider report is: first an SP who is not safe, then threats and illegal treatment. */
export function providerReportSeverity(safeNow: boolean, treatment: readonly string[]): SeverityVerdict {
  if (!safeNow) return { severity: 'critical', reason: because('critical', ['the SP is not safe now']) };
  const causes = [
    ...(treatment.includes('threatened') ? ['the SP was threatened'] : []),
    ...(treatment.includes('illegal') ? ['the SP was treated illegally'] : []),
  ];
  if (causes.length > 0) return { severity: 'high', reason: because('high', causes) };
  return {
    severity: 'elevated',
    reason: 'Elevated: the SP is safe.',
  };
}

/** An appeal: no one is at risk, and someone waits for an answer. */
export const APPEAL: SeverityVerdict = {
  severity: 'elevated',
  reason: 'Elevated because the SP appeals against a decision.',
};

/** The five kinds of case, their reference prefixes and commands (domain section 2). Codes never change once data exists. */
export const KINDS = {
  sp_feedback: { prefix: 'SPF', command: '/sp-feedback', label: 'SP feedback' },
  exception: { prefix: 'EXC', command: '/escalate', label: 'Exception' },
  high_risk: { prefix: 'HRR', command: '/high-risk', label: 'High-risk report' },
  leadership: { prefix: 'LDR', command: '/leadership', label: 'Leadership concern' },
  provider_report: { prefix: 'PRV', command: '/provider-report', label: 'Provider report' },
} as const;
export type CaseKind = keyof typeof KINDS;
export const CASE_KINDS = Object.keys(KINDS) as CaseKind[];

const REFERENCE = new RegExp(`^(${CASE_KINDS.map((kind) => KINDS[kind].prefix).join('|')})-\\d{6,}$`);
/** A case's reference as people type it, in its stored form (`SPF-000123`), or null when it is none. */
export function parseReference(raw: string): string | null {
  const ref = raw.trim().toUpperCase();
  return REFERENCE.test(ref) ? ref : null;
}

/** How urgent a case is. `low` is recognition; `normal` is everyday feedback; the rest come from domain section 4. */
export const SEVERITIES = ['critical', 'high', 'elevated', 'normal', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const TONES = ['positive', 'negative', 'neutral'] as const;
export type Tone = (typeof TONES)[number];

/** The 13 exception codes (domain section 6). */
export const EXCEPTION_CODES = [
  'COACH',
  'GREAT SVC',
  'HI COST',
  'MISDIAG',
  'MISSED APPT',
  'NCNS',
  'NO RESPONSE',
  'NO WORK',
  'PROCESS',
  'PROFILE UPDATE',
  'SP UNRESPONSIVE',
  'UNPROFESSIONAL',
  'WORKMANSHIP',
] as const;
export type ExceptionCode = (typeof EXCEPTION_CODES)[number];

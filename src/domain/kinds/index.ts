import { exception } from './exception';
import { highRisk } from './high-risk';
import type { Kind } from './kind';
import { leadership } from './leadership';
import { providerReport } from './provider-report';
import { spFeedback } from './sp-feedback';

/**
 * The kinds of case, in the order in which they are offered (domain section 2): a line each, and a folder that says all
 * there is to it. A code is stored: it never changes once data exists.
 */
const ALL = {
  sp_feedback: spFeedback,
  exception,
  high_risk: highRisk,
  leadership,
  provider_report: providerReport,
};
export type CaseKind = keyof typeof ALL;
/** What each kind is. A folder under the wrong code does not compile. */
export const KINDS: { readonly [Code in CaseKind]: Kind<Code> } = ALL;
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

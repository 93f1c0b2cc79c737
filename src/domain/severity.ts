/** How urgent a case is. `low` is recognition; `normal` is everyday feedback; for the rest, see domain section 4. */
export const SEVERITIES = ['critical', 'high', 'elevated', 'normal', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a case says about the SP. */
export const TONES = ['positive', 'negative', 'neutral'] as const;
export type Tone = (typeof TONES)[number];

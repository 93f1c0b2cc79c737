/** Possible steps against an SP with repeated reports, mildest first (domain section 12). */
export const STEPS = ['coach', 'warn', 'notice', 'suspend', 'remove'] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Readonly<Record<Step, string>> = {
  coach: 'coaching',
  warn: 'a warning',
  notice: 'a notice',
  suspend: 'a suspension',
  remove: 'removal from the network',
};

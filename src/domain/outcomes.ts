/** What came of a case (domain section 7). `fourEyes` outcomes need a second approver. */
export const OUTCOMES = [
  { code: 'coaching_given', label: 'Coaching given', fourEyes: false },
  { code: 'warning_issued', label: 'Warning issued', fourEyes: false },
  { code: 'customer_made_whole', label: 'Customer made whole', fourEyes: false },
  { code: 'sp_to_return', label: 'SP to return', fourEyes: false },
  { code: 'job_reassigned', label: 'Job reassigned', fourEyes: false },
  { code: 'recognition_sent', label: 'Recognition sent', fourEyes: false },
  { code: 'profile_updated', label: 'Profile updated', fourEyes: false },
  { code: 'no_fault_found', label: 'No fault found', fourEyes: false },
  { code: 'other', label: 'Other', fourEyes: false },
  { code: 'banned', label: 'Driver or employee banned', fourEyes: true },
  { code: 'sp_suspended', label: 'SP suspended', fourEyes: true },
  { code: 'sp_removed', label: 'SP removed from network', fourEyes: true },
  { code: 'reported_to_police', label: 'Reported to law enforcement', fourEyes: true },
  { code: 'referred_to_legal', label: 'Referred to legal', fourEyes: true },
] as const;
export type OutcomeCode = (typeof OUTCOMES)[number]['code'];

export const OUTCOME_CODES = OUTCOMES.map((outcome) => outcome.code) as [OutcomeCode, ...OutcomeCode[]];

/** The label of a stored outcome. */
export const outcomeLabel = (code: OutcomeCode): string => OUTCOMES.find((o) => o.code === code)?.label ?? code;

/** Whether an outcome waits for a second approver before the case resolves. */
export const needsFourEyes = (code: OutcomeCode): boolean => OUTCOMES.some((o) => o.code === code && o.fourEyes);

import type { SetStanding } from './sp-standing';

/** A fact that makes an outcome verifiable, in the window that resolves a case: a day, a line, or a future time. */
export interface OutcomeFact {
  /** The field it is entered in. */
  readonly field: string;
  /** Where it is stored: see `OutcomeFacts`. */
  readonly as: Exclude<keyof OutcomeFacts, 'followUpDays'>;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
}
/** The facts stored with an outcome. */
export interface OutcomeFacts {
  /** The day on which it was done, such as `2026-11-02`. */
  readonly on?: string;
  /** The amount, the new SP, or someone else's number or reference. */
  readonly detail?: string;
  /** A driver or employee whom the SP must not send anymore. */
  readonly person?: string;
  /** The end date of what it sets. */
  readonly until?: Date;
  /** After this many days, someone checks whether it worked. */
  readonly followUpDays?: number;
}

interface Outcome {
  readonly code: string;
  readonly label: string;
  /** It needs a second approver. */
  readonly fourEyes: boolean;
  readonly facts?: readonly OutcomeFact[];
  /** It decides an appeal, and nothing else. */
  readonly ofAppeal?: true;
  /** The SP's standing from then on; `dated`: only if it has an end date. */
  readonly sets?: { readonly is: SetStanding; readonly dated?: true };
}

const until = (label: string, hint: string): OutcomeFact => ({
  field: 'until',
  as: 'until',
  label,
  hint,
  optional: true,
});
const PERSON_HINT = 'Name, badge or license number, truck or unit: as much as is known, in one line.';
const alsoBanned: OutcomeFact = {
  field: 'person',
  as: 'person',
  label: 'Driver or employee not to be sent anymore',
  hint: `Empty: no one. ${PERSON_HINT}`,
  optional: true,
};
const line = (field: string, label: string, hint?: string): OutcomeFact => ({
  field,
  as: 'detail',
  label,
  ...(hint ? { hint } : {}),
});
const day = (field: string, label: string): OutcomeFact => ({ field, as: 'on', label });

/** The possible outcomes of a case (domain section 7). */
export const OUTCOMES = [
  {
    code: 'coaching_given',
    label: 'Coaching given',
    fourEyes: false,
    facts: [day('coached_on', 'Day of the coaching')],
  },
  {
    code: 'warning_issued',
    label: 'Warning issued',
    fourEyes: false,
    facts: [
      day('warned_on', 'Day of the warning'),
      until('On notice until', 'Empty: no notice. Until then, everyone who types the account sees it.'),
    ],
    sets: { is: 'on_notice', dated: true },
  },
  {
    code: 'customer_made_whole',
    label: 'Customer made whole',
    fourEyes: false,
    facts: [line('amount', 'Amount', 'What the customer got, such as $150.')],
  },
  { code: 'sp_to_return', label: 'SP to return', fourEyes: false },
  {
    code: 'job_reassigned',
    label: 'Job reassigned',
    fourEyes: false,
    facts: [line('new_sp', 'New SP', 'The account number or name of the SP who does the job now.')],
  },
  { code: 'recognition_sent', label: 'Recognition sent', fourEyes: false },
  { code: 'profile_updated', label: 'Profile updated', fourEyes: false },
  { code: 'no_fault_found', label: 'No fault found', fourEyes: false },
  { code: 'other', label: 'Other', fourEyes: false },
  {
    code: 'banned',
    label: 'Driver or employee banned',
    fourEyes: true,
    facts: [{ field: 'person', as: 'person', label: 'Driver or employee not to be sent anymore', hint: PERSON_HINT }],
  },
  {
    code: 'sp_suspended',
    label: 'SP suspended',
    fourEyes: true,
    facts: [until('Suspended until', 'Empty: until it is lifted.'), alsoBanned],
    sets: { is: 'suspended' },
  },
  {
    code: 'sp_removed',
    label: 'SP removed from network',
    fourEyes: true,
    facts: [alsoBanned],
    sets: { is: 'removed' },
  },
  {
    code: 'reported_to_police',
    label: 'Reported to law enforcement',
    fourEyes: true,
    facts: [line('report_number', 'Report number')],
  },
  {
    code: 'referred_to_legal',
    label: 'Referred to legal',
    fourEyes: true,
    facts: [line('legal_reference', 'Reference at legal', 'The matter or ticket under which legal has it.')],
  },
  // Ends what the decision set for the SP, as two people could.
  { code: 'appeal_granted', label: 'Appeal granted', fourEyes: true, ofAppeal: true },
  { code: 'appeal_refused', label: 'Appeal refused', fourEyes: false, ofAppeal: true },
] as const satisfies readonly Outcome[];
export type OutcomeCode = (typeof OUTCOMES)[number]['code'];

export const OUTCOME_CODES = OUTCOMES.map((outcome) => outcome.code) as [OutcomeCode, ...OutcomeCode[]];

const outcomeOf = (code: OutcomeCode): Outcome | undefined => OUTCOMES.find((one) => one.code === code);

/** The outcomes that a case may have: only an appeal is granted or refused. */
export const outcomesFor = (isAppeal: boolean): readonly Outcome[] => {
  const all: readonly Outcome[] = OUTCOMES;
  return all.filter(({ code, ofAppeal = false }) => ofAppeal === isAppeal || code === 'other');
};

export const outcomeLabel = (code: OutcomeCode): string => outcomeOf(code)?.label ?? code;

/** Whether an outcome waits for a second approver before the case resolves. */
export const needsFourEyes = (code: OutcomeCode): boolean => outcomeOf(code)?.fourEyes ?? false;

/** What an outcome asks for besides its explanation. */
export const factsAsked = (code: OutcomeCode): readonly OutcomeFact[] => outcomeOf(code)?.facts ?? [];

/** The SP's standing after an outcome with these facts; null: unchanged. */
export function standingBy(code: OutcomeCode, { until }: OutcomeFacts): { is: SetStanding; until: Date | null } | null {
  const sets = outcomeOf(code)?.sets;
  return sets && (until || !sets.dated) ? { is: sets.is, until: until ?? null } : null;
}

/** The facts of an outcome for display: each question and its value. */
export const factsOf = (
  code: OutcomeCode,
  facts: OutcomeFacts,
): readonly { readonly label: string; readonly value: string | Date }[] =>
  factsAsked(code).flatMap(({ as, label }) => {
    const value = facts[as];
    return value === undefined ? [] : [{ label, value }];
  });

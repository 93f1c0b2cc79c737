import type { FillValue, ViewReading } from '../../sandbox/workspace';
import type { CaseKind } from '../../src/domain/kinds/code';
import type { Random } from './random';

/** How a report of one kind is started and answered; the form accepts every answer. */
export interface Recipe {
  readonly kind: CaseKind;
  readonly command: string;
  readonly title: string;
  /** The fields in order; each is answered when the form shows it. */
  readonly answers: (random: Random, text: string, now: Date) => readonly [string, Chosen][];
}
/** An answer, or how to choose it among the form's options. */
export type Chosen = FillValue | ((view: ViewReading) => FillValue);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const someOf =
  (random: Random, label: string, fits: (option: string) => boolean = () => true) =>
  (view: ViewReading): FillValue =>
    random.some((view.fields[label]?.options ?? []).filter(fits), 3);

const DETAILS = "Details of Customer's Experience with SP";
const INTERNAL_DETAILS = 'Details of Internal Experience with SP';

const feedback: Recipe['answers'] = (random, text) => {
  const reason = (name: string): [string, Chosen] => ['Reason For Feedback', name];
  const recall = (name: string): [string, Chosen][] => [reason(`Recall Reassignment: ${name}`)];
  const listed = (list: string, details: string): [string, Chosen][] => [
    [list, someOf(random, list)],
    [details, text],
  ];
  switch (random.int(0, 6)) {
    case 0:
      return recall('Account Inactive');
    case 1:
      return [...recall('Customer Driven'), ['Does Customer Have a Complaint Against SP', 'No']];
    case 2:
      return [...recall('SP Refused'), ['SP Refused Reason', 'Other'], ['Explanation of Other Refusal', text]];
    case 3:
      return [reason('SP Feedback from Customer: Positive'), ...listed('Positive Customer Feedback', DETAILS)];
    case 4:
      return [
        reason('SP Internal Feedback: Negative'),
        ['Negative Internal Feedback', ['Misdiagnosis']],
        [INTERNAL_DETAILS, text],
      ];
    default:
      return [reason('SP Feedback from Customer: Negative'), ...listed('Negative Customer Feedback', DETAILS)];
  }
};

const highRisk: Recipe['answers'] = (random, text) => [
  ['Who is at risk', random.some(['Customer', 'SP', 'Agent', 'Public'], 2)],
  ['Situation', random.some(['Safety Issue', 'Police Involved', 'Threats or Harassment'], 2)],
  ['Is anyone in danger now', random.chance(0.3) ? 'Yes' : 'No'],
  ['What happened', text],
];

const providerReport: Recipe['answers'] = (random, text, now) => [
  ['Who did it', random.pick(['Customer', 'Client'])],
  ['What kind', random.some(['Threatened', 'Harassed', 'Illegal treatment'], 2)],
  ['What happened', text],
  ['When it happened', new Date(+now - HOUR)],
  ['Is the SP safe now', random.chance(0.2) ? 'No' : 'Yes'],
];

const leadership: Recipe['answers'] = (random, text, now) =>
  random.chance(0.5)
    ? [
        ['Follow-up', 'Agrees to wait for a follow-up'],
        ['Promised callback time', new Date(+now + random.int(1, 30) * HOUR)],
        ['Number to call back', '312 555 0100'],
        ['Summary for the hand-over', text],
      ]
    : [
        ['Follow-up', 'Refuses to wait'],
        ['Warm transfer to a Resolution Specialist', 'Unavailable, voicemail left'],
        ['Summary for the hand-over', text],
      ];

/** Codes that need no contact attempts. */
const exception: Recipe['answers'] = (random, text) => [
  ['Exception code', random.pick(['COACH', 'GREAT SVC'])],
  ['Details', text],
];

export const RECIPES = {
  feedback: { kind: 'sp_feedback', command: '/sp-feedback', title: 'SP feedback', answers: feedback },
  highRisk: { kind: 'high_risk', command: '/high-risk', title: 'High-risk report', answers: highRisk },
  exception: { kind: 'exception', command: '/escalate', title: 'Exception', answers: exception },
  leadership: { kind: 'leadership', command: '/leadership', title: 'Leadership concern', answers: leadership },
  providerReport: {
    kind: 'provider_report',
    command: '/provider-report',
    title: 'Provider report',
    answers: providerReport,
  },
} as const satisfies Record<string, Recipe>;
export type RecipeName = keyof typeof RECIPES;

/** How often each kind is filed. */
export const KINDS_FILED: Readonly<Record<RecipeName, number>> = {
  feedback: 50,
  highRisk: 14,
  exception: 14,
  leadership: 11,
  providerReport: 11,
};

import { listOf } from '../../catalogue';
import { EXCEPTION_CODES } from '../../exception-codes';
import { optionsOf } from '../../forms/answer';
import { chosen, driver, fixed, SJ, SP_ACCOUNT, STORY_MAX } from '../../forms/common';
import type { Answers, Catalogue, Fault, Form, Option, Question } from '../../forms/form';
import type { Tone } from '../../severity';

const POSITIVE_OR_NEGATIVE = fixed({ positive: 'Positive', negative: 'Negative' });

/** The conditions of the procedure's branches. Each sees only answers of earlier visible questions. */
const recall = (answers: Answers) => answers.reason === 'recall_reassignment';
const customerDriven = (answers: Answers) => recall(answers) && answers.recall_reason === 'customer_driven';
const spRefused = (answers: Answers) => recall(answers) && answers.recall_reason === 'sp_refused';
const fromCustomer = (answers: Answers) => answers.reason === 'customer_feedback';
const internal = (answers: Answers) => answers.reason === 'internal_feedback';
const complaint = (answers: Answers) => customerDriven(answers) && answers.has_complaint === 'yes';
const customerPositive = (answers: Answers) => fromCustomer(answers) && answers.customer_type === 'positive';
const customerNegative = (answers: Answers) => fromCustomer(answers) && answers.customer_type === 'negative';
const internalPositive = (answers: Answers) => internal(answers) && answers.internal_type === 'positive';
const internalNegative = (answers: Answers) => internal(answers) && answers.internal_type === 'negative';

const NEGATIVE_INTERNAL_LABEL = 'Negative Internal Feedback';

/** The follow-ups to negative internal feedback: each must agree with the negatives that map to its exception code. */
const FOLLOW_UPS = [
  {
    id: 'high_cost',
    label: 'If Has High Cost, Select All That Apply',
    none: 'SP Does Not Have High Cost',
    code: 'HI COST',
  },
  {
    id: 'workmanship',
    label: 'If Poor Workmanship, Select All That Apply',
    none: 'SP Did Not Have Poor Workmanship',
    code: 'WORKMANSHIP',
  },
  {
    id: 'process',
    label: 'If SP Did Not Follow Process, Select All That Apply',
    none: 'SP Followed Process',
    code: 'PROCESS',
  },
] as const;
type FollowUp = (typeof FOLLOW_UPS)[number];

const NONE = 'none';
const followUpOptions = ({ id, none }: FollowUp, catalogue: Catalogue): readonly Option[] => [
  ...listOf(catalogue, id),
  { code: NONE, label: none, exclusive: true, implied: true },
];

/** The chosen negative that a follow-up asks about. */
const negativeOf = ({ code }: FollowUp, answers: Answers, catalogue: Catalogue): Option | undefined =>
  listOf(catalogue, 'negative_internal').find(
    (option) => option.exceptionCode === code && chosen(answers, 'negative_internal').includes(option.code),
  );

const questions: readonly Question[] = [
  SP_ACCOUNT,
  SJ,
  {
    id: 'reason',
    kind: 'one_of',
    again: true,
    label: 'Reason For Feedback',
    options: fixed({
      recall_reassignment: 'Recall Reassignment',
      customer_feedback: 'SP Feedback from Customer',
      internal_feedback: 'SP Internal Feedback',
    }),
    joins: ['recall_reason', 'customer_type', 'internal_type'],
    live: true,
  },
  {
    id: 'recall_reason',
    kind: 'one_of',
    again: true,
    label: 'Reason for Recall Reassignment',
    when: recall,
    options: fixed({
      customer_driven: 'Customer Driven',
      account_inactive: 'Account Inactive',
      sp_refused: 'SP Refused',
    }),
    live: true,
  },
  {
    id: 'has_complaint',
    kind: 'yes_no',
    label: 'Does Customer Have a Complaint Against SP',
    when: customerDriven,
    live: true,
  },
  {
    id: 'refused_reason',
    kind: 'one_of',
    again: true,
    label: 'SP Refused Reason',
    when: spRefused,
    options: fixed({
      brand_equipment: 'Does Not Service Brand/Equipment',
      bad_experience: 'Bad Experience with Customer',
      availability: 'Availability/Manpower',
      out_of_network: 'Out of Network',
      other: 'Other',
    }),
    live: true,
  },
  {
    id: 'refused_other',
    kind: 'long_text',
    label: 'Explanation of Other Refusal',
    when: (answers) => spRefused(answers) && answers.refused_reason === 'other',
    maxLength: STORY_MAX,
  },
  {
    id: 'customer_type',
    kind: 'one_of',
    again: true,
    label: 'Customer Feedback Type',
    when: fromCustomer,
    options: POSITIVE_OR_NEGATIVE,
    live: true,
  },
  {
    id: 'positive_customer',
    kind: 'many_of',
    again: true,
    label: 'Positive Customer Feedback',
    when: customerPositive,
    options: (catalogue) => listOf(catalogue, 'positive_customer'),
  },
  {
    id: 'negative_customer',
    kind: 'many_of',
    again: true,
    label: 'Negative Customer Feedback',
    when: (answers) => complaint(answers) || customerNegative(answers),
    options: (catalogue) => listOf(catalogue, 'negative_customer'),
    live: true,
  },
  {
    id: 'customer_details',
    kind: 'long_text',
    label: "Details of Customer's Experience with SP",
    when: (answers) => complaint(answers) || customerPositive(answers) || customerNegative(answers),
    maxLength: STORY_MAX,
  },
  {
    id: 'internal_type',
    kind: 'one_of',
    again: true,
    label: 'Internal Feedback Type',
    when: internal,
    options: POSITIVE_OR_NEGATIVE,
    live: true,
  },
  {
    id: 'positive_internal',
    kind: 'many_of',
    again: true,
    label: 'Positive Internal Feedback',
    when: internalPositive,
    options: (catalogue) => listOf(catalogue, 'positive_internal'),
  },
  {
    id: 'negative_internal',
    kind: 'many_of',
    again: true,
    label: NEGATIVE_INTERNAL_LABEL,
    when: internalNegative,
    options: (catalogue) => listOf(catalogue, 'negative_internal'),
    live: true,
  },
  ...FOLLOW_UPS.map(
    (followUp): Question => ({
      id: followUp.id,
      kind: 'many_of',
      checklist: true,
      again: true,
      label: followUp.label,
      when: internalNegative,
      options: (catalogue) => followUpOptions(followUp, catalogue),
      follows: (answers, catalogue) => (negativeOf(followUp, answers, catalogue) ? undefined : [NONE]),
    }),
  ),
  {
    id: 'internal_details',
    kind: 'long_text',
    label: 'Details of Internal Experience with SP',
    when: (answers) => internalPositive(answers) || internalNegative(answers),
    maxLength: STORY_MAX,
  },
  driver((answers) => customerNegative(answers) || internalNegative(answers)),
];

/** The options chosen in any of the catalogue's feedback lists. */
const chosenFeedback = (answers: Answers, catalogue: Catalogue) =>
  (['negative_customer', 'positive_customer', 'positive_internal', 'negative_internal'] as const).flatMap((key) =>
    listOf(catalogue, key).filter(({ code }) => chosen(answers, key).includes(code)),
  );

/**
 * If high cost is a chosen negative, its details are asked and cannot be none; likewise workmanship and process (domain
 * section 3). Otherwise none is recorded.
 */
function agreement(followUp: FollowUp, answers: Answers, catalogue: Catalogue): Fault[] {
  const negative = negativeOf(followUp, answers, catalogue);
  if (!negative || !chosen(answers, followUp.id).includes(NONE)) return [];
  return [
    {
      question: followUp.id,
      message:
        `"${negative.label}" is chosen under "${NEGATIVE_INTERNAL_LABEL}", but "${followUp.none}" here. ` +
        `Select what applies here, or take "${negative.label}" away there.`,
    },
  ];
}

function toneAndTitle(answers: Answers): { tone: Tone; title: string } {
  if (complaint(answers)) return { tone: 'negative', title: 'Recall reassignment: customer complaint' };
  if (customerDriven(answers)) return { tone: 'neutral', title: 'Recall reassignment: customer driven' };
  if (spRefused(answers)) return { tone: 'neutral', title: 'Recall reassignment: SP refused' };
  if (recall(answers) && answers.recall_reason)
    return { tone: 'neutral', title: 'Recall reassignment: account inactive' };
  if (customerPositive(answers)) return { tone: 'positive', title: 'Positive feedback from a customer' };
  if (customerNegative(answers)) return { tone: 'negative', title: 'Negative feedback from a customer' };
  if (internalPositive(answers)) return { tone: 'positive', title: 'Positive internal feedback' };
  if (internalNegative(answers)) return { tone: 'negative', title: 'Negative internal feedback' };
  return { tone: 'neutral', title: 'SP feedback' };
}

const SEVERITY_REASON: Record<Tone, string> = {
  positive: 'Positive feedback is recognition: nothing needs fixing.',
  negative: 'Negative feedback follows the normal response times.',
  neutral: 'A reassignment without a complaint follows the normal response times.',
};

/** SP feedback, `/sp-feedback` (domain section 3). */
export const spFeedback: Form<'sp_feedback'> = {
  kind: 'sp_feedback',
  title: 'SP feedback',
  opening: 'Thank you. I am writing this down.',
  openings: [
    {
      when: (answers) => complaint(answers) || customerNegative(answers),
      say: 'I am sorry. I will pass this on.',
    },
    { when: customerPositive, say: 'Thank you. I will pass this on.' },
  ],
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  questions,
  starter: (catalogue) => ({
    reason: 'customer_feedback',
    customer_type: 'positive',
    positive_customer: listOf(catalogue, 'positive_customer')
      .filter(({ retired }) => !retired)
      .slice(0, 1)
      .map(({ code }) => code),
  }),
  agreements: (answers, catalogue) => FOLLOW_UPS.flatMap((followUp) => agreement(followUp, answers, catalogue)),
  derive: (answers, catalogue) => {
    const { tone, title } = toneAndTitle(answers);
    const mapped = new Set(chosenFeedback(answers, catalogue).map(({ exceptionCode }) => exceptionCode));
    return {
      tone,
      title,
      severity: tone === 'positive' ? 'low' : 'normal',
      severityReason: SEVERITY_REASON[tone],
      codes: EXCEPTION_CODES.filter((code) => mapped.has(code)),
    };
  },
};

const labelOf = (id: string, code: unknown): string | null => {
  const question = questions.find((candidate) => candidate.id === id);
  return (question && optionsOf(question, {}).find((option) => option.code === code)?.label) ?? null;
};

/** Why a job was taken back and, if the SP refused it, why, in the form's words; null for other feedback. */
export function recallOf(answers: Answers): { reason: string; refusal: string | null } | null {
  const reason = recall(answers) ? labelOf('recall_reason', answers.recall_reason) : null;
  return reason
    ? { reason, refusal: spRefused(answers) ? labelOf('refused_reason', answers.refused_reason) : null }
    : null;
}

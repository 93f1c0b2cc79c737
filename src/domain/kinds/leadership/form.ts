import { chosen, fixed, SJ, SP_ACCOUNT, STORY_MAX } from '../../forms/common';
import type { Answers, Form, Page, Question } from '../../forms/form';
import { CLOSING_STATEMENT, INTERVIEW, isSensitive } from './interview';

const CALLER: Page = { id: 'caller', title: 'The caller' };

const waits = ({ path }: Answers) => path === 'waits';
const refuses = ({ path }: Answers) => path === 'refuses';
const connected = (answers: Answers) => refuses(answers) && answers.transfer === 'connected';

const SENSITIVE_ISSUES = fixed({
  lawyer: 'Lawyer or legal counsel',
  fraudulent_claims: 'Fraudulent claims',
  illegal_actions: 'Illegal actions',
  agreement_violations: 'Agreement violations',
  falsified_records: 'Falsified records',
  mischaracterisation: 'Mischaracterization',
  non_registered_company: 'Non-registered company',
  slander: 'Slander',
  bbb_complaint: 'Better Business Bureau complaint',
  social_media_complaint: 'Social media complaint',
  unlicensed_contractor: 'Unlicensed contractor',
  foreclosure_notice: 'Foreclosure notice',
  lien_request: 'Lien request',
});

/** Steps 1 and 2 of the procedure: the caller's path, then the sensitive issues. One page, where most reports end. */
const CALLER_QUESTIONS: readonly Question[] = [
  { ...SP_ACCOUNT, optional: true },
  { ...SJ, optional: true },
  {
    id: 'wants',
    kind: 'one_of',
    label: 'The caller',
    options: fixed({ leadership: 'Wants leadership', sensitive: 'Has a sensitive concern' }),
    initial: 'leadership',
    live: true,
  },
  {
    id: 'path',
    kind: 'one_of',
    label: 'Follow-up',
    options: fixed({ waits: 'Agrees to wait for a follow-up', refuses: 'Refuses to wait' }),
    live: true,
  },
  { id: 'callback_at', kind: 'date_time', label: 'Promised callback time', when: waits, live: true },
  {
    id: 'callback_number',
    kind: 'text',
    label: 'Number to call back',
    maxLength: 40,
    when: waits,
    optional: true,
    extra: true,
    // Someone will be called: their number is in the SJ, or is given here.
    needed: ({ sj }) => !sj,
  },
  {
    id: 'transfer',
    kind: 'one_of',
    label: 'Warm transfer to a Resolution Specialist',
    options: fixed({ connected: 'Connected', voicemail: 'Unavailable, voicemail left' }),
    when: refuses,
    live: true,
  },
  { id: 'specialist', kind: 'person', label: 'Connected with', when: connected, takesOver: true, live: 'aside' },
  {
    id: 'handover',
    kind: 'long_text',
    label: 'Summary for the hand-over',
    maxLength: STORY_MAX,
  },
  {
    id: 'sensitive_issues',
    kind: 'many_of',
    label: 'Sensitive issues',
    hint: 'Any opens a short interview.',
    options: SENSITIVE_ISSUES,
    optional: true,
    extra: ({ wants }) => wants !== 'sensitive',
    live: true,
  },
];

/** The labels of the chosen sensitive issues, as a list in a sentence. */
function named(answers: Answers): string {
  const labels = SENSITIVE_ISSUES()
    .filter(({ code }) => chosen(answers, 'sensitive_issues').includes(code))
    // A name such as Better Business Bureau stays one.
    .map(({ label }) => (/^\S+ [A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)));
  return new Intl.ListFormat('en-US').format(labels);
}

/** Leadership and sensitive issues, `/leadership` (domain section 5). */
export const leadership: Form<'leadership'> = {
  kind: 'leadership',
  title: 'Leadership concern',
  opening: 'I understand. The right person will hear this.',
  openings: [
    {
      when: isSensitive,
      say: 'Thank you for being open. Let me get every detail right.',
    },
    {
      when: refuses,
      say: 'I understand. I am trying to connect you right now.',
    },
    { when: waits, say: 'Thank you. We will call you then.' },
  ],
  closing:
    'Thank you for your patience. I have written down what you told me, and the specialist has it in front of them: you ' +
    'do not have to repeat it.',
  closings: [{ id: 'sensitive', about: 'for a sensitive issue', when: isSensitive, say: CLOSING_STATEMENT }],
  more: 'Add sensitive issues',
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  callbackQuestion: 'callback_at',
  questions: [...CALLER_QUESTIONS.map((question): Question => ({ ...question, page: CALLER })), ...INTERVIEW],
  agreements: () => [],
  derive: (answers) => {
    const sensitive = isSensitive(answers);
    return {
      severity: sensitive ? 'elevated' : 'normal',
      severityReason: sensitive
        ? `Elevated because of sensitive issues: ${named(answers)}.`
        : 'No sensitive issue is named: the normal response times of leadership concerns.',
      tone: 'negative',
      codes: [],
      title: sensitive ? 'Sensitive issue' : 'Caller wants leadership',
      marks: [
        ...(sensitive ? (['sensitive'] as const) : []),
        ...(chosen(answers, 'sensitive_issues').includes('lawyer') ? (['lawyer'] as const) : []),
      ],
      ...(typeof answers.callback_at === 'string' && { callbackAt: answers.callback_at }),
    };
  },
};

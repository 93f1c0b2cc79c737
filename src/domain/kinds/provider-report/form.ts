import { chosen, EVIDENCE, fixed, identityTick, LINE_MAX, SJ, SP_ACCOUNT, STORY_MAX } from '../../forms/common';
import type { Answers, Form, Question } from '../../forms/form';
import { APPEAL, providerReportSeverity } from './severity';

const byEmployee = ({ done_by }: Answers) => done_by === 'employee';
/** What happened to the SP is asked unless they appeal a decision, which needs only a reason. */
const befell = ({ appeal_of }: Answers) => appeal_of === undefined;

function parseDecision(raw: string): { ok: true; value: string } | { ok: false; fault: string } {
  const value = raw.trim().toUpperCase();
  return /^[A-Z]{3}-\d{6,}$/.test(value)
    ? { ok: true, value }
    : { ok: false, fault: 'Type the reference of the decision, such as HRR-000123, or leave this empty.' };
}

const questions: readonly Question[] = [
  {
    id: 'reported_by',
    kind: 'one_of',
    label: 'Who reports',
    options: fixed({ agent: 'Agent for the SP', liaison: 'Liaison of the SP' }),
    initial: 'agent',
    live: true,
  },
  {
    id: 'liaison_name',
    kind: 'text',
    label: 'Name of the liaison',
    maxLength: LINE_MAX,
    when: ({ reported_by }) => reported_by === 'liaison',
  },
  SP_ACCOUNT,
  { ...SJ, optional: true },
  {
    id: 'appeal_of',
    kind: 'text',
    holds: 'appeal_of',
    label: 'Appeal of a decision',
    placeholder: 'Its reference, such as HRR-000123; empty for any other report',
    maxLength: 40,
    // The liaison speaks for the SP; an agent has the SP on the phone.
    when: ({ reported_by }) => reported_by === 'liaison',
    parse: parseDecision,
    optional: true,
    live: true,
  },
  identityTick(),
  {
    id: 'done_by',
    kind: 'one_of',
    again: true,
    label: 'Who did it',
    when: befell,
    options: fixed({ customer: 'Customer', client: 'Client', employee: 'Employee' }),
    live: true,
  },
  {
    id: 'done_by_name',
    kind: 'text',
    label: 'Name, as far as known',
    when: befell,
    maxLength: LINE_MAX,
    optional: true,
    extra: true,
  },
  {
    id: 'done_by_employee',
    kind: 'person',
    label: 'The employee in Slack',
    hint: 'They never see this report.',
    when: byEmployee,
    optional: true,
    // It decides who gets the report.
    live: true,
  },
  {
    id: 'treatment',
    kind: 'many_of',
    again: true,
    label: 'What kind',
    when: befell,
    options: fixed({
      threatened: 'Threatened',
      harassed: 'Harassed',
      unsanctioned: 'Unsanctioned treatment',
      illegal: 'Illegal treatment',
    }),
    live: true,
  },
  { id: 'what_happened', kind: 'long_text', label: 'What happened', maxLength: STORY_MAX },
  {
    id: 'happened_at',
    kind: 'date_time',
    label: 'When it happened',
    when: (answers) => chosen(answers, 'treatment').length > 0,
    past: true,
    preset: 'now',
  },
  { id: 'safe_now', kind: 'yes_no', label: 'Is the SP safe now', when: befell, live: true },
  ...EVIDENCE,
];

/** Provider report, `/provider-report` (domain section 2): here the SP is the victim. Its title reveals nothing. */
export const providerReport: Form<'provider_report'> = {
  kind: 'provider_report',
  title: 'Provider report',
  banner: 'If the SP is in danger now, have them call the emergency services first.',
  isCalm: ({ safe_now }) => safe_now === 'yes',
  more: 'Add details',
  opening: 'I am sorry that happened.',
  openings: [
    {
      when: ({ safe_now }) => safe_now === 'no',
      say: 'Please get to a safe place first. The job can wait.',
    },
    {
      when: byEmployee,
      say: 'Thank you for trusting me. The person you name never sees this.',
    },
  ],
  closing:
    'Thank you. Your report goes to our Provider Advocates and to no one named in it. They will contact you; ' +
    'you do not have to continue a job where you do not feel safe.',
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  questions,
  agreements: () => [],
  derive: (answers) => {
    const { severity, reason } = befell(answers)
      ? providerReportSeverity(answers.safe_now === 'yes', chosen(answers, 'treatment'))
      : APPEAL;
    return {
      severity,
      severityReason: reason,
      tone: 'negative',
      codes: [],
      title: 'Provider report',
      marks: ['sensitive', 'sp_at_risk'],
      subjects: chosen(answers, 'done_by_employee'),
    };
  },
};

import { chosen, fixed, LINE_MAX, STORY_MAX } from '../../forms/common';
import type { Answers, Page, Question } from '../../forms/form';

/** The closing statement of a sensitive issue, read to the customer at the end of the interview. */
export const CLOSING_STATEMENT =
  'Thank you for taking the time to go through this with me. I have written down what you told me, and it now goes to ' +
  'the people who review such matters. I cannot tell you the outcome today. You will be contacted about it, and you do ' +
  'not have to repeat what you told me.';

/** Any sensitive issue opens the interview; none, and the form is complete (domain section 5, step 2). */
export const isSensitive = (answers: Answers): boolean => chosen(answers, 'sensitive_issues').length > 0;

/** The devices on which something was created or reviewed. */
const WHOSE_DEVICE = fixed({
  customer: "The customer's",
  sales_representative: "The sales representative's",
  other: "Someone else's",
  unknown: 'Not known',
});

/** A page of the interview: shown for sensitive issues only, and skippable with a reason, which is an answer too. */
function interviewPage(id: string, title: string, asked: readonly Question[]): Question[] {
  const skip = `skip_${id}`;
  const page: Page = { id, title, skip };
  return [
    ...asked.map(
      (question): Question => ({
        ...question,
        page,
        when: (answers) => isSensitive(answers) && (question.when?.(answers) ?? true),
      }),
    ),
    {
      id: skip,
      kind: 'text',
      label: `Why ${title} is skipped`,
      hint: 'Only to leave answers of this page out.',
      maxLength: LINE_MAX,
      page,
      when: isSensitive,
      optional: true,
      live: true,
    },
  ];
}

const verified = ({ identity_verified }: Answers) => identity_verified === 'yes';
const emailIs = (state: string) => (answers: Answers) => verified(answers) && answers.email_on_file === state;
const noEmail = emailIs('none');
const installed = ({ system_installed }: Answers) => system_installed === 'yes';

/** The detailed interview, page by page (domain section 5, step 3). Personal details only once identity is verified. */
export const INTERVIEW: readonly Question[] = [
  ...interviewPage('verification', 'Verification', [
    { id: 'identity_verified', kind: 'yes_no', label: 'Identity verified', live: true },
    {
      id: 'email_on_file',
      kind: 'one_of',
      label: 'E-mail on file',
      options: fixed({ same: "The customer's own", none: 'None', different: 'A different one' }),
      when: verified,
      live: true,
    },
    { id: 'email_by_rep', kind: 'yes_no', label: 'Did the sales representative create one', when: noEmail },
    { id: 'email_access', kind: 'yes_no', label: 'Does the customer have access', when: noEmail },
    {
      id: 'email_device',
      kind: 'one_of',
      label: 'On whose device was it created',
      options: WHOSE_DEVICE,
      when: noEmail,
    },
    {
      id: 'email_ever_access',
      kind: 'yes_no',
      label: 'Did they ever have access to the one on file',
      when: emailIs('different'),
    },
  ]),
  ...interviewPage('concern', 'Concern', [
    { id: 'claiming_fraud', kind: 'yes_no', label: 'Claiming fraud' },
    { id: 'promises', kind: 'long_text', label: 'Promises from the installer', maxLength: STORY_MAX },
    { id: 'concern_words', kind: 'long_text', label: "The concern in the customer's words", maxLength: STORY_MAX },
  ]),
  ...interviewPage('sales_representative', 'Sales representative', [
    { id: 'rep_company', kind: 'text', label: 'Who they said they worked for', maxLength: LINE_MAX },
    { id: 'rep_signed', kind: 'text', label: 'What they said was being signed', maxLength: LINE_MAX },
    { id: 'rep_afterwards', kind: 'text', label: 'What would happen afterwards', maxLength: LINE_MAX },
    { id: 'rep_contact_since', kind: 'yes_no', label: 'Contact since' },
    { id: 'rep_made_email', kind: 'yes_no', label: 'Did they make an e-mail' },
  ]),
  ...interviewPage('contract', 'Contract', [
    { id: 'contract_by_email', kind: 'yes_no', label: 'Received by e-mail' },
    { id: 'contract_device', kind: 'one_of', label: 'Reviewed on whose device', options: WHOSE_DEVICE },
    { id: 'contract_copy', kind: 'yes_no', label: 'Copy of the agreement' },
    { id: 'contract_off', kind: 'text', label: 'Anything off', maxLength: LINE_MAX, optional: true },
    { id: 'welcome_call', kind: 'yes_no', label: 'Answered the welcome call yes/no questions', live: true },
    {
      id: 'welcome_phone',
      kind: 'one_of',
      label: 'On whose phone',
      options: WHOSE_DEVICE,
      when: ({ welcome_call }) => welcome_call === 'yes',
    },
  ]),
  ...interviewPage('system', 'System', [
    { id: 'system_installed', kind: 'yes_no', label: 'Installed', live: true },
    { id: 'system_working', kind: 'yes_no', label: 'Working', when: installed },
    { id: 'system_since', kind: 'text', label: 'Since when', maxLength: LINE_MAX, when: installed },
  ]),
  ...interviewPage('closing', 'Closing', [
    { id: 'main_concern', kind: 'long_text', label: 'Main concern', maxLength: STORY_MAX },
    {
      id: 'physical_record',
      kind: 'many_of',
      label: 'Physical record of promises',
      options: () => [
        { code: 'text_messages', label: 'Text messages' },
        { code: 'emails', label: 'E-mails' },
        { code: 'calls', label: 'Calls' },
        { code: 'voicemails', label: 'Voicemails' },
        { code: 'none', label: 'No record', exclusive: true },
      ],
    },
    {
      id: 'closing_read',
      kind: 'yes_no',
      label: 'Closing statement read to the customer',
      hint: `“${CLOSING_STATEMENT}”`,
      reads: 'sensitive',
    },
  ]),
];

import { chosen, fixed, LINE_MAX, STORY_MAX } from '../../forms/common';
import type { Answers, Page, Part, Question } from '../../forms/form';

/** The closing statement of a sensitive issue, read to the customer at the end of the interview. */
export const CLOSING_STATEMENT =
  'Thank you for taking the time to go through this with me. I have written down what you told me, and it now goes to ' +
  'the people who review such matters. I cannot tell you the outcome today. You will be contacted about it, and you do ' +
  'not have to repeat what you told me.';

/** Any sensitive issue opens the interview; without one, the form is complete (domain section 5). */
export const isSensitive = (answers: Answers): boolean => chosen(answers, 'sensitive_issues').length > 0;

/** The devices on which something was created or reviewed. */
const WHOSE_DEVICE = fixed({
  customer: "The customer's",
  sales_representative: "The sales representative's",
  other: "Someone else's",
  unknown: 'Not known',
});

/** A part of the interview: asked for sensitive issues only, and skippable with a reason, which is an answer, too. */
function part(page: Page, id: string, title: string, asked: readonly Question[]): Question[] {
  const here: Part = { id, title, skip: `skip_${id}` };
  return [
    ...asked.map(
      (question): Question => ({
        ...question,
        page,
        part: here,
        when: (answers) => isSensitive(answers) && (question.when?.(answers) ?? true),
      }),
    ),
    {
      id: here.skip,
      kind: 'text',
      label: `Why ${title} is skipped`,
      hint: 'Only to leave answers of this part out.',
      maxLength: LINE_MAX,
      page,
      part: here,
      when: isSensitive,
      optional: true,
      live: true,
    },
  ];
}

/** Two pages, so that a report has at most three. */
const CUSTOMER: Page = { id: 'customer', title: 'Customer and sale' };
const AGREEMENT: Page = { id: 'agreement', title: 'Contract and closing' };

const verified = ({ identity_verified }: Answers) => identity_verified === 'yes';
const emailIs = (state: string) => (answers: Answers) => verified(answers) && answers.email_on_file === state;
const noEmail = emailIs('none');
const installed = ({ system_installed }: Answers) => system_installed === 'yes';

/**
 * The detailed interview (domain section 5). Labels name the answers in stored cases; questions are written to be read
 * aloud. Personal details only once identity is verified.
 */
export const INTERVIEW: readonly Question[] = [
  ...part(CUSTOMER, 'verification', 'Verification', [
    {
      id: 'identity_verified',
      kind: 'yes_no',
      label: 'Identity verified',
      ask: 'Can you confirm your name and address for me?',
      hint: 'Yes once their identity is verified.',
      live: true,
    },
    {
      id: 'email_on_file',
      kind: 'one_of',
      label: 'E-mail on file',
      ask: 'Which e-mail address do we have on file for you?',
      options: fixed({ same: "The customer's own", none: 'None', different: 'A different one' }),
      when: verified,
      live: true,
    },
    {
      id: 'email_by_rep',
      kind: 'yes_no',
      label: 'Did the sales representative create one',
      ask: 'Did the sales representative create an e-mail address for you?',
      when: noEmail,
    },
    {
      id: 'email_access',
      kind: 'yes_no',
      label: 'Does the customer have access',
      ask: 'Do you have access to it?',
      when: noEmail,
    },
    {
      id: 'email_device',
      kind: 'one_of',
      label: 'On whose device was it created',
      ask: 'On whose device was it created?',
      options: WHOSE_DEVICE,
      when: noEmail,
    },
    {
      id: 'email_ever_access',
      kind: 'yes_no',
      label: 'Did they ever have access to the one on file',
      ask: 'Did you ever have access to the e-mail address on file?',
      when: emailIs('different'),
    },
  ]),
  ...part(CUSTOMER, 'concern', 'Concern', [
    { id: 'claiming_fraud', kind: 'yes_no', label: 'Claiming fraud', ask: 'Are you telling us that this was fraud?' },
    {
      id: 'promises',
      kind: 'long_text',
      label: 'Promises from the installer',
      ask: 'What did the installer promise you?',
      maxLength: STORY_MAX,
    },
    {
      id: 'concern_words',
      kind: 'long_text',
      label: "The concern in the customer's words",
      ask: 'In your own words, what is your concern?',
      maxLength: STORY_MAX,
    },
  ]),
  ...part(CUSTOMER, 'sales_representative', 'Sales representative', [
    {
      id: 'rep_company',
      kind: 'text',
      label: 'Who they said they worked for',
      ask: 'Who did the sales representative say they worked for?',
      maxLength: LINE_MAX,
    },
    {
      id: 'rep_signed',
      kind: 'text',
      label: 'What they said was being signed',
      ask: 'What did they say you were signing?',
      maxLength: LINE_MAX,
    },
    {
      id: 'rep_afterwards',
      kind: 'text',
      label: 'What would happen afterwards',
      ask: 'What did they say would happen afterwards?',
      maxLength: LINE_MAX,
    },
    {
      id: 'rep_contact_since',
      kind: 'yes_no',
      label: 'Contact since',
      ask: 'Have you had any contact with them since?',
    },
    {
      id: 'rep_made_email',
      kind: 'yes_no',
      label: 'Did they make an e-mail',
      ask: 'Did they make an e-mail address for you?',
    },
  ]),
  ...part(AGREEMENT, 'contract', 'Contract', [
    {
      id: 'contract_by_email',
      kind: 'yes_no',
      label: 'Received by e-mail',
      ask: 'Did you receive the contract by e-mail?',
    },
    {
      id: 'contract_device',
      kind: 'one_of',
      label: 'Reviewed on whose device',
      ask: 'On whose device did you review it?',
      options: WHOSE_DEVICE,
    },
    {
      id: 'contract_copy',
      kind: 'yes_no',
      label: 'Copy of the agreement',
      ask: 'Do you have a copy of the agreement?',
    },
    {
      id: 'contract_off',
      kind: 'text',
      label: 'Anything off',
      ask: 'Did anything about it seem off to you?',
      maxLength: LINE_MAX,
      optional: true,
    },
    {
      id: 'welcome_call',
      kind: 'yes_no',
      label: 'Answered the welcome call yes/no questions',
      ask: 'Did you answer the yes-or-no questions of the welcome call?',
      live: true,
    },
    {
      id: 'welcome_phone',
      kind: 'one_of',
      label: 'On whose phone',
      ask: 'On whose phone did you answer them?',
      options: WHOSE_DEVICE,
      when: ({ welcome_call }) => welcome_call === 'yes',
    },
  ]),
  ...part(AGREEMENT, 'system', 'System', [
    { id: 'system_installed', kind: 'yes_no', label: 'Installed', ask: 'Is the system installed?', live: true },
    { id: 'system_working', kind: 'yes_no', label: 'Working', ask: 'Is it working?', when: installed },
    {
      id: 'system_since',
      kind: 'text',
      label: 'Since when',
      ask: 'Since when has it been that way?',
      maxLength: LINE_MAX,
      when: installed,
    },
  ]),
  ...part(AGREEMENT, 'closing', 'Closing', [
    {
      id: 'main_concern',
      kind: 'long_text',
      label: 'Main concern',
      ask: 'Of everything you told me, what is your main concern?',
      maxLength: STORY_MAX,
    },
    {
      id: 'physical_record',
      kind: 'many_of',
      label: 'Physical record of promises',
      ask: 'Do you have any record of what was promised?',
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
      ask: 'Did you read this to the customer?',
      hint: `“${CLOSING_STATEMENT}”`,
      reads: 'sensitive',
    },
  ]),
];

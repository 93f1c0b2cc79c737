import { type ContactStanding, isExempt } from '../contact-rule';
import { EXCEPTION_CODES, type ExceptionCode, type Tone } from '../kinds';
import { fixed, SJ, SP_ACCOUNT, STORY_MAX } from './common';
import type { Answers, Fault, Form, Option, Question } from './form';

/** What each code stands for, in a few words beside it. */
const MEANING: Readonly<Record<ExceptionCode, string>> = {
  COACH: 'Needs coaching; no contact attempt needed',
  'GREAT SVC': 'Great service; no contact attempt needed',
  'HI COST': 'High cost or billing dispute',
  MISDIAG: 'Misdiagnosis',
  'MISSED APPT': 'Missed appointment',
  NCNS: 'No call, no show',
  'NO RESPONSE': 'No response to customer',
  'NO WORK': 'Refused or did no work',
  PROCESS: 'Did not follow process',
  'PROFILE UPDATE': 'Profile out of date',
  'SP UNRESPONSIVE': 'SP unresponsive to us',
  UNPROFESSIONAL: 'Rude or unprofessional',
  WORKMANSHIP: 'Poor workmanship',
};
/** The codes with their meaning, as options. */
export const CODES: readonly Option[] = EXCEPTION_CODES.map(
  (code): Option => ({ code, label: code, description: MEANING[code] }),
);

/** Codes of the answer `contact_rule`, which the procedure supplies: see `contactRuleAnswer`. */
const CONTACT_RULE = {
  first_attempt: 'No contact attempt recorded',
  wait: '24 hours since the first attempt have not passed',
  second_attempt: 'Second attempt not recorded',
  resolved: 'Resolved by the SP',
  met: 'Both attempts recorded',
} as const;
type ContactRuleCode = keyof typeof CONTACT_RULE;

/** The answer to supply as `contact_rule`, afresh for every drawing and submission of the form (domain section 6). */
export function contactRuleAnswer({ needs, resolved }: ContactStanding): ContactRuleCode {
  switch (needs) {
    case 'first attempt':
      return 'first_attempt';
    case 'wait':
      return 'wait';
    case 'second attempt':
      return 'second_attempt';
    case 'nothing':
      return resolved ? 'resolved' : 'met';
  }
}

/** The question whose answer marks the case as overridden. */
export const OVERRIDE_REASON = 'override_reason';
/** The two questions that say how the contact rule stood: cards tell it by the attempts themselves. */
export const CONTACT_RULE_QUESTIONS: readonly string[] = ['contact_rule', OVERRIDE_REASON];

const ruled = ({ code }: Answers) => code !== undefined && !isExempt(String(code));
/** The clock may be overridden with a reason, and so may a customer who has not called back; a first attempt may not. */
const overridable = ({ contact_rule, customer_called_back }: Answers) =>
  contact_rule === 'wait' ||
  contact_rule === 'second_attempt' ||
  (contact_rule === 'met' && customer_called_back === 'no');

const questions: readonly Question[] = [
  SP_ACCOUNT,
  SJ,
  { id: 'code', kind: 'one_of', label: 'Exception code', options: () => CODES, live: true },
  {
    id: 'contact_rule',
    kind: 'one_of',
    label: 'Contact attempts',
    options: fixed(CONTACT_RULE),
    when: ruled,
    supplied: true,
    optional: true,
  },
  {
    id: 'customer_called_back',
    kind: 'yes_no',
    label: 'Has the customer called back',
    when: ruled,
    initial: 'yes',
    live: true,
  },
  {
    id: OVERRIDE_REASON,
    kind: 'long_text',
    label: 'Reason for opening it now',
    hint: 'The contact rule is not met yet. The exception is marked with this reason.',
    maxLength: STORY_MAX,
    when: (answers) => ruled(answers) && overridable(answers),
  },
  { id: 'details', kind: 'long_text', label: 'Details', maxLength: STORY_MAX },
];

const REFUSALS: Readonly<Partial<Record<string, string>>> = {
  first_attempt: 'Contact the SP first and record it with /sp-contact and this SJ number. Then escalate.',
  resolved:
    'The SP resolved this SJ, so there is nothing to escalate. If it came up again, record a new attempt with /sp-contact.',
};

/** The agent must try the SP first: nothing opens before that, whatever the reason (domain section 6). */
function contactFaults(answers: Answers): Fault[] {
  if (!ruled(answers)) return [];
  const { contact_rule: standing } = answers;
  const message =
    standing === undefined
      ? 'The contact attempts of this SJ could not be looked up. Nothing was filed: submit again.'
      : REFUSALS[String(standing)];
  return message ? [{ question: SJ.id, message }] : [];
}

const toneOf = (code: ExceptionCode | undefined): Tone => {
  if (code === 'GREAT SVC') return 'positive';
  return code === 'PROFILE UPDATE' || code === undefined ? 'neutral' : 'negative';
};

/** Exception (AM escalation), `/escalate` (domain section 6). */
export const exception: Form = {
  kind: 'exception',
  title: 'Exception',
  opening: 'Thank you for calling back. I am sorry this is still open; let me take it further for you.',
  openings: [
    { when: ({ code }) => code === 'GREAT SVC', say: 'That is good to hear. I will make sure that it is recognised.' },
    {
      when: ({ code }) => code === 'COACH',
      say: 'Thank you for telling me. I will pass it on, so that it gets better.',
    },
  ],
  closing:
    'I have passed this on to the manager responsible for this area. Our team reviews it first, and you will hear back ' +
    'from us with what was decided.',
  closings: [
    {
      id: 'great_service',
      about: 'for great service',
      when: ({ code }) => code === 'GREAT SVC',
      say: 'Thank you for telling us. I have passed it on to be recognised.',
    },
  ],
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  questions,
  agreements: contactFaults,
  derive: (answers) => {
    const code = EXCEPTION_CODES.find((candidate) => candidate === answers.code);
    const recognition = code === 'GREAT SVC';
    return {
      severity: recognition ? 'low' : 'normal',
      severityReason: recognition
        ? 'Great service is recognition: nothing has to be put right.'
        : 'An exception follows the normal response times, after its review.',
      tone: toneOf(code),
      codes: code ? [code] : [],
      title: code ? `Exception: ${code}` : 'Exception',
      marks: answers.override_reason ? ['contact_override'] : [],
    };
  },
};

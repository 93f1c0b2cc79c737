import { type ContactStanding, isExempt } from '../../contact-rule';
import { CODE_OPTIONS, codeFacts, EXCEPTION_CODES, type ExceptionCode, readCode } from '../../exception-codes';
import { fixed, SJ, SP_ACCOUNT, STORY_MAX } from '../../forms/common';
import type { Answers, Fault, Form, Question, Saying } from '../../forms/form';

/** Codes of the answer `contact_rule`, which the procedure supplies: see `contactRuleAnswer`. */
const CONTACT_RULE = {
  first_attempt: 'No contact attempt recorded',
  wait: '24 hours since the first attempt have not passed',
  second_attempt: 'Second attempt not recorded',
  resolved: 'Resolved by the SP',
  met: 'Both attempts recorded',
} as const;
type ContactRuleCode = keyof typeof CONTACT_RULE;

/** The supplied answer `contact_rule`, computed again for every drawing and submission (domain section 6). */
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

const ruled = ({ code }: Answers) => code !== undefined && !isExempt(String(code));
/** A reason overrides the 24 hours, and a customer who has not called back, but not a missing first attempt. */
const overridable = ({ contact_rule, customer_called_back }: Answers) =>
  contact_rule === 'wait' ||
  contact_rule === 'second_attempt' ||
  (contact_rule === 'met' && customer_called_back === 'no');

const questions: readonly Question[] = [
  SP_ACCOUNT,
  SJ,
  { id: 'code', kind: 'one_of', label: 'Exception code', options: () => CODE_OPTIONS, live: true },
  {
    id: 'contact_rule',
    kind: 'one_of',
    label: 'Contact attempts',
    options: fixed(CONTACT_RULE),
    when: ruled,
    supplied: true,
    optional: true,
    apart: true,
  },
  {
    id: 'customer_called_back',
    kind: 'yes_no',
    label: 'Has the customer called back',
    when: ruled,
    // Only the reason below depends on it.
    live: 'aside',
  },
  {
    id: OVERRIDE_REASON,
    kind: 'long_text',
    label: 'Reason for opening it now',
    hint: 'The contact rule is not met: this marks the exception.',
    maxLength: STORY_MAX,
    when: (answers) => ruled(answers) && overridable(answers),
    apart: true,
  },
  {
    id: 'details',
    kind: 'long_text',
    label: 'Details',
    maxLength: STORY_MAX,
    optional: true,
    needed: ({ code }) => codeFacts(code)?.saysAll !== true,
  },
];

/** The answers of an exception that a repeat rule raises (domain section 9). */
export const coachingAnswers = (account: string, details: string): Answers => ({
  [SP_ACCOUNT.id]: account,
  code: 'COACH' satisfies ExceptionCode,
  details,
});

const REFUSALS: Readonly<Partial<Record<string, string>>> = {
  first_attempt: 'Contact the SP first. Then press "Record an attempt" above; everything typed here stays.',
  resolved:
    'The SP resolved this SJ, so there is nothing to escalate. If it came up again, try the SP and press "Record an attempt" above.',
};

/** The agent must try the SP first: until then, nothing can be opened, whatever the reason (domain section 6). */
function contactFaults(answers: Answers): Fault[] {
  if (!ruled(answers)) return [];
  const { contact_rule: standing } = answers;
  const message =
    standing === undefined
      ? 'The contact attempts of this SJ could not be looked up. Nothing was filed: submit again.'
      : REFUSALS[String(standing)];
  return message ? [{ question: SJ.id, message }] : [];
}

/** Great service is recognition, with its own words, closing and severity. */
const isPraise = ({ code }: Answers): boolean => codeFacts(code)?.praise === true;

/** Exception (AM escalation), `/escalate` (domain section 6). */
export const exception: Form<'exception'> = {
  kind: 'exception',
  title: 'Exception',
  opening: 'I am sorry. Let me take it further.',
  openings: EXCEPTION_CODES.flatMap((code): Saying[] => {
    const say = codeFacts(code)?.say;
    return say ? [{ when: (answers) => answers.code === code, say }] : [];
  }),
  closing:
    'I have passed this on to the manager responsible for this area. Our team reviews it first, and you will hear back ' +
    'from us with what was decided.',
  closings: [
    {
      id: 'great_service',
      about: 'for great service',
      when: isPraise,
      say: 'Thank you for telling us. I have passed it on to be recognized.',
    },
  ],
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  questions,
  agreements: contactFaults,
  derive: (answers) => {
    const code = readCode(answers.code);
    const recognition = isPraise(answers);
    return {
      severity: recognition ? 'low' : 'normal',
      severityReason: recognition
        ? 'Great service is recognition: nothing needs fixing.'
        : 'An exception follows the normal response times, after its review.',
      tone: codeFacts(code)?.tone ?? 'neutral',
      codes: code ? [code] : [],
      title: code ? `Exception: ${code}` : 'Exception',
      marks: answers.override_reason ? ['contact_override'] : [],
    };
  },
};

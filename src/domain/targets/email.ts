import { isPerson } from './slack-person';
import { type Lane, laneAt, prefixed, type Resolved, type TargetRules } from './target';

/** No character can end a header line or become markup in Slack. */
const ADDRESS = /^[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
export const isMailAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** A lane's mailbox: an address, or a person with one in their Slack profile. */
export const mailboxOfLane = (lane: Lane): string => namedBy(lane);
const isMailLane = (lane: Lane) => isPerson(mailboxOfLane(lane)) || isMailAddress(mailboxOfLane(lane));
/** The lane of this mailbox: an address, or a person. */
export const mailLane = (mailbox: string): Lane => laneAt('email', mailbox);
const namedBy = (to: string): string => prefixed('email', to) ?? '';

function read(given: string): Resolved {
  if (given.toLowerCase() === 'email') return { ok: true, id: 'email' };
  const mailbox = namedBy(given);
  return isMailAddress(mailbox)
    ? { ok: true, id: mailLane(mailbox.toLowerCase()) }
    : {
        ok: false,
        reason: `${given} is not a mailbox: write email, or email: and an address such as email:ops@example.com`,
      };
}

/** Email: `email` reaches the person who answers for the case, `email:ADDRESS` a mailbox. */
export const email: TargetRules = {
  name: 'email',
  address: {
    is: isMailLane,
    named: (lane) => {
      const mailbox = mailboxOfLane(lane);
      return isPerson(mailbox) ? { user: mailbox, by: 'by email' } : mailbox;
    },
  },
  rung: {
    usage: ['email', 'email:ADDRESS'],
    hint: ['email (emails the person on duty)', 'email:ops@example.com'],
    is: (to) => to === 'email' || isMailAddress(namedBy(to)),
    isTyped: (given) => /^email(:|$)/i.test(given),
    stored: async (given) => read(given),
    typed: async (to) => to,
    reaches: (to, { onDuty }) => ({ lanes: to === 'email' ? onDuty.map(mailLane) : [mailLane(namedBy(to))] }),
    people: () => [],
    group: () => null,
    onCard: (to) => (to === 'email' ? 'an email to the owner' : 'an email'),
    named: (to) => (to === 'email' ? 'email' : namedBy(to)),
  },
  unset: 'Email is not set up: set SMTP_HOST and MAIL_FROM where Warmline runs.',
  faults: {
    email_off: 'Warmline sends no email: set SMTP_HOST and MAIL_FROM where it runs, then try again.',
    email_unknown:
      'Their Slack profile shows no email address: name the mailbox in the policy, as in email:ops@example.com.',
    smtp_refused: 'The mail server does not accept mail for this address: correct it, then try again.',
    smtp_sign_in: 'The mail server does not accept the user and password: correct SMTP_USER and SMTP_PASSWORD.',
    smtp_certificate:
      'The certificate of the mail server is not trusted: renew it, or name its authority in SMTP_CA_FILE.',
    smtp_no_tls:
      'The mail server offers no encryption: fix that, or set SMTP_TLS=none for a server on the same machine.',
  },
};

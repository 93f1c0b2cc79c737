import { isPerson } from './slack-person';
import { type Lane, prefixed, type Resolved, type TargetRules } from './target';

/** Nothing in it can end a header line or come alive in Slack. */
const ADDRESS = /^[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
export const isMailAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** Whose mailbox a lane is: an address, or a person whose address their Slack profile tells. */
export const mailboxOfLane = (lane: Lane): string => prefixed('email', lane) ?? '';
const isMailLane = (lane: Lane) => isPerson(mailboxOfLane(lane)) || isMailAddress(mailboxOfLane(lane));
/** Where mail to this mailbox waits: an address, or a person. */
export const mailLane = (mailbox: string): Lane => `email:${mailbox}`;

function read(given: string): Resolved {
  if (given.toLowerCase() === 'email') return { ok: true, id: 'email' };
  const mailbox = prefixed('email', given) ?? '';
  return isMailAddress(mailbox)
    ? { ok: true, id: mailLane(mailbox.toLowerCase()) }
    : {
        ok: false,
        reason: `${given} is not a mailbox: write email, or email: and an address such as email:ops@example.com`,
      };
}

/** E-mail: `email` reaches whoever answers for the case, `email:ADDRESS` a mailbox. */
export const email: TargetRules = {
  name: 'email',
  address: {
    is: isMailLane,
    named: (lane) => {
      const mailbox = mailboxOfLane(lane);
      return isPerson(mailbox) ? { user: mailbox, by: 'by e-mail' } : mailbox;
    },
  },
  rung: {
    usage: ['email', 'email:ADDRESS'],
    hint: ['email (mails whoever is on duty)', 'email:ops@example.com'],
    is: (to) => to === 'email' || isMailAddress(mailboxOfLane(to)),
    isTyped: (given) => /^email(:|$)/i.test(given),
    stored: async (given) => read(given),
    typed: async (to) => to,
    reaches: (to, { onDuty }) => ({ lanes: to === 'email' ? onDuty.map(mailLane) : [to] }),
    people: () => [],
    group: () => null,
    onCard: (to) => (to === 'email' ? 'an e-mail to the owner' : 'an e-mail'),
    named: (to) => (to === 'email' ? 'e-mail' : mailboxOfLane(to)),
  },
  unset: 'Email is not set up: set SMTP_HOST and MAIL_FROM where Warmline runs.',
  faults: {
    email_off: 'Warmline sends no e-mail: set SMTP_HOST and MAIL_FROM where it runs, then try again.',
    email_unknown:
      'Their Slack profile shows no e-mail address: name the mailbox in the policy, as in email:ops@example.com.',
    smtp_refused: 'The mail server does not accept mail for this address: correct it, then try again.',
    smtp_sign_in: 'The mail server does not accept the user and password: correct SMTP_USER and SMTP_PASSWORD.',
    smtp_certificate:
      'The certificate of the mail server is not trusted: renew it, or name its authority in SMTP_CA_FILE.',
    smtp_no_tls:
      'The mail server offers no encryption: fix that, or set SMTP_TLS=none for a server on the same machine.',
  },
};

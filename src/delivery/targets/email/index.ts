import { readFileSync } from 'node:fs';
import { createTransport, type Transporter } from 'nodemailer';
import { openPost } from '../../../domain/effects';
import { isPerson } from '../../../domain/targets';
import { isMailAddress, mailboxOfLane } from '../../../domain/targets/email';
import { type EventOf, outside, type Parcel, type Patience, type Posted, RefusedError, type Target } from '../target';
import type { MailConfig } from './config';
import { mailFailure } from './failure';
import { type MailWords, mailWords } from './words';

export interface EmailDeps {
  /** Null: Warmline sends no mail, and what a policy sends by mail is kept as failed. */
  readonly config: MailConfig | null;
  readonly eventOf: EventOf;
  /** The address of a posted card, or null where Slack cannot tell. */
  readonly linkTo: (posted: Posted) => Promise<string | null>;
  /** The address that a person's Slack profile shows, and their time zone. Rejects when Slack cannot be asked. */
  readonly mailboxOf: (user: string) => Promise<{ readonly address: string | null; readonly timeZone: string | null }>;
  /** The zone of dates for whoever has none of their own. */
  readonly timeZone: () => Promise<string>;
  readonly patience: Patience;
  readonly intervalMs: number;
}

/** Mailboxes, by SMTP. The Message-ID is made of the delivery's id, so that a mail sent twice is one to whoever receives it. */
export function emailTarget(deps: EmailDeps): Target {
  const { config, eventOf } = deps;
  const transport = config && transportOf(config);

  async function mail({ stored, delivery }: Parcel): Promise<void> {
    if (!transport || !config) throw new RefusedError('email_off');
    const mailbox = mailboxOfLane(delivery.lane);
    const person = isPerson(mailbox) ? await deps.mailboxOf(mailbox) : { address: mailbox, timeZone: null };
    if (!person.address || !isMailAddress(person.address)) throw new RefusedError('email_unknown');
    const card = openPost(stored).sent;
    const link = card && (await deps.linkTo(card));
    const words = await worded({ stored, delivery }, link, person.timeZone ?? (await deps.timeZone()));
    if (words) await transport.sendMail(message(config, person.address, delivery.id, words));
  }

  async function worded(parcel: Parcel, link: string | null, timeZone: string): Promise<MailWords | null> {
    const { content } = parcel.delivery;
    const about = content.type === 'more' ? content : await eventOf(parcel);
    return about && mailWords(parcel.stored, about, link, timeZone);
  }

  return {
    async draw([parcel]) {
      if (!parcel || !(await worded(parcel, null, 'UTC'))) return null;
      return outside(parcel, () => mail(parcel));
    },
    bars: async () => null,
    failureOf: mailFailure,
    patience: deps.patience,
    intervalMs: deps.intervalMs,
    serviceOf: () => 'email',
  };
}

/** Times for each step of a mail, ms: a server that says nothing is as good as one that is away. */
const STEPS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

function transportOf({ host, port, tls, user, password, caFile }: MailConfig): Transporter {
  return createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user && password ? { auth: { user, pass: password } } : {}),
    tls: { rejectUnauthorized: true, ...(caFile ? { ca: readFileSync(caFile) } : {}) },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...STEPS,
  });
}

/** Addresses are objects, so that nothing in them is read as a second address. */
const message = (config: MailConfig, to: string, deliveryId: string, { subject, text, html }: MailWords) => ({
  from: { name: 'Warmline', address: config.from },
  to: { name: '', address: to },
  messageId: `<${encodeURIComponent(deliveryId)}@${config.from.slice(config.from.indexOf('@') + 1)}>`,
  subject,
  text,
  html,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

import { readFileSync } from 'node:fs';
import { createTransport, type Transporter } from 'nodemailer';
import { isCard, isOfPost, openPost } from '../../../domain/mailbox';
import { isPerson } from '../../../domain/targets';
import { isMailAddress, mailboxOfLane } from '../../../domain/targets/email';
import type { TargetContext } from '../context';
import { outside, type Parcel, RefusedError, type Target } from '../target';
import type { MailConfig } from './config';
import { mailFailure, NoCardYetError } from './failure';
import { type MailWords, mailWords, toldWords } from './words';

type EmailDeps = Pick<TargetContext, 'mail' | 'eventOf' | 'linkTo' | 'mailboxOf' | 'policy' | 'patience' | 'now'>;

/** Mailboxes, by SMTP. The Message-ID comes from the delivery's id: the recipient sees a repeated mail once. */
export function emailTarget(deps: EmailDeps): Target {
  const { mail: config, eventOf } = deps;
  const transport = config && transportOf(config);

  async function mail({ stored, delivery }: Parcel): Promise<void> {
    if (!transport || !config) throw new RefusedError('email_off');
    const mailbox = mailboxOfLane(delivery.lane);
    const person = isPerson(mailbox) ? await deps.mailboxOf(mailbox) : { address: mailbox, timeZone: null };
    if (!person.address || !isMailAddress(person.address)) throw new RefusedError('email_unknown');
    // The message for the SP does not mention the card.
    const isForSp = delivery.content.type === 'told';
    const card = isForSp ? null : openPost(stored).sent;
    if (!card && !isForSp && isOnItsWay(stored) && +deps.now() - +delivery.at < CARD_PATIENCE_MS)
      throw new NoCardYetError();
    const link = card && (await deps.linkTo(card));
    const words = await worded({ stored, delivery }, link, person.timeZone ?? (await deps.policy()).time_zone);
    if (words) await transport.sendMail(message(config, person.address, delivery.id, words));
  }

  async function worded(parcel: Parcel, link: string | null, timeZone: string): Promise<MailWords | null> {
    const { content } = parcel.delivery;
    const about = content.type === 'more' ? content : await eventOf(parcel);
    if (about?.type === 'provider_told')
      return content.type === 'told' ? toldWords(parcel.stored, about.data.text) : null;
    return about && mailWords(parcel.stored, about, link, timeZone);
  }

  return {
    async draw([parcel]) {
      if (!parcel || !(await worded(parcel, null, 'UTC'))) return null;
      return outside(parcel, () => mail(parcel), deps.patience.outside.tryMs ?? LONGEST_MS);
    },
    bars: async () => null,
    failureOf: mailFailure,
    patience: deps.patience.outside,
    intervalMs: 0,
    serviceOf: () => 'email',
  };
}

/** How long a mail waits for the card that it links to; then it goes without a link. */
const CARD_PATIENCE_MS = 2 * 60_000;

/** Whether the case's card is still to be posted, such as right after it moved. */
function isOnItsWay(stored: Parcel['stored']): boolean {
  const post = openPost(stored);
  return stored.outbox.some((one) => one.dead === null && isCard(one.content) && isOfPost(one, post));
}

/** A server may keep a connection busy without an end: it must not hold up its queue. */
const LONGEST_MS = 60_000;
/** Time limits for each step of a mail, ms: a silent server counts as unreachable. */
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

/** Addresses are objects, so that nothing in them is parsed as a second address. */
const message = (config: MailConfig, to: string, deliveryId: string, { subject, text, html }: MailWords) => ({
  from: { name: 'Warmline', address: config.from },
  to: { name: '', address: to },
  messageId: `<${encodeURIComponent(deliveryId)}@${config.from.slice(config.from.indexOf('@') + 1)}>`,
  subject,
  text,
  html,
  headers: { 'Auto-Submitted': 'auto-generated' },
});

import { type Failure, RefusedError } from '../target';

interface MailError extends Error {
  code?: string;
  responseCode?: number;
}
/** The card that a mail links to is not posted yet. */
export class NoCardYetError extends Error {}

const CERTIFICATE = /certificate|self[- ]signed|altname/i;

/**
 * What a failed mail means. 5xx is final; 4xx is about this mail (greylisting, a full mailbox) and retried; connection
 * errors are the server's problem. These include a lost answer after the text was sent: the mail is sent again with the
 * same Message-ID.
 */
export function mailFailure(error: unknown): Failure {
  if (error instanceof RefusedError) return { is: 'refused', fault: error.message };
  if (error instanceof NoCardYetError) return { is: 'unheard', fault: 'no_card_yet', own: true, expected: true };
  const { code, responseCode, message = '' } = error as MailError;
  const unheard = (fault: string, own = false): Failure => ({ is: 'unheard', fault, own });
  if (code === 'EAUTH') return unheard('smtp_sign_in');
  if (CERTIFICATE.test(message) || /CERT|SELF_SIGNED/.test(code ?? '')) return unheard('smtp_certificate');
  if (code === 'ETLS') return unheard('smtp_no_tls');
  if (responseCode !== undefined && responseCode >= 500) return { is: 'refused', fault: 'smtp_refused' };
  if (responseCode !== undefined && responseCode >= 400) return unheard(`smtp_${responseCode}`, responseCode !== 421);
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return unheard(`smtp_${code.toLowerCase()}`);
  return { is: 'unknown', fault: message.slice(0, 200) };
}

import { type Failure, RefusedError } from '../target';

interface MailError extends Error {
  code?: string;
  responseCode?: number;
  /** The step that failed. */
  command?: string;
}
/** The card that a mail links to is not posted yet. */
export class NoCardYetError extends Error {}

/** Steps about the recipient or the mail itself; all others are about the server, or how it was set up. */
const OWN_STEPS = new Set(['RCPT TO', 'DATA']);
const CERTIFICATE = /certificate|self[- ]signed|altname/i;

/**
 * What a failed mail means. For its recipient or its text, 5xx is final; 4xx is about this mail (greylisting, a full
 * mailbox) and retried. Whatever else the server refuses (the connection, the sender) would refuse every mail, and
 * connection errors are its problem, too: these include a lost answer after the text was sent, and the mail is sent again
 * with the same Message-ID.
 */
export function mailFailure(error: unknown): Failure {
  if (error instanceof RefusedError) return { is: 'refused', fault: error.message };
  if (error instanceof NoCardYetError) return { is: 'unheard', fault: 'no_card_yet', own: true, expected: true };
  const { code, responseCode, command = '', message = '' } = error as MailError;
  const unheard = (fault: string, own = false): Failure => ({ is: 'unheard', fault, own });
  if (code === 'EAUTH') return unheard('smtp_sign_in');
  if (CERTIFICATE.test(message) || /CERT|SELF_SIGNED/.test(code ?? '')) return unheard('smtp_certificate');
  if (code === 'ETLS') return unheard('smtp_no_tls');
  if (responseCode !== undefined && responseCode >= 400) {
    const isOwn = OWN_STEPS.has(command);
    if (isOwn && responseCode >= 500) return { is: 'refused', fault: 'smtp_refused' };
    return unheard(`smtp_${responseCode}`, isOwn && responseCode !== 421);
  }
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return unheard(`smtp_${code.toLowerCase()}`);
  return { is: 'unknown', fault: message.slice(0, 200) };
}

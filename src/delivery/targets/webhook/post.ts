import { ForbiddenAddress, requestTo } from '../../../net/public-address';

/** Why nothing was posted, or it was refused, as a code. `own`: this message is at fault; others may pass. */
export class WebhookError extends Error {
  constructor(
    readonly fault: string,
    readonly own = false,
  ) {
    super(fault);
  }
}

/** Statuses about what was posted, not about the receiver. */
const OWN: readonly number[] = [400, 413, 422];

const TIMEOUT_MS = 10_000;

/**
 * Posts JSON. Resolves once the receiver has accepted it (2xx); rejects with WebhookError, or the connection's own
 * error. Follows no redirect. Unless `allowPrivate`, only https and only public addresses.
 */
export async function postJson(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
): Promise<void> {
  const status = await new Promise<number>((answered, failed) => {
    const options = {
      method: 'POST',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
    };
    const sent = requestTo(url, options, allowPrivate, (response) => {
      response.destroy(); // only the status counts
      answered(response.statusCode ?? 0);
    });
    sent.on('error', failed);
    sent.end(body);
  }).catch((error: unknown) => {
    throw error instanceof ForbiddenAddress ? new WebhookError(`webhook_${error.why}`) : error;
  });
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw new WebhookError('webhook_redirect');
  throw new WebhookError(status === 410 ? 'webhook_gone' : `HTTP ${status}`, OWN.includes(status));
}

import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why nothing was posted, or not taken, as a code. `own`: it lies in this message, and others may be taken. */
export class WebhookError extends Error {
  constructor(
    readonly fault: string,
    readonly own = false,
  ) {
    super(fault);
  }
}

/** Answers that are about what was posted, not about who takes it. */
const OWN: readonly number[] = [400, 413, 422];

const TIMEOUT_MS = 10_000;

/** Whether an address is of the public internet: not private, loopback, link-local, shared or reserved. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** Looks a name up and gives its addresses, all of them public: the connection is made to what was checked. */
const publicOnly: LookupFunction = (name, options, give) => {
  resolve(name, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return give(error ?? new Error('no address'), '');
    if (!found.every(({ address }) => isPublic(address))) return give(new WebhookError('webhook_private'), '');
    if (options.all) give(null, found);
    else give(null, first.address, first.family);
  });
};

/** Why an address cannot be posted to, as far as it says so itself: a name may lead to a private network all the same. */
export function addressFault({ protocol, hostname }: URL, allowPrivate: boolean): string | null {
  if (allowPrivate) return null;
  if (protocol !== 'https:') return 'webhook_insecure';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && !isPublic(host) ? 'webhook_private' : null;
}

/**
 * Posts JSON. Resolves once the receiver has taken it (2xx); rejects with WebhookError, or the connection's own error. No
 * redirect is followed. Unless `allowPrivate`, only https and only addresses of the public internet.
 */
export async function postJson(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
): Promise<void> {
  const fault = addressFault(url, allowPrivate);
  if (fault) throw new WebhookError(fault);
  const status = await new Promise<number>((answered, failed) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
        ...(allowPrivate ? {} : { lookup: publicOnly }),
      },
      (response) => {
        response.destroy(); // what it says beside its status is no one's business
        answered(response.statusCode ?? 0);
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw new WebhookError('webhook_redirect');
  throw new WebhookError(status === 410 ? 'webhook_gone' : `HTTP ${status}`, OWN.includes(status));
}

import { type FetchFunction, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { boltLogger } from './bolt';

export interface Asking {
  readonly slackApiUrl: string;
  readonly log: Logger;
  readonly fetch: FetchFunction;
  /** How long Slack may take for an answer, ms. */
  readonly patienceMs: number;
  /** Ends every call. */
  readonly signal: AbortSignal;
}

/** A Web API client that makes one attempt and returns the result at once: its caller retries, and reports. */
export function askingClient(token: string, { slackApiUrl, log, fetch, patienceMs, signal }: Asking): WebClient {
  const { debug, ...logger } = boltLogger(log);
  return new WebClient(token, {
    slackApiUrl,
    logger: { ...logger, debug, warn: debug, error: debug },
    fetch: (url, init) =>
      fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: patienceMs,
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import { ErrorCode, type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';

/**
 * Web API clients, one for each kind of work, so that no one waits because of someone else's call. None of them pauses:
 * the library's own waiting stops its whole queue, all methods and all people, for one limited call.
 */
export interface SlackClients {
  /** What people wait for: windows, ephemeral messages, answers. Does not wait for rate limits: the person is told. */
  readonly answers: WebClient;
  /** Homes and their pictures. Does not wait for rate limits: a limited Home is drawn later. */
  readonly homes: WebClient;
  /** People, channels and addresses, which may be missing for once or are cached. Waits at most a second. */
  readonly lookups: WebClient;
  /** Exports, imports and other long work, which may wait for Slack. */
  readonly bulk: WebClient;
  /** Sends an ephemeral message to the person who acted, by the `response_url` of their action. */
  readonly answerAt: (responseUrl: string, text: string, blocks?: KnownBlock[]) => Promise<void>;
}
type Kind = Exclude<keyof SlackClients, 'answerAt'>;

/** Slack refused an answer at a `response_url`. */
class ResponseUrlError extends Error {
  constructor(
    readonly statusCode: number,
    said: string,
  ) {
    super(`The response_url answered HTTP ${statusCode}: ${said.slice(0, 100)}`);
  }
}
/** It may refuse with HTTP 200, too: with a code like `used_url` alone, or in JSON. */
const REFUSED = /^\s*([a-z_]{3,60}\s*$|\{.*"ok"\s*:\s*false)/s;

/** A client's limits for one call. */
export interface Patience {
  /** How long a call waits for Slack's rate limits in total, ms. A longer wait is refused, with a coded error. */
  readonly limitedMs: number;
  /** How long Slack may take for one answer, ms. */
  readonly answerMs: number;
}

/** What one call of a kind may cost the person, or the work, that waits for it. */
const PATIENCE: Readonly<Record<Kind, Patience>> = {
  answers: { limitedMs: 0, answerMs: 15_000 },
  homes: { limitedMs: 0, answerMs: 10_000 },
  lookups: { limitedMs: 1_000, answerMs: 5_000 },
  bulk: { limitedMs: 3 * 60_000, answerMs: 60_000 },
};

/** If Slack does not say how long, s. */
const UNSAID_S = 30;
/** A longer wait would be pointless, s. */
const MOST_S = 60 * 60;
/** A failed call is repeated once after this time, ms. */
const AGAIN_MS = 200;

/**
 * Methods that change nothing, or have the same result however often they are called. A window whose answer was lost is
 * not opened twice, because its trigger is used up.
 */
const REPEATABLE =
  /^(auth\.test|(team|bots)\.info|views\.\w+|chat\.(update|getPermalink)|users\.\w+|usergroups\.[\w.]+|files\.info|conversations\.(info|list|members|history|replies|open))$/;
/** What was never sent cannot have been done: the next attempt is the first. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

type FetchResponse = Awaited<ReturnType<FetchFunction>>;

/** What all clients share. `stopping`: when it fires, all waits for Slack end. */
export interface ClientBase {
  readonly token: string;
  readonly slackApiUrl: string;
  readonly logger: NonNullable<WebClientOptions['logger']>;
  readonly fetch: FetchFunction;
  readonly stopping: AbortSignal;
}

/** The clients of one instance. */
export function slackClients(base: ClientBase): SlackClients {
  const client = (kind: Kind) => new WebClient(base.token, optionsOf(base, PATIENCE[kind]));
  const post = patient(base.fetch, PATIENCE.answers, base.stopping);
  return {
    answers: client('answers'),
    homes: client('homes'),
    lookups: client('lookups'),
    bulk: client('bulk'),
    async answerAt(responseUrl, text, blocks) {
      const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks });
      const response = await post(responseUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      const said = await response.text().catch(() => '');
      if (!response.ok || REFUSED.test(said)) throw new ResponseUrlError(response.status, said);
    },
  };
}

/** The options of the client that Bolt makes for listeners, which answer people. */
export const answerOptions = (base: ClientBase): WebClientOptions => optionsOf(base, PATIENCE.answers);

/** `patient` does the retries and waiting, because it knows the method; the client's own retries do not. */
const optionsOf = ({ slackApiUrl, logger, fetch, stopping }: ClientBase, patience: Patience): WebClientOptions => ({
  slackApiUrl,
  logger,
  fetch: patient(fetch, patience, stopping),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  // Calls that wait for Slack block no others: undici opens as many connections as there are calls.
  maxRequestConcurrency: Number.POSITIVE_INFINITY,
});

/** `fetch` with patience for one call. A limit that it does not wait out becomes an answer the client recognizes. */
function patient(fetch: FetchFunction, { limitedMs, answerMs }: Patience, stopping: AbortSignal): FetchFunction {
  return async (url, init) => {
    const isRepeatable = REPEATABLE.test(methodOf(String(url)));
    let left = limitedMs;
    for (let failed = false; ; ) {
      const timeout = AbortSignal.timeout(answerMs);
      const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
      const outcome = await fetch(url, { ...init, signal }).catch((error: unknown) => ({ error }));
      const isFault = 'error' in outcome || outcome.status >= 500;
      if (isFault && !failed && (isRepeatable || ('error' in outcome && neverSent(outcome.error)))) {
        failed = true;
        await Promise.all([drained(outcome), pause(AGAIN_MS, stopping)]);
        continue;
      }
      if ('error' in outcome) throw outcome.error;
      if (outcome.status !== 429) return outcome;
      const waitMs = retryAfter(outcome.headers.get('retry-after')) * 1000;
      if (waitMs > left) return limited(waitMs / 1000);
      left -= waitMs;
      await Promise.all([drained(outcome), pause(waitMs, stopping)]);
      if (stopping.aborted) return limited(waitMs / 1000);
    }
  };
}

/** `fetch` for a client that waits by itself: every limit gets a number of seconds that the client recognizes. */
export const withRetryAfter =
  (fetch: FetchFunction): FetchFunction =>
  async (url, init) => {
    const response = await fetch(url, init);
    return response.status === 429 ? limited(retryAfter(response.headers.get('retry-after'))) : response;
  };

/** The client treats a 429 without a number of seconds as an internal error. */
const limited = (seconds: number) =>
  new Response('{"ok":false,"error":"ratelimited"}', { status: 429, headers: { 'retry-after': String(seconds) } });

/** Seconds to wait, at least 1; the header has a number, or a date, or is missing. */
function retryAfter(header: string | null): number {
  const given = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(MOST_S, Math.max(1, Math.ceil(seconds))) : UNSAID_S;
}

/** Reads an unneeded body to free its connection; an error while reading frees it, too. */
const drained = (outcome: FetchResponse | { readonly error: unknown }): Promise<unknown> =>
  'error' in outcome ? Promise.resolve() : outcome.text().catch(() => undefined);

const neverSent = (error: unknown): boolean =>
  NOT_SENT.has((error as { cause?: { code?: string } } | null)?.cause?.code ?? '');

/** Ends early when no one waits anymore. */
const pause = (ms: number, stopping: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stopping, ref: false }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });

const methodOf = (url: string): string => /\/api\/([a-zA-Z.]+)(\?|$)/.exec(url)?.[1] ?? '';

const LIMITS = new Set(['ratelimited', 'rate_limited']);

/** How long Slack's rate limit behind an error lasts, in seconds; null for other errors. */
export function limitOf(error: unknown): number | null {
  const {
    code,
    statusCode,
    retryAfter: seconds,
    data,
    original,
    originals,
  } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    retryAfter?: number;
    data?: { error?: string; response_metadata?: { retryAfter?: number } };
    original?: unknown;
    originals?: readonly unknown[];
  };
  if (typeof seconds === 'number') return seconds;
  if (statusCode === 429) return UNSAID_S;
  if (code === ErrorCode.PlatformError && LIMITS.has(data?.error ?? ''))
    return data?.response_metadata?.retryAfter ?? UNSAID_S;
  for (const inner of [original, ...(originals ?? [])]) {
    const within = inner ? limitOf(inner) : null;
    if (within !== null) return within;
  }
  return null;
}

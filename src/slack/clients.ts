import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import { ErrorCode, type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';

/**
 * Clients of the Web API, one for each kind of work, so that no one waits for what someone else's call met. None of
 * them pauses: the Web API client's own waiting stops its whole queue, all methods and all people, for one limited call.
 */
export interface SlackClients {
  /** What people wait for: windows, private words, answers. It waits for no limit: the person who is limited is told. */
  readonly answers: WebClient;
  /** Homes and their pictures. It waits for no limit: a limited Home is drawn later. */
  readonly homes: WebClient;
  /** People, channels and addresses, which may be missing for once or are known from before. It waits for a second at most. */
  readonly lookups: WebClient;
  /** Exports, imports and other long work, which may wait for Slack. */
  readonly bulk: WebClient;
  /** Says something to the person who acted, and to no one else, at the `response_url` of what they did. */
  readonly answerAt: (responseUrl: string, text: string, blocks?: KnownBlock[]) => Promise<void>;
}
type Kind = Exclude<keyof SlackClients, 'answerAt'>;

/** Slack did not take an answer at a `response_url`. */
class ResponseUrlError extends Error {
  constructor(readonly statusCode: number) {
    super(`The response_url answered HTTP ${statusCode}.`);
  }
}

/** How a client takes what Slack does to one call. */
export interface Patience {
  /** How long a call waits for Slack's limits, all in all, ms. A longer one is refused at once, with a coded error. */
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

/** Where Slack does not say how long, s. */
const UNSAID_S = 30;
/** Nothing is gained by a longer wait, s. */
const MOST_S = 60 * 60;
/** A call that did not get through is made once more after this time, ms. */
const AGAIN_MS = 200;

/**
 * Methods that change nothing, or leave behind the same however often they are called. A window that opened although the
 * answer was lost is not opened twice: its trigger is spent.
 */
const REPEATABLE =
  /^(auth\.test|(team|bots)\.info|views\.\w+|chat\.(update|getPermalink)|users\.\w+|usergroups\.[\w.]+|files\.info|conversations\.(info|list|members|history|replies|open))$/;
/** What was never sent cannot have been done: the next attempt is the first. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

type FetchResponse = Awaited<ReturnType<FetchFunction>>;

/** What all clients share. `stopping`: when it fires, no one waits for Slack anymore. */
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
      await drained(response);
      if (!response.ok) throw new ResponseUrlError(response.status);
    },
  };
}

/** The options of the client that Bolt makes for listeners: what they do is to answer people. */
export const answerOptions = (base: ClientBase): WebClientOptions => optionsOf(base, PATIENCE.answers);

/** Retries and waiting are `patient`'s, which knows the method: the client's own would know only how often. */
const optionsOf = ({ slackApiUrl, logger, fetch, stopping }: ClientBase, patience: Patience): WebClientOptions => ({
  slackApiUrl,
  logger,
  fetch: patient(fetch, patience, stopping),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  // Calls that wait for Slack take no one's place: undici opens as many connections as there are calls.
  maxRequestConcurrency: Number.POSITIVE_INFINITY,
});

/** `fetch` with patience for one call at a time. A limit that it does not wait out is answered so that the client knows it as one. */
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

/** `fetch` for a client that waits by itself: every limit says how long, so that the client knows it as one. */
export const sayingHowLong =
  (fetch: FetchFunction): FetchFunction =>
  async (url, init) => {
    const response = await fetch(url, init);
    return response.status === 429 ? limited(retryAfter(response.headers.get('retry-after'))) : response;
  };

/** The client takes a 429 without a number of seconds for a fault of its own. */
const limited = (seconds: number) =>
  new Response('{"ok":false,"error":"ratelimited"}', { status: 429, headers: { 'retry-after': String(seconds) } });

/** Seconds to wait, at least 1; the header has a number, or a date, or is missing. */
function retryAfter(header: string | null): number {
  const given = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(MOST_S, Math.max(1, Math.ceil(seconds))) : UNSAID_S;
}

/** Reads what no one needs, so that its connection is free again; one that breaks meanwhile is as good. */
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

/** For how long Slack limits what an error came of, in seconds; null for any other error. */
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

import { performance } from 'node:perf_hooks';
import type { FetchFunction } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Connection } from '../domain/health';
import { type Persistence, pause, persist, Waits } from '../persist';
import { askingClient } from './asking';
import { type SlackFault, slackFault } from './fault';
import { type Acknowledge, type Envelope, type Link, openLink } from './link';

/** The waits of a connection, ms. */
export interface ConnectionTiming {
  /** Between two tries: at first, and at most. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** How long Slack may take for an answer, and for the hello of a socket. */
  readonly helloMs: number;
  /** How often Slack is pinged. */
  readonly pingMs: number;
}
export const CONNECTION_TIMING: ConnectionTiming = {
  firstWaitMs: 500,
  longestWaitMs: 15_000,
  helloMs: 10_000,
  pingMs: 5_000,
};

/** A socket that lasted less is replaced only after a wait; otherwise it could be opened and lost endlessly. */
const SHORT_LIFE_MS = 5_000;
const LONGEST_WAIT_AFTER_SHORT_LIFE_MS = 5_000;

export interface SocketDeps {
  readonly appToken: string;
  readonly slackApiUrl: string;
  readonly log: Logger;
  readonly now: () => Date;
  readonly fetch: FetchFunction;
  readonly timing: ConnectionTiming;
  readonly onEnvelope: (envelope: Envelope, acknowledge: Acknowledge) => void;
}

/** How Slack reaches this process in Socket Mode. */
export interface SlackConnection {
  /**
   * Opens it and keeps it open until `close`, whatever happens. Resolves once it is open for the first time, or closed
   * before that. Rejects if Slack refuses the token before it was ever open.
   */
  open(): Promise<void>;
  /** Lets running work be acknowledged, and closes. */
  close(): Promise<void>;
  state(): Connection;
}

/**
 * Holds one web socket with Slack, and opens the next one when Slack asks for it or the socket is gone: at once if the
 * socket lasted, otherwise with growing waits, forever. A socket that Slack wants replaced stays until its successor is
 * open and everything it received is acknowledged.
 */
export function createConnection({ log, now, timing, ...deps }: SocketDeps): SlackConnection {
  const ended = new AbortController();
  const { signal } = ended;
  const client = askingClient(deps.appToken, { ...deps, log, patienceMs: timing.helloMs, signal });
  const waits = new Waits(timing.firstWaitMs, timing.longestWaitMs);
  const afterShortLife = new Waits(
    timing.firstWaitMs,
    Math.min(timing.longestWaitMs, LONGEST_WAIT_AFTER_SHORT_LIFE_MS),
  );
  const links = new Set<Link>();
  const state = createState(now, log);
  let running: Promise<unknown> = Promise.resolve();

  /** Opens a socket; resolves when it needs a successor, with how long it lasted, ms. */
  async function round(): Promise<number> {
    const { url } = await client.apps.connections.open({});
    if (!url) throw new Error('it gave no address for a socket');
    const link = await openLink(url, {
      ...timing,
      signal,
      onEnvelope: deps.onEnvelope,
      onOddity: (what) =>
        log.warn({ what }, 'Slack sent something over the socket that Warmline does not know; it is ignored'),
    });
    const openedAt = performance.now();
    waits.reset();
    const before = [...links];
    links.add(link);
    state.opened();
    watchEnd(link);
    for (const older of before) void older.retire();
    if (signal.aborted) void link.retire();
    const why = await link.ending;
    log.debug({ why }, 'a socket to Slack needs to be replaced');
    return performance.now() - openedAt;
  }

  function watchEnd(link: Link): void {
    void link.gone.then(({ why, heardAt }) => {
      links.delete(link);
      if (!links.size) state.lost(why, heardAt, signal.aborted);
    });
  }

  async function keepOpen(): Promise<void> {
    while (!signal.aborted) {
      const lasted = await round();
      if (lasted >= SHORT_LIFE_MS) afterShortLife.reset();
      else await pause(afterShortLife.next(), signal);
    }
  }

  const persistence: Persistence = {
    waits,
    signal,
    onFault(error) {
      const fault = slackFault(error);
      if (fault.refusal && !state.everOpen()) throw new TokenRefused(fault.refusal, { cause: error });
      state.failed(fault);
      return fault.askedMs;
    },
  };

  return {
    open() {
      return new Promise((resolve, reject) => {
        state.onceOpen(resolve);
        running = persist(keepOpen, persistence).then(resolve, reject);
      });
    },
    async close() {
      ended.abort();
      await Promise.all([...links].map((link) => link.retire()));
      await running;
    },
    state: state.read,
  };
}

/** Slack refuses the app-level token. */
export class TokenRefused extends Error {
  constructor(refusal: string, options?: ErrorOptions) {
    super(refusedToken(refusal), options);
  }
}

const refusedToken = (refusal: string): string =>
  `Slack refuses the app-level token (${refusal}). Create a new one with the scope connections:write under "Basic Information" of the Slack app, set SLACK_APP_TOKEN to it and start again.`;

/** The state of the connection, and its log: each problem once, and once that it is over. */
function createState(now: () => Date, log: Logger) {
  let up = false;
  let since = now();
  let downFrom = performance.now();
  let why: string | null = null;
  let openings = 0;
  let lastOutage: Connection['lastOutage'] = null;
  const said = new Set<'outage' | 'refused'>();
  let told: () => void = () => undefined;

  return {
    everOpen: () => openings > 0,
    onceOpen: (tell: () => void) => {
      told = tell;
    },

    opened() {
      openings += 1;
      if (up) return;
      if (openings > 1) {
        lastOutage = { from: since, to: now(), why };
        log.info({ awayMs: Math.round(performance.now() - downFrom) }, 'Slack is connected again');
      } else if (said.size) log.info('Slack is connected');
      up = true;
      since = now();
      why = null;
      said.clear();
      told();
    },

    lost(reason: string, heardAt: number, onPurpose: boolean) {
      const silentMs = performance.now() - heardAt;
      up = false;
      downFrom = heardAt;
      since = new Date(+now() - silentMs);
      why = reason;
      if (!onPurpose) log.warn({ reason }, 'the connection to Slack was lost; reconnecting');
    },

    failed({ refusal, words }: SlackFault) {
      why = refusal ? `it refuses the app-level token (${refusal})` : words;
      const kind = refusal ? 'refused' : 'outage';
      const level = said.has(kind) ? 'debug' : 'error';
      said.add(kind);
      if (refusal) log[level](`${refusedToken(refusal)} Until then nothing reaches Warmline; it keeps trying.`);
      else
        log[level](
          { reason: words },
          'Slack cannot be reached: what people do does not reach Warmline; it keeps trying',
        );
    },

    read: (): Connection => ({
      up,
      since,
      downMs: up ? 0 : performance.now() - downFrom,
      why,
      reconnects: Math.max(0, openings - 1),
      lastOutage,
    }),
  };
}

import type { App, Receiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config';
import type { Connection } from '../domain/health';
import { type Route, routeServer } from '../health/server';
import { persist, Waits } from '../persist';
import { askingClient } from './asking';
import { boltLogger } from './bolt';
import { type ConnectionTiming, createConnection } from './connection';
import { slackFault } from './fault';
import { httpReceiver } from './http-receiver';
import { socketReceiver } from './receiver';

export interface WayInDeps {
  readonly log: Logger;
  readonly now: () => Date;
  readonly fetch: FetchFunction;
  /** What is answered besides Slack: health checks and figures. */
  readonly routes: Route[];
  readonly timing: ConnectionTiming;
  /** How long a request without a listener is kept waiting in HTTP mode, ms. */
  readonly unhandledMs: number;
  /** How long a request may take to arrive completely in HTTP mode, ms. */
  readonly requestMs: number;
}

/** How Slack reaches this process. */
export interface WayIn {
  readonly receiver: Receiver;
  /** Listens, for Slack or only for health checks. Returns the server; rejects if the port cannot be used. */
  listen(): Promise<unknown>;
  /**
   * Asks Slack who the bot is, and tells Bolt: nothing can be handled before that. Keeps asking during a Slack outage;
   * false if it was closed before Slack answered. Rejects if Slack refuses the token.
   */
  introduce(app: App): Promise<boolean>;
  /** Resolves once Slack can reach it, or it was closed before that. Rejects if Slack refuses the token. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Null in HTTP mode. */
  connection(): Connection | null;
}

export function wayIn(config: Config, { routes, unhandledMs, requestMs, ...deps }: WayInDeps): WayIn {
  const { log, timing } = deps;
  const { botToken, slackApiUrl } = config;
  const ended = new AbortController();
  let introduced = false;
  let listens = false;

  async function introduce(app: App): Promise<boolean> {
    const { signal } = ended;
    const client = askingClient(botToken, { ...deps, slackApiUrl, patienceMs: timing.helloMs, signal });
    let isTold = false;
    const answered = await persist(
      async () => {
        await client.auth.test();
        await app.init();
        return true;
      },
      {
        waits: new Waits(timing.firstWaitMs, timing.longestWaitMs),
        signal,
        onFault(error) {
          const { refusal, words, askedMs } = slackFault(error);
          if (refusal) throw error;
          const reason = { reason: words, slack: slackApiUrl };
          log[isTold ? 'debug' : 'error'](reason, 'Slack does not let Warmline start yet; it keeps trying');
          isTold = true;
          return askedMs;
        },
      },
    );
    if (answered && isTold) log.info('Slack answers');
    introduced = answered ?? false;
    return introduced;
  }

  const way = config.mode === 'http' ? overHttp(config) : overSocket(config);
  return {
    receiver: way.receiver,
    async listen() {
      const server = await way.receiver.start();
      listens = true;
      return server;
    },
    introduce,
    open: way.open,
    async close() {
      ended.abort();
      await way.leave();
      if (listens) await way.receiver.stop();
    },
    connection: way.state,
  };

  function overHttp({ signingSecret, port }: Extract<Config, { mode: 'http' }>) {
    const receiver: Receiver = httpReceiver({
      signingSecret,
      port,
      customRoutes: routes,
      logger: boltLogger(log),
      log,
      unhandledRequestTimeoutMillis: unhandledMs,
      bounds: { requestMs },
      takesWork: () => introduced,
    });
    const nothing = async () => undefined;
    return { receiver, open: nothing, leave: nothing, state: () => null };
  }

  function overSocket({ appToken, port }: Extract<Config, { mode: 'socket' }>) {
    const receiver = socketReceiver(port === null ? null : routeServer(routes, port), log);
    const connection = createConnection({ ...deps, appToken, slackApiUrl, onEnvelope: receiver.take });
    return { receiver, open: connection.open, leave: connection.close, state: connection.state };
  }
}

import { Server, type ServerResponse } from 'node:http';
import { type Logger as BoltLogger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from './config';
import { httpReceiver } from './slack/http-receiver';

/** Why Slack does not let the app in, and what to do about it. */
export function whyNotStarted(error: unknown, { slackApiUrl, mode }: Config): string {
  const { data, message, code } = error as Error & { data?: { error?: string }; code?: string };
  const refusal =
    data?.error ?? (/invalid_auth|not_authed|not_enabled|account_inactive/.exec(message)?.[0] || undefined);
  if (refusal) {
    const tokens = mode === 'socket' ? 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    return `Slack refuses the app (${refusal}). Check ${tokens}: copy them again from the Slack app's pages, and see that it is installed.`;
  }
  if (code === 'EADDRINUSE') return `${message}. Another program uses this port: set PORT to a free one.`;
  return `Slack does not answer at ${slackApiUrl} (${message}). Check the network and SLACK_API_URL, then start again.`;
}

/** The port of what Bolt started: an HTTP server, or in socket mode nothing of the kind. */
export function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** The client that asks for a socket. */
const clientOptions = (config: Config) => ({
  slackApiUrl: config.slackApiUrl,
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
});

/** What is served beside Slack's way in. */
export interface Watched {
  /** Rejects while the app cannot do its work. */
  readonly ping: () => Promise<void>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
}

/** How long the way in waits, ms: with a request that no listener takes before it is answered 404, and for a request to come in whole. */
interface Waits {
  readonly unhandledMs: number;
  readonly requestMs: number;
}

/** The way in from Slack, with a health check and the metrics beside it. */
export function receiverFor(
  config: Config,
  log: Logger,
  { unhandledMs, requestMs }: Waits,
  { ping, metrics }: Watched,
) {
  const customRoutes = [
    {
      path: '/healthz',
      method: 'GET',
      handler: (_request: unknown, response: ServerResponse) => {
        ping().then(
          () => {
            response.writeHead(200);
            response.end('ok');
          },
          (error: Error) => {
            log.warn({ err: error }, 'health: the database does not answer');
            response.writeHead(503);
            response.end('the database does not answer');
          },
        );
      },
    },
    {
      path: '/metrics',
      method: 'GET',
      handler: (_request: unknown, response: ServerResponse) => {
        metrics().then(
          (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
          (error: Error) => {
            log.error({ err: error }, 'metrics: they could not be gathered');
            response.writeHead(500).end();
          },
        );
      },
    },
  ];
  const logger = boltLogger(log);
  if (config.mode === 'http')
    return httpReceiver({
      signingSecret: config.signingSecret,
      port: config.port,
      customRoutes,
      logger,
      log,
      unhandledRequestTimeoutMillis: unhandledMs,
      bounds: { requestMs },
    });
  return new SocketModeReceiver({
    appToken: config.appToken,
    logger,
    installerOptions: { clientOptions: clientOptions(config), ...(config.port ? { port: config.port } : {}) },
    ...(config.port ? { customRoutes } : {}),
  });
}

/** Bolt's logger on ours. Bolt's own details are of interest only when debugging. */
export function boltLogger(log: Logger): BoltLogger {
  const bolt = log.child({ from: 'bolt' });
  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts) => bolt.isLevelEnabled('trace') && bolt.trace(words(parts)),
    info: (...parts) => bolt.isLevelEnabled('debug') && bolt.debug(words(parts)),
    warn: (...parts) => bolt.warn(words(parts)),
    error: (...parts) => bolt.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

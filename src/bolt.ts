import { Server, type ServerResponse } from 'node:http';
import { type Logger as BoltLogger, HTTPModuleFunctions, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from './config';
import { slackFault } from './connection/fault';
import type { Route } from './health/server';

/** Why the app cannot start, and what to do about it; what may pass is no reason. */
export function whyNotStarted(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  if (code === 'EADDRINUSE') return `${message}. Another program uses this port: set PORT to a free one.`;
  const { refusal } = slackFault(error);
  if (!refusal) return message;
  return `Slack refuses the bot token (${refusal}). Copy the Bot User OAuth Token again from "OAuth & Permissions" of the Slack app into SLACK_BOT_TOKEN, and see that the app is installed.`;
}

/** The port of what Bolt started: an HTTP server, or in socket mode nothing of the kind. */
export function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** Listeners answer people: a call that does not get through is tried once more at once, and then they are told. */
export const clientOptions = (config: Config) => ({
  slackApiUrl: config.slackApiUrl,
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
});

/**
 * The way in from Slack in HTTP mode, with the health checks beside it. `unhandledMs`: how long a request that no
 * listener takes is kept waiting before it is answered 404. Until `takesWork`, Slack is asked to come again.
 */
export function httpReceiver(
  { port, signingSecret }: Extract<Config, { mode: 'http' }>,
  log: Logger,
  { routes, unhandledMs, takesWork }: { routes: Route[]; unhandledMs: number; takesWork: () => boolean },
): HTTPReceiver {
  return sturdy(
    new HTTPReceiver({
      signingSecret,
      port,
      customRoutes: routes,
      logger: boltLogger(log),
      unhandledRequestTimeoutMillis: unhandledMs,
    }),
    takesWork,
  );
}

/**
 * Bolt 5.1 trips over a body that is JSON `null`, outside of its own error handling, which would end the process: such
 * a request is refused here, before Bolt sees it.
 */
function sturdy(receiver: HTTPReceiver, takesWork: () => boolean): HTTPReceiver {
  const { requestListener } = receiver;
  const respond = (response: ServerResponse, status: number) => void response.writeHead(status).end();
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST') return requestListener(request, response);
    if (!takesWork()) return respond(response, 503);
    // The signature is not checked here: Bolt does, on the body kept in `rawBody`.
    HTTPModuleFunctions.parseAndVerifyHTTPRequest({ enabled: false, signingSecret: '' }, request)
      .then((buffered) => {
        if (/^(payload=)?\s*null\s*$/.test(buffered.rawBody.toString())) respond(response, 400);
        else requestListener(buffered, response);
      })
      .catch((error: { statusCode?: number }) => respond(response, error.statusCode ?? 400));
  };
  return receiver;
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

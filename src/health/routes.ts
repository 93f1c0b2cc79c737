import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { AWAY_MS, type Connection, type Indexes } from '../domain/health';
import { within } from '../services/deadline';
import type { Route } from './server';

/** What a health check looks at. */
export interface Checked {
  /** Rejects if the database does not answer. */
  readonly ping: () => Promise<void>;
  /** Null in HTTP mode. */
  readonly connection: () => Connection | null;
  /** Whether Slack accepted the bot token, and everything that serves people has started. */
  readonly started: () => boolean;
  readonly indexes: () => Indexes;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** How long the connection may be down before that counts as unhealthy, ms. */
  readonly awayMs?: number;
}

/** How long the database may take to answer a ping, ms. */
const PING_MS = 3_000;
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * `/livez`: the process runs. `/healthz`: it can serve people, apart from seconds of a planned reconnect. `/readyz`:
 * each part right now. `/metrics`: figures.
 */
export function healthRoutes(checked: Checked, log: Logger): Route[] {
  const { awayMs = AWAY_MS } = checked;

  const database = (): Promise<string | null> =>
    within(PING_MS, checked.ping()).then(
      () => null,
      (error: unknown) => {
        log.warn({ err: error }, 'health: the database does not answer');
        return 'the database does not answer';
      },
    );

  async function healthz(response: ServerResponse): Promise<void> {
    const connection = checked.connection();
    const faults = [await database(), connection && connection.downMs >= awayMs ? away(connection) : null];
    const reasons = faults.filter((fault) => fault !== null);
    response.writeHead(reasons.length ? 503 : 200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(reasons.join('\n') || 'ok');
  }

  async function readyz(response: ServerResponse): Promise<void> {
    const connection = checked.connection();
    const parts = {
      database: (await database()) ?? 'ok',
      slack: connection && !connection.up ? away(connection) : checked.started() ? 'ok' : 'Slack has not answered yet',
      indexes: building(checked.indexes()) ?? 'ok',
    };
    const ready = Object.values(parts).every((part) => part === 'ok');
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify({ ready, ...parts })}\n`);
  }

  const route = (path: string, answer: (response: ServerResponse) => Promise<void>): Route => ({
    path,
    method: ['GET', 'HEAD'],
    handler: (_request, response) => {
      answer(response).catch((error: unknown) => {
        log.error({ err: error, path }, 'a health check could not be answered');
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  });
  return [
    route('/livez', async (response) => void response.writeHead(200).end('ok')),
    route('/healthz', healthz),
    route('/readyz', readyz),
    route('/metrics', async (response) => {
      const text = await checked.metrics();
      response.writeHead(200, { 'content-type': PROMETHEUS }).end(text);
    }),
  ];
}

const away = ({ since, why }: Connection): string =>
  `no usable connection with Slack since ${since.toISOString()}${why ? `: ${why}` : ''}`;

const building = ({ ready, since, fault }: Indexes): string | null =>
  ready ? null : `the indexes have been building since ${since.toISOString()}${fault ? `; last try: ${fault}` : ''}`;

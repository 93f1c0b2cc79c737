import { randomUUID } from 'node:crypto';
import { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type Logger as BoltLogger, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Config } from './config';
import { caseStore } from './db/cases';
import { connect } from './db/connection';
import { directoryStore } from './db/directory';
import { laneLeases } from './db/lanes';
import { references } from './db/references';
import { createRenderer } from './delivery/render';
import { slackSender } from './delivery/sender';
import { createDelivery } from './delivery/worker';
import type { JobDeps } from './jobs/job';
import { JOBS, runJob, startJobs } from './jobs/schedule';
import { registerListeners } from './listeners';

/** How fast things go; the defaults suit Slack. */
export interface Timing {
  /** Between two posts in one channel, ms. */
  readonly postIntervalMs: number;
  /** How long a dead instance keeps the lanes it was sending in, ms. */
  readonly leaseMs: number;
}
/** How long a stop waits for what listeners have in hand, ms. */
const PATIENCE_MS = 5000;
const TIMING: Timing = { postIntervalMs: 1000, leaseMs: 6000 };

export interface AppDeps {
  readonly config: Config;
  readonly log: Logger;
  /** The only clock of business time; the machine's own where none is given. */
  readonly now?: () => Date;
  readonly timing?: Partial<Timing>;
}

/** A running Warmline. */
export interface WarmlineApp {
  /** Resolves when Slack can reach it. Rejects, with what to do, when Slack or the configuration refuse it. */
  start(): Promise<void>;
  /** Takes no new work, finishes what is in hand, closes its connections. */
  stop(): Promise<void>;
  /** Runs every job of the schedule now. */
  runJobs(): Promise<void>;
  /** Resolves when nothing that could be sent now is left to send. */
  delivered(): Promise<void>;
  /** The TCP port it listens on in HTTP mode, or for health checks; null when none. */
  port(): number | null;
}

/** Builds the app; production, sandbox and tests all come through here. Nothing is connected before `start`. */
export async function createApp({ config, log, now = () => new Date(), timing }: AppDeps): Promise<WarmlineApp> {
  const { postIntervalMs, leaseMs } = { ...TIMING, ...timing };
  const connection = await connect(config.mongodbUri, log);
  const directory = directoryStore(connection, { now });
  const cases = caseStore(connection);

  const sender = slackSender(config.botToken, { slackApiUrl: config.slackApiUrl, logger: boltLogger(log) }, (method) =>
    log.warn({ method }, 'this Slack server lacks a method; Warmline goes on without what it gives'),
  );
  const delivery = createDelivery({
    cases,
    leases: laneLeases(connection, randomUUID(), leaseMs),
    sender,
    render: createRenderer(directory, sender.linkTo),
    log,
    lastResort: config.adminUsers[0] ?? null,
    intervalMs: postIntervalMs,
    heartbeatMs: leaseMs / 3,
  });

  const deps: JobDeps = {
    cases,
    references: references(connection),
    directory,
    now,
    admins: config.adminUsers,
    onStored: delivery.kick,
    log,
  };
  const receiver = receiverFor(config, log, async () => {
    await connection.db?.admin().ping();
  });
  const app = new App({
    receiver,
    token: config.botToken,
    deferInitialization: true,
    extendedErrorHandler: true,
    clientOptions: clientOptions(config),
    logger: boltLogger(log),
  });
  const inHand = new Set<Promise<unknown>>();
  app.use(async ({ next }) => {
    const work = next();
    inHand.add(work);
    await work.finally(() => inHand.delete(work));
  });
  registerListeners(app, deps);
  let jobs: ReturnType<typeof startJobs> | null = null;
  let server: unknown = null;

  return {
    async start() {
      try {
        await Promise.all([app.init(), ensureIndexes()]);
        server = await app.start();
      } catch (error) {
        throw new Error(whyNotStarted(error, config), { cause: error });
      }
      delivery.start();
      jobs = startJobs(deps);
      log.info({ mode: config.mode, slack: config.slackApiUrl }, 'Warmline is ready');
    },
    async stop() {
      await jobs?.stop();
      await app.stop();
      await Promise.race([Promise.allSettled(inHand), sleep(PATIENCE_MS, null, { ref: false })]);
      await delivery.stop();
      await connection.close();
    },
    async runJobs() {
      for (const job of JOBS) await runJob(deps, job);
    },
    delivered: () => delivery.idle(),
    port: () => portOf(server),
  };

  /** A store that is down delays no start: the connection goes on trying, and the indexes follow when it is back. */
  async function ensureIndexes(): Promise<void> {
    try {
      await Promise.all([cases.ensureIndexes(), directory.ensureIndexes()]);
    } catch (error) {
      log.error({ err: error }, 'the database did not take the indexes yet; they are tried again when it is back');
      connection.once('connected', () => void ensureIndexes());
    }
  }
}

/** Why Slack does not let the app in, and what to do about it. */
function whyNotStarted(error: unknown, { slackApiUrl, mode }: Config): string {
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
function portOf(server: unknown): number | null {
  if (!(server instanceof Server)) return null;
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** Listeners answer people: a call that does not get through is tried once more at once, and then they are told. */
const clientOptions = (config: Config) => ({
  slackApiUrl: config.slackApiUrl,
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
});

function receiverFor(config: Config, log: Logger, ping: () => Promise<void>) {
  const customRoutes = [
    {
      path: '/healthz',
      method: 'GET',
      handler: (_request: unknown, response: { writeHead(status: number): unknown; end(text: string): unknown }) => {
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
  ];
  const logger = boltLogger(log);
  if (config.mode === 'http')
    return new HTTPReceiver({ signingSecret: config.signingSecret, port: config.port, customRoutes, logger });
  return new SocketModeReceiver({
    appToken: config.appToken,
    logger,
    installerOptions: { clientOptions: clientOptions(config), ...(config.port ? { port: config.port } : {}) },
    ...(config.port ? { customRoutes } : {}),
  });
}

/** Bolt's logger on ours. Bolt's own details are of interest only when debugging. */
function boltLogger(log: Logger): BoltLogger {
  const bolt = log.child({ from: 'bolt' });
  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts) => bolt.trace(words(parts)),
    info: (...parts) => bolt.debug(words(parts)),
    warn: (...parts) => bolt.warn(words(parts)),
    error: (...parts) => bolt.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type AppOptions } from '@slack/bolt';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Config } from './config';
import { boltLogger, portOf, whyNotStarted } from './connection/bolt';
import { CONNECTION_TIMING, type ConnectionTiming } from './connection/connection';
import { BOUNDS } from './connection/http-receiver';
import { type WayIn, wayIn } from './connection/way-in';
import { connect } from './db/connection';
import { laneLeases } from './db/lanes';
import type { Migration } from './db/migrations/migration';
import type { Waits } from './delivery/troubles';
import { createDelivery, type DeliveryWorker } from './delivery/worker';
import { AWAY_MS } from './domain/health';
import { healthRoutes } from './health/routes';
import { createIndexBuild, type IndexBuild } from './indexes';
import type { JobDeps } from './jobs/job';
import { JOBS, runJob, startJobs } from './jobs/schedule';
import { registerListeners } from './listeners';
import type { ListenerDeps } from './listeners/deps';
import { createRefresher, type Refresher } from './listeners/home/refresh';
import { redrawHome } from './listeners/home/show-home';
import { createMetrics } from './metrics';
import { actOnDecision } from './services/act-on-decision';
import { answerOptions } from './slack/clients';
import type { Upgrade } from './upgrade';
import { depsOf } from './wiring/deps';
import { createReception } from './wiring/reception';
import { slackSide } from './wiring/slack';
import { storesOf } from './wiring/stores';
import { targetsOf } from './wiring/targets';
import { upgradeOf } from './wiring/upgrade';

/** Speeds and waits; the defaults suit Slack. */
export interface Timing {
  /** Between two posts in one channel, ms. */
  readonly postIntervalMs: number;
  /** Posts wait this long for pending acknowledgments; a burst of cases is then one round per queue, ms. */
  readonly gatherMs: number;
  /** How long background work lets acknowledgments go first, ms. */
  readonly breathMs: number;
  /** How long a dead instance keeps the lanes it was sending in, ms. */
  readonly leaseMs: number;
  /** How long a request without a listener is kept waiting in HTTP mode, ms. */
  readonly unhandledMs: number;
  /** How long a request may take to arrive completely in HTTP mode, ms. */
  readonly requestMs: number;
  /** Between two redraws of someone's Home because of others' changes, ms. */
  readonly homeMs: number;
  /** How long there may be no usable connection with Slack before `/healthz` says so, ms. */
  readonly awayMs: number;
  readonly connection: ConnectionTiming;
  /** The pause before a failed message's next try: twice as long each time, up to the longest. */
  readonly retry: Waits;
  /** The same for targets outside Slack, such as mail; given up after `forMs` of business time, a try after `tryMs`. */
  readonly retryOutside: Waits & { readonly forMs: number; readonly tryMs?: number };
}
/** How long a stop waits for running listeners, ms. */
const PATIENCE_MS = 5000;
/** How long those that are cut short then, such as an export, may take to tell whoever waits for them, ms. */
const GOODBYE_MS = 3000;
const TIMING: Timing = {
  postIntervalMs: 1000,
  gatherMs: 100,
  breathMs: 250,
  leaseMs: 6000,
  unhandledMs: 3001,
  requestMs: BOUNDS.requestMs,
  homeMs: 2000,
  awayMs: AWAY_MS,
  connection: CONNECTION_TIMING,
  retry: { firstMs: 500, longestMs: 60_000 },
  retryOutside: { firstMs: 5_000, longestMs: 15 * 60_000, forMs: 24 * 60 * 60_000 },
};

export interface AppDeps {
  readonly config: Config;
  readonly log: Logger;
  /** The only clock of business time; by default the machine's. */
  readonly now?: () => Date;
  readonly timing?: Partial<Timing>;
  /** `by_hand`: jobs run only when `runJobs` is called, for whoever moves the clock; otherwise node-cron runs them. */
  readonly schedule?: 'cron' | 'by_hand';
  /** The steps that this release knows: fewer make an older release. */
  readonly migrations?: readonly Migration[];
  /** The data turned out after the start to need a newer release: the process has to end. By default only logged. */
  readonly onUnfit?: (why: string) => void;
  /** How many unhandled rejections this process had, for the metrics. */
  readonly unwatched?: () => number;
}

/** A running Warmline. */
export interface WarmlineApp {
  /**
   * Resolves once Slack can reach it, or it is stopped before that; keeps trying during a Slack outage. Rejects, with
   * what to do, if Slack or the configuration refuses it.
   */
  start(): Promise<void>;
  /** Takes no new work, finishes what is running, closes its connections. */
  stop(): Promise<void>;
  /** Runs every scheduled job now, or one of them. */
  runJobs(only?: string): Promise<void>;
  /** What jobs need, for a tool that runs one itself; usable without `start`. */
  readonly jobDeps: JobDeps & ListenerDeps;
  /** Why this release must not touch the data, for such a tool, or null. Rejects if the database is unreachable. */
  unfit(): Promise<string | null>;
  /** Resolves once no listener is running anymore. */
  answered(): Promise<void>;
  /** Resolves once nothing is left that could be sent now. */
  delivered(): Promise<void>;
  /** The TCP port it listens on in HTTP mode, or for health checks, or null. */
  port(): number | null;
}

/** Builds the app, in production, the sandbox and tests alike. Nothing is connected before `start`. */
export async function createApp(options: AppDeps): Promise<WarmlineApp> {
  const { config, log, now = () => new Date(), schedule = 'cron', unwatched = () => 0 } = options;
  const timing = { ...TIMING, ...options.timing };
  const connection = await connect(config.mongodbUri, log);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // ends every pause of the process, however many there are
  const metrics = createMetrics(now, log);
  const base = { config, log, now, metrics, stopping: stopping.signal };
  const { stores, indexed } = storesOf(connection, { ...base, onEvents: (queues) => delivery.kick(queues) });
  const slack = slackSide({ ...base, stores });
  const indexes = createIndexBuild(indexed, now, log);
  const work = inHand();
  const people = inHand();
  const delivery = createDelivery({
    cases: stores.cases,
    leases: laneLeases(connection, randomUUID(), timing.leaseMs),
    targetFor: targetsOf({ ...base, stores, slack, timing, actOn: (...told) => actOnDecision(deps, ...told) }),
    log,
    now,
    lastResorts: config.adminUsers,
    onGivenUp: () => refresher.adminMatter(null),
    repairMs: timing.retry.longestMs,
    heartbeatMs: timing.leaseMs / 3,
    gatherMs: timing.gatherMs,
  });
  const isWorking = () => life.isWorking();
  const deps = depsOf({
    ...base,
    stores,
    slack: slack.parts,
    delivery,
    refresher: () => refresher,
    breathMs: timing.breathMs,
    onLetter: () => void work.hold(runJobs(deps, 'letters')),
    givesWay: people.finished,
    reception: createReception({ ...base, clients: slack.parts.clients, isWorking, way: () => way, app: () => app }),
    connection: () => way.connection(),
    indexes: indexes.state,
  });
  const checked = { ping: () => ping(connection), started: isWorking, indexes: indexes.state };
  const { unhandledMs, requestMs, awayMs } = timing;
  const routes = healthRoutes({ ...checked, connection: deps.connection, metrics: metrics.text, awayMs }, log);
  const { fetch } = metrics;
  const way = wayIn(config, { log, now, fetch, routes, timing: timing.connection, unhandledMs, requestMs });
  const { version: release } = deps.instance;
  const upgrade = upgradeOf({ ...options, connection, release, leaseMs: timing.leaseMs });
  metrics.watchStanding({ connection: way.connection, indexes: indexes.state, stepsLeft: upgrade.left, unwatched });
  const app = boltApp(way.receiver, { config, log, clientOptions: answerOptions(slack.clientBase) });
  app.use(async ({ next }) => void (await people.hold(work.hold(next()))));
  registerListeners(app, deps);
  const refresher = createRefresher(deps, (user) => redrawHome(deps, user), timing.homeMs, upgrade.instances);
  const parts = { app, config, connection, deps, delivery, indexes, refresher, schedule, stopping, upgrade, way, work };
  const life = lifeOf(parts);
  return {
    ...life,
    jobDeps: deps,
    unfit: upgrade.unfit,
    runJobs: (only) => work.hold(runJobs(deps, only)),
    answered: people.ended,
    delivered: () => delivery.idle(),
  };
}

type BoltParts = { readonly config: Config; readonly log: Logger; readonly clientOptions: AppOptions['clientOptions'] };

function boltApp(receiver: WayIn['receiver'], { config, log, clientOptions }: BoltParts): App {
  return new App({
    receiver,
    token: config.botToken,
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false, // Bolt's own memory of conversations, which no one reads and every event would pay for
    ...(clientOptions && { clientOptions }),
    logger: boltLogger(log),
  });
}

/** A read: a database answers a ping although it allows nothing. */
async function ping({ db }: Connection): Promise<void> {
  if (!db) throw new Error('Warmline has not reached the database yet.');
  await db.collection('schema').findOne({}, { projection: { _id: 1 } });
}

async function runJobs(deps: JobDeps, only?: string): Promise<void> {
  for (const job of JOBS) if (!only || job.name === only) await runJob(deps, job);
}

/** Work that is running. */
function inHand() {
  const held = new Set<Promise<unknown>>();
  const ended = async () => void (await Promise.allSettled(held));
  return {
    hold<T>(work: Promise<T>): Promise<T> {
      held.add(work);
      return work.finally(() => held.delete(work));
    },
    /** Resolves once all of it is done. */
    ended,
    /** The same, or after `patienceMs`. */
    async finished(patienceMs: number): Promise<void> {
      if (!held.size) return;
      const over = new AbortController();
      const patience = sleep(patienceMs, null, { ref: false, signal: over.signal }).catch(() => undefined);
      await Promise.race([ended(), patience]);
      over.abort();
    },
  };
}

interface Living {
  readonly app: App;
  readonly config: Config;
  readonly connection: Connection;
  readonly deps: JobDeps & ListenerDeps;
  readonly delivery: DeliveryWorker;
  readonly indexes: IndexBuild;
  readonly refresher: Refresher;
  readonly schedule: NonNullable<AppDeps['schedule']>;
  readonly stopping: AbortController;
  readonly upgrade: Upgrade;
  readonly way: WayIn;
  readonly work: ReturnType<typeof inHand>;
}

/** The start and the stop, in order. */
function lifeOf(parts: Living): Pick<WarmlineApp, 'start' | 'stop' | 'port'> & { isWorking(): boolean } {
  const { app, config, connection, deps, delivery, indexes, refresher, stopping, upgrade, way, work } = parts;
  const { log } = deps;
  let jobs: ReturnType<typeof startJobs> | null = null;
  let server: unknown = null;
  let working = false;

  return {
    isWorking: () => working,
    port: () => portOf(server),
    async start() {
      await upgrade.enter();
      indexes.start();
      connection.on('connected', indexes.hurry);
      try {
        server = await way.listen();
        if (portOf(server)) log.info({ port: portOf(server) }, 'health checks are answered');
        if (!(await way.introduce(app)) || stopping.signal.aborted) return;
        delivery.start();
        if (parts.schedule === 'cron') jobs = startJobs(deps, work.hold);
        working = true;
        await way.open();
      } catch (error) {
        throw new Error(whyNotStarted(error), { cause: error });
      }
      if (!stopping.signal.aborted) log.info({ mode: config.mode, slack: config.slackApiUrl }, 'Warmline is ready');
    },
    async stop() {
      stopping.abort();
      indexes.stop();
      await jobs?.stop();
      await way.close();
      await work.finished(PATIENCE_MS);
      await Promise.all([delivery.stop(), refresher.stop(), upgrade.stop()]);
      await connection.close();
      await deps.givesWay(GOODBYE_MS);
    },
  };
}

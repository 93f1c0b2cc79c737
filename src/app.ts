import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { boltLogger, portOf, whyNotStarted } from './bolt';
import type { Config } from './config';
import { CONNECTION_TIMING, type ConnectionTiming } from './connection/connection';
import { BOUNDS } from './connection/http-receiver';
import { wayIn } from './connection/way-in';
import { accessLog } from './db/access-log';
import { alarmStore } from './db/alarms';
import { caseDesks } from './db/case-desks';
import { caseHistory } from './db/case-history';
import { caseReports } from './db/case-reports';
import { caseSearch } from './db/case-search';
import { caseStore } from './db/cases';
import { connect } from './db/connection';
import { contactStore } from './db/contacts';
import { coverStore } from './db/covers';
import { directoryStore } from './db/directory';
import { draftStore } from './db/drafts';
import { engineOf } from './db/engine';
import { exportSlots } from './db/export-slots';
import { homeStore } from './db/homes';
import { jobRunStore } from './db/job-runs';
import { laneLeases, laneReports } from './db/lanes';
import { letterStore } from './db/letters';
import { preferenceStore } from './db/preferences';
import { references } from './db/references';
import { spMetricsStore } from './db/sp-metrics';
import { transferStore } from './db/transfers';
import { eventOf } from './delivery/event-of';
import { letterSender } from './delivery/letters';
import { createPictures } from './delivery/pictures';
import { createTargets } from './delivery/targets';
import { createRenderer } from './delivery/targets/slack/render';
import { slackSender } from './delivery/targets/slack/sender';
import { createDelivery } from './delivery/worker';
import { AWAY_MS } from './domain/health';
import { healthRoutes } from './health/routes';
import { createIndexBuild } from './indexes';
import type { JobDeps } from './jobs/job';
import { JOBS, runJob, startJobs } from './jobs/schedule';
import { registerListeners } from './listeners';
import type { ListenerDeps } from './listeners/deps';
import { createRefresher } from './listeners/home/refresh';
import { redrawHome } from './listeners/home/show-home';
import { createInTurn } from './listeners/in-turn';
import { createMetrics } from './metrics';
import { createLateNews } from './services/late-news';
import { recent } from './services/recent';
import { subscribedCases } from './services/subscribed-cases';
import { cardLinks } from './slack/card-links';
import { answerOptions, sayingHowLong, slackClients } from './slack/clients';
import { slackCompanies } from './slack/companies';
import { slackLookup } from './slack/lookup';
import { outsideWatch } from './slack/outside-watch';
import { slackPeople } from './slack/people';

/** How fast things go; the defaults suit Slack. */
export interface Timing {
  /** Between two posts in one channel, ms. */
  readonly postIntervalMs: number;
  /** How long a dead instance keeps the lanes it was sending in, ms. */
  readonly leaseMs: number;
  /** How long a request that no listener takes is kept waiting in HTTP mode, ms. */
  readonly unhandledMs: number;
  /** How long a request may take to come in whole in HTTP mode, ms. */
  readonly requestMs: number;
  /** Between two drawings of somebody's Home that changes of others bring, ms. */
  readonly homeMs: number;
  /** How long there may be no usable connection with Slack before `/healthz` says so, ms. */
  readonly awayMs: number;
  readonly connection: ConnectionTiming;
  /** From a failed message to its next try: twice as long each time, up to the longest. */
  readonly retry: { readonly firstMs: number; readonly longestMs: number };
  /** The same for what goes out of Slack, such as mail; it is given up after `forMs` of business time. */
  readonly retryOutside: { readonly firstMs: number; readonly longestMs: number; readonly forMs: number };
}
/** How long a stop waits for what listeners have in hand, ms. */
const PATIENCE_MS = 5000;
/** Beside the sources and beside what is built of them alike. */
const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'))).version;
const TIMING: Timing = {
  postIntervalMs: 1000,
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
  /** The only clock of business time; the machine's own where none is given. */
  readonly now?: () => Date;
  readonly timing?: Partial<Timing>;
  /** `by_hand`: jobs run only when `runJobs` is called, for whoever moves the clock; else node-cron runs them. */
  readonly schedule?: 'cron' | 'by_hand';
  /** How many rejections nobody watched in this process, for the metrics. */
  readonly unwatched?: () => number;
}

/** A running Warmline. */
export interface WarmlineApp {
  /**
   * Resolves when Slack can reach it, or it is stopped before that: while Slack is ill it goes on trying. Rejects, with
   * what to do, when Slack or the configuration refuse it.
   */
  start(): Promise<void>;
  /** Takes no new work, finishes what is in hand, closes its connections. */
  stop(): Promise<void>;
  /** Runs every job of the schedule now, or one of them. */
  runJobs(only?: string): Promise<void>;
  /** What jobs need, for a tool that runs one by hand; it may be used without `start`. */
  readonly jobDeps: JobDeps & ListenerDeps;
  /** Resolves when nothing that could be sent now is left to send. */
  delivered(): Promise<void>;
  /** The TCP port it listens on in HTTP mode, or for health checks; null when none. */
  port(): number | null;
}

/** Builds the app; production, sandbox and tests all come through here. Nothing is connected before `start`. */
export async function createApp(options: AppDeps): Promise<WarmlineApp> {
  const { config, log, now = () => new Date(), schedule = 'cron', unwatched = () => 0 } = options;
  const timing = { ...TIMING, ...options.timing };
  const { postIntervalMs, leaseMs, unhandledMs, requestMs, homeMs, retry, retryOutside } = timing;
  const connection = await connect(config.mongodbUri, log);
  const onStale = (error: unknown) =>
    log.warn({ err: error }, 'the directory could not be read again; what was read last is used');
  const directory = directoryStore(connection, { now, onStale });
  const covers = coverStore(connection, now, onStale);
  const metrics = createMetrics(now, log);
  const webhooks = async () => (await directory.policy()).webhooks;
  const cases = metrics.watchCases(subscribedCases(caseStore(connection), webhooks, (lanes) => delivery.kick(lanes)));
  const history = caseHistory(connection);
  const desks = caseDesks(connection);
  const contacts = contactStore(connection);
  const letters = letterStore(connection);
  const drafts = draftStore(connection);
  const transfers = transferStore(connection);
  const reads = accessLog(connection);
  const alarms = metrics.watchAlarms(alarmStore(connection));
  const lanes = laneReports(connection);

  const sender = slackSender(
    config.botToken,
    { slackApiUrl: config.slackApiUrl, logger: boltLogger(log), fetch: sayingHowLong(metrics.fetch) },
    (method) => log.warn({ method }, 'this Slack server lacks a method; Warmline goes on without what it gives'),
  );
  const stopping = new AbortController();
  const clientBase = {
    token: config.botToken,
    slackApiUrl: config.slackApiUrl,
    logger: boltLogger(log),
    fetch: metrics.fetch,
    stopping: stopping.signal,
  };
  const clients = slackClients(clientBase);
  const people = slackPeople(clients.lookups, now, log);
  const companies = slackCompanies(clients.lookups, log);
  const lookup = slackLookup(clients.lookups, now, companies);
  const delivery = createDelivery({
    cases,
    leases: laneLeases(connection, randomUUID(), leaseMs),
    targetFor: createTargets({
      sender,
      render: createRenderer(directory, eventOf(history), sender.linkTo),
      exposure: outsideWatch(lookup, log),
      eventOf: eventOf(history),
      history,
      linkTo: sender.linkTo,
      mailboxOf: people.mailboxOf,
      policy: directory.policy,
      now,
      postIntervalMs,
      patience: { slack: { waits: retry, forMs: null }, outside: { waits: retryOutside, forMs: retryOutside.forMs } },
      mail: config.mail,
      webhooks: config.webhooks,
    }),
    log,
    now,
    lastResorts: config.adminUsers,
    onGivenUp: () => refresher.adminMatter(null),
    repairMs: retry.longestMs,
    heartbeatMs: leaseMs / 3,
  });

  const deps: JobDeps & ListenerDeps = {
    cases,
    history,
    desks,
    homes: homeStore(connection),
    search: caseSearch(connection),
    exportSlots: exportSlots(connection),
    contacts,
    reports: caseReports(connection),
    letters,
    metrics: spMetricsStore(connection),
    references: references(connection),
    sendLetter: letterSender(sender, log),
    alarms,
    lanes,
    jobRuns: jobRunStore(connection),
    engine: engineOf(connection),
    accessLog: reads,
    directory,
    configuration: directory.configuration,
    importTarget: directory,
    slack: lookup,
    importLookup: slackLookup(clients.bulk, now, companies),
    companies,
    clients,
    drafts,
    transfers,
    covers,
    preferences: preferenceStore(connection, now, onStale),
    people,
    now,
    admins: config.adminUsers,
    onStored: delivery.kick,
    onChanged: (...change) => refresher.changed(...change),
    onAdminMatter: (by) => refresher.adminMatter(by),
    late: createLateNews({
      letters,
      now,
      warn: (about, message) => log.warn(about, message),
      onLetter: () => lettersNow(),
      stopping: stopping.signal,
    }),
    homeLater: (...limited) => refresher.later(...limited),
    linkTo: cardLinks(clients.lookups, log),
    homesInTurn: createInTurn(),
    homesShow: new Map(),
    pictures: createPictures(clients.homes, log),
    counted: recent(now),
    onRun: metrics.jobDone,
    log,
    connection: () => slack.connection(),
    indexes: () => indexes.state(),
    instance: { version: VERSION, node: process.versions.node, mode: config.mode, startedAt: now() },
  };
  const indexes = createIndexBuild(
    [cases, desks, alarms, lanes, reads, directory, drafts, transfers, covers, contacts, letters],
    now,
    log,
  );
  const routes = healthRoutes(
    {
      async ping() {
        if (!connection.db) throw new Error('The database was not reached yet.');
        await connection.db.admin().ping();
      },
      connection: () => slack.connection(),
      started: () => working,
      indexes: indexes.state,
      metrics: metrics.text,
      awayMs: timing.awayMs,
    },
    log,
  );
  const slack = wayIn(config, {
    log,
    now,
    fetch: metrics.fetch,
    routes,
    timing: timing.connection,
    unhandledMs,
    requestMs,
  });
  metrics.watchStanding({ connection: slack.connection, indexes: indexes.state, unwatched });
  const app = new App({
    receiver: slack.receiver,
    token: config.botToken,
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false, // Bolt's own memory of conversations: nobody reads it, and every event would pay for it
    clientOptions: answerOptions(clientBase),
    logger: boltLogger(log),
  });
  const inHand = new Set<Promise<unknown>>();
  const held = (work: Promise<unknown>) => {
    inHand.add(work);
    return work.finally(() => inHand.delete(work));
  };
  app.use(async ({ next }) => void (await held(next())));
  const lettersNow = () => {
    for (const job of JOBS) if (job.name === 'letters') void held(runJob(deps, job));
  };
  registerListeners(app, deps);
  const refresher = createRefresher(deps, (user) => redrawHome(deps, user), homeMs);
  let jobs: ReturnType<typeof startJobs> | null = null;
  let server: unknown = null;
  let working = false;

  return {
    jobDeps: deps,
    async start() {
      indexes.start();
      connection.on('connected', indexes.hurry);
      try {
        server = await slack.listen();
        if (portOf(server)) log.info({ port: portOf(server) }, 'health checks are answered');
        if (!(await slack.introduce(app)) || stopping.signal.aborted) return;
        delivery.start();
        if (schedule === 'cron') jobs = startJobs(deps);
        working = true;
        await slack.open();
      } catch (error) {
        throw new Error(whyNotStarted(error), { cause: error });
      }
      if (!stopping.signal.aborted) log.info({ mode: config.mode, slack: config.slackApiUrl }, 'Warmline is ready');
    },
    async stop() {
      stopping.abort();
      indexes.stop();
      await jobs?.stop();
      await slack.close();
      await Promise.race([Promise.allSettled(inHand), sleep(PATIENCE_MS, null, { ref: false })]);
      await Promise.all([delivery.stop(), refresher.stop()]);
      await connection.close();
    },
    async runJobs(only) {
      for (const job of JOBS) if (!only || job.name === only) await runJob(deps, job);
    },
    delivered: () => delivery.idle(),
    port: () => portOf(server),
  };
}

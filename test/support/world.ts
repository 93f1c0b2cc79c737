import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import {
  createClock,
  startWorkspace,
  type Timing,
  type UserGroupSeed,
  type Workspace,
  type WorkspaceClock,
} from '../../sandbox/workspace';
import { type AppDeps, type Timing as AppTiming, createApp, type WarmlineApp } from '../../src/app';
import type { Config } from '../../src/config';
import { freshDatabase } from './engine';
import { CHANNELS, type DirectoryOptions, fillDirectory, PEOPLE } from './organization';
export type Mode = 'socket' | 'http';

/** A workspace, a database with a directory, and Warmline between them; all real, nothing on a fixed port. */
export interface World {
  readonly workspace: Workspace;
  /** The first instance still running; throws if there is none. */
  readonly app: WarmlineApp;
  readonly databaseUri: string;
  readonly config: Config;
  readonly log: pino.Logger;
  /** What was logged, as JSON lines. */
  readonly logged: string[];
  readonly clock: WorkspaceClock;
  /**
   * Another instance of the app on the same workspace and database, started. `migrations`: of another release; `now`: on
   * a machine whose clock is wrong.
   */
  another(other?: Pick<AppDeps, 'migrations' | 'now'>): Promise<WarmlineApp>;
  /** Stops one instance; the rest of the world continues. */
  halt(app: WarmlineApp): Promise<void>;
  /** Resolves once everything that could be sent now has been sent. */
  settled(): Promise<void>;
  /** Moves time, and runs what became due. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions extends DirectoryOptions {
  readonly mode?: Mode;
  readonly timing?: Partial<Timing>;
  readonly userGroups?: readonly UserGroupSeed[];
  readonly postIntervalMs?: number;
  readonly databaseUri?: string;
  /** Nothing in the directory, and the default policy: a new workspace. */
  readonly empty?: boolean;
  /** Another app manifest than the repository's. */
  readonly manifest?: unknown;
  /** False: no instance runs until `another`. */
  readonly start?: boolean;
  /** This many more agents on the call floor: `agent1`, `agent2` … */
  readonly agents?: number;
  readonly leaseMs?: number;
  /** How long messages are collected before they go out. */
  readonly gatherMs?: number;
  /** Something between the app and the Web API, e.g. a proxy that answers some calls itself. */
  readonly between?: (apiUrl: string) => Promise<{ readonly apiUrl: string; close(): Promise<void> }>;
  /** The pause before a failed message's next try. */
  readonly retry?: AppTiming['retry'];
  /** The same for targets outside Slack. */
  readonly retryOutside?: AppTiming['retryOutside'];
  readonly mail?: Config['mail'];
  readonly webhooks?: Config['webhooks'];
  readonly calendarsAllowPrivate?: boolean;
  /** How long a request without a listener waits for its 404. */
  readonly unhandledMs?: number;
  /** How long a request may take to arrive completely. */
  readonly requestMs?: number;
}

/** Monday, November 2, 2026, 9:00 AM in Los Angeles: everyone is at work. */
export const MONDAY_9 = Date.parse('2026-11-02T17:00:00Z');

export const manifest = (mode: Mode): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../manifests', `${mode}.json`), 'utf8'));

/** A clock that starts at MONDAY_9 and moves with real time. */
export function workdayClock(): WorkspaceClock {
  const clock = createClock();
  clock.advance(MONDAY_9 - +clock.now());
  return clock;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { mode = 'socket' } = options;
  const clock = workdayClock();
  const database = options.databaseUri ? null : await freshDatabase();
  const databaseUri = options.databaseUri ?? database?.uri ?? '';
  const agents = Array.from({ length: options.agents ?? 0 }, (_, i) => ({ name: `agent${i + 1}`, role: 'Agent' }));
  const apps = new Set<WarmlineApp>();
  const workspace = await startWorkspace({
    manifest: options.manifest ?? manifest(mode),
    users: [...PEOPLE, ...agents],
    channels: CHANNELS.map((channel) =>
      channel.name === 'call-floor'
        ? { ...channel, members: [...channel.members, ...agents.map(({ name }) => name)] }
        : channel,
    ),
    userGroups: options.userGroups ?? [],
    clock,
    host: {
      get appAnswered() {
        return apps.size ? () => Promise.all([...apps].map((app) => app.answered())).then(() => undefined) : undefined;
      },
    },
    timing: { postIntervalMs: 0, tierPerMinute: 'off', ...options.timing },
  });
  const between = await options.between?.(workspace.apiUrl);
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  if (!options.empty) await fillDirectory(databaseUri, workspace, options, log);

  const common = {
    botToken: workspace.botToken,
    slackApiUrl: between?.apiUrl ?? workspace.apiUrl,
    mongodbUri: databaseUri,
    adminUsers: [workspace.ids.users.ada ?? ''],
    logLevel: 'debug' as const,
    nodeEnv: 'test' as const,
    secrets: [],
    targetsOff: options.mail ? [] : ['email'],
    mail: options.mail ?? null,
    calendarsAllowPrivate: options.calendarsAllowPrivate ?? false,
    webhooks: options.webhooks ?? { secrets: new Map(), allowPrivate: false },
  };
  const config: Config =
    mode === 'socket'
      ? { ...common, mode, appToken: workspace.appToken, port: null }
      : { ...common, mode, signingSecret: workspace.signingSecret, port: 0 };
  /** Over HTTP, a workspace knows one address: that of a running instance. */
  const pointAt = (app: WarmlineApp | undefined) => {
    const port = app?.port();
    if (mode === 'http' && port) workspace.setAppUrl(`http://127.0.0.1:${port}`);
  };
  const another: World['another'] = async (other = {}) => {
    const app = await createApp({
      config,
      log,
      now: () => clock.now(),
      ...other,
      schedule: 'by_hand',
      timing: {
        postIntervalMs: options.postIntervalMs ?? 0,
        unhandledMs: options.unhandledMs ?? 3001,
        homeMs: 50,
        gatherMs: options.gatherMs ?? 5,
        breathMs: 20,
        ...(options.requestMs ? { requestMs: options.requestMs } : {}),
        ...(options.leaseMs ? { leaseMs: options.leaseMs } : {}),
        ...(options.retry ? { retry: options.retry } : {}),
        ...(options.retryOutside ? { retryOutside: options.retryOutside } : {}),
      },
    });
    try {
      await app.start();
    } catch (error) {
      await app.stop();
      throw error;
    }
    apps.add(app);
    pointAt(app);
    await workspace.waitForApp();
    return app;
  };
  const first = () => {
    const [app] = apps;
    if (!app) throw new Error('No instance of the app runs in this world.');
    return app;
  };
  if (options.start !== false) await another();

  return {
    workspace,
    get app() {
      return first();
    },
    databaseUri,
    config,
    log,
    logged,
    clock,
    another,
    async halt(app) {
      apps.delete(app);
      pointAt([...apps].at(-1));
      const { sockets } = workspace;
      await app.stop();
      // A request sent before the workspace has received the close is lost, as in Slack.
      if (mode === 'socket') await workspace.waitFor(() => workspace.sockets < sockets, 10_000, 'a socket to close');
    },
    settled: async () => {
      for (const running of apps) await running.delivered();
    },
    async pass(ms) {
      workspace.clock.advance(ms);
      await first().runJobs();
      await first().delivered();
    },
    async stop() {
      for (const running of apps) await running.stop();
      await between?.close();
      await workspace.stop();
      await database?.drop();
    },
  };
}

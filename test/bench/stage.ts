import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose, { type Connection, type mongo } from 'mongoose';
import pino from 'pino';
import type { Database } from '../../sandbox/database';
import { type Actor, startWorkspace, type Workspace } from '../../sandbox/workspace';
import { createApp, type WarmlineApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { directoryStore } from '../../src/db/directory';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { Area, ServiceProvider } from '../../src/domain/directory';
import type { JobDeps } from '../../src/jobs/job';
import { type AppName, type AppProcess, startApp } from './app-process';
import { range } from './figures';

export interface StageOptions {
  readonly agents: number;
  /** Areas, each with a channel, a manager and ten SPs. */
  readonly areas: number;
  /** Between two posts in a channel, for the workspace and the app alike; 0 means no limit. */
  readonly postIntervalMs: number;
  /** The app reports the commands it sends to the database. */
  readonly counted?: true;
  /** The name of its database, which then stays: another run with the same name finds the data. */
  readonly kept?: string;
}

/** A workspace and a database for one app, with people, channels and a directory. */
export interface Stage {
  readonly app: AppName;
  readonly workspace: Workspace;
  readonly connection: Connection;
  readonly agents: readonly Actor[];
  /** Ids of the areas' channels. */
  readonly channels: readonly string[];
  /** Account numbers of the SPs. */
  readonly accounts: readonly string[];
  /** A process of the app, connected to this workspace and database. */
  start(): Promise<AppProcess>;
  /** Warmline on this workspace and database, in this process and not started: the tools for a test. */
  tool(now: () => Date): Promise<WarmlineApp>;
  stop(): Promise<void>;
}

const MANIFEST = join(__dirname, '../../manifests/socket.json');
const SPS_PER_AREA = 10;
const COMMAND_CHANNEL = 'call-floor';
/** An engine that answers one request at a time may be busy with the app's for long. */
const PATIENT = { connectTimeoutMS: 60_000, bufferCommands: false, autoIndex: false, autoCreate: false };

export async function setStage(database: Database, app: AppName, options: StageOptions): Promise<Stage> {
  const { agents, areas, postIntervalMs } = options;
  const agentNames = range(agents).map((index) => `agent${index}`);
  const managerNames = range(areas).map((index) => `manager${index}`);
  const workspace = await startWorkspace({
    manifest: JSON.parse(readFileSync(MANIFEST, 'utf8')),
    team: `Bench ${app}`,
    users: [...agentNames, ...managerNames, 'ada'].map((name) => ({ name })),
    channels: [
      { name: COMMAND_CHANNEL, members: agentNames },
      ...managerNames.map((name, index) => ({ name: `area${index}`, members: [name] })),
      { name: 'unrouted', members: ['ada'] },
    ],
    timing: { postIntervalMs, tierPerMinute: 'off' },
  });
  const uri = database.databaseUri(options.kept ?? `bench-${app}-${randomUUID()}`);
  // The driver reports its commands only if its address asks for it.
  const mongodbUri = `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`;
  const { users, channels: channelIds } = workspace.ids;
  const channels = range(areas).map((index) => channelIds[`area${index}`] ?? '');
  const managers = managerNames.map((name) => users[name] ?? '');
  const connection = await mongoose.createConnection(uri, PATIENT).asPromise();
  const accounts = await fillDirectory(connection, channels, managers, channelIds.unrouted ?? null);
  const env = {
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    MONGODB_URI: options.counted ? mongodbUri : uri,
    ADMIN_USERS: users.ada,
    BENCH_POST_INTERVAL_MS: String(postIntervalMs),
  };

  return {
    app,
    workspace,
    connection,
    agents: agentNames.map((name) => workspace.as(name)),
    channels,
    accounts,
    start: () => startApp(app, env),
    async tool(now) {
      const read = readConfig(env);
      if (!read.ok) throw new Error(read.faults.join(' '));
      return createApp({
        config: { ...read.config, mongodbUri },
        log: pino({ level: 'warn' }, pino.destination(2)),
        now,
      });
    },
    async stop() {
      await workspace.stop();
      if (!options.kept) await connection.db?.dropDatabase();
      await connection.close();
    },
  };
}

async function fillDirectory(
  connection: Connection,
  channels: readonly string[],
  managers: readonly string[],
  fallback: string | null,
): Promise<string[]> {
  const store = directoryStore(connection, { now: () => new Date() });
  const areas = channels.map(
    (channel, index): Area => ({
      name: `Area ${index}`,
      timeZone: 'America/Chicago',
      channel,
      areaManager: managers[index] ?? null,
      deputy: null,
      manager: null,
      fallbackChannel: fallback,
    }),
  );
  const providers = range(channels.length * SPS_PER_AREA).map(
    (index): ServiceProvider => ({
      account: `ACC${10_000 + index}`,
      name: `Provider ${index}`,
      area: `Area ${index % channels.length}`,
      phone: null,
      email: null,
      status: 'active',
    }),
  );
  await store.saveAreas(areas);
  await store.saveProviders(providers);
  await store.savePolicy({ ...DEFAULT_POLICY, channels: { ...DEFAULT_POLICY.channels, fallback } }, 'bench');
  return providers.map(({ account }) => account);
}

/** What services and jobs need, without a running app, and the commands that they send to the database. */
export async function watchedTool(
  stage: Stage,
  now: () => Date,
): Promise<{ deps: JobDeps; commands: string[]; stop(): Promise<void> }> {
  const others = new Set(mongoose.connections);
  const app = await stage.tool(now);
  const commands: string[] = [];
  for (const connection of mongoose.connections.filter((one) => !others.has(one)))
    connection.getClient().on('commandStarted', ({ commandName }: mongo.CommandStartedEvent) => {
      commands.push(commandName);
    });
  return { deps: { ...app.jobDeps, onStored: () => undefined }, commands, stop: () => app.stop() };
}

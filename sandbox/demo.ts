import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { mongo } from 'mongoose';
import type { Logger } from 'pino';
import { createApp, type WarmlineApp } from '../src/app';
import { type Config, readConfig } from '../src/config';
import { connect } from '../src/db/connection';
import { directoryStore } from '../src/db/directory';
import { spMetricsStore } from '../src/db/sp-metrics';
import { spStandingStore } from '../src/db/sp-standings';
import { makeLog } from '../src/log';
import { importDirectory } from '../src/services/import-directory';
import { faultLine } from '../src/services/import-report';
import { slackCompanies } from '../src/slack/companies';
import { slackLookup } from '../src/slack/lookup';
import { type Database, startDatabase } from './database';
import { MAIL_CA_FILE, type MailServer, startMailServer } from './mail';
import { playReport } from './play';
import {
  type ChannelSeed,
  startWorkspace,
  type Timing,
  type UserSeed,
  type Workspace,
  type WorkspaceClock,
} from './workspace';

const HERE = __dirname;
const DATA = join(HERE, '../.data');
/** The empty workspace has separate data, so restarting one does not affect the other. */
const EMPTY_DATA = join(HERE, '../.data-empty');
const EMPTY_DATABASE = 'warmline_empty';
const PAGE = join(HERE, 'page/dist');
const demoFile = (name: string) => join(HERE, 'demo-data', name);
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export interface DemoOptions {
  readonly reset: boolean;
  readonly play: boolean;
  /** People and channels, but nothing in Warmline: no area, no SP, the default policy. */
  readonly empty?: boolean;
  readonly port: number;
  /** Takes cleanups, run in reverse order at the end. */
  readonly onStop: (stop: () => Promise<void>) => void;
  readonly say: (line: string) => void;
  /** Where data are kept between runs. */
  readonly dataDir?: string;
  /** A database that already runs, instead of the demo's own. */
  readonly database?: DemoDatabase;
  /** The "now" of workspace and app; by default real time, which can be moved. */
  readonly clock?: WorkspaceClock;
  /** Limits and rates other than Slack's. */
  readonly timing?: Partial<Timing>;
}

/** What the demo needs from a database; without `setDown`, the page does not offer to take it down. */
export interface DemoDatabase {
  readonly uri: string;
  readonly setDown?: (down: boolean) => Promise<void>;
}

/** Starts database, workspace and app, with demo data unless `empty`, and says how to use them. */
export async function startDemo(options: DemoOptions): Promise<{ workspace: Workspace; app: WarmlineApp }> {
  const { say, onStop, empty = false, dataDir = empty ? EMPTY_DATA : DATA } = options;
  if (options.reset) await rm(dataDir, { recursive: true, force: true });

  const database = options.database ?? (await ownDatabase(dataDir, options));
  const mail = await startMailServer({ now: () => workspace.clock.now() });
  onStop(() => mail.stop());
  const people = json(demoFile('people.json')) as { users: UserSeed[]; channels: ChannelSeed[] };
  const running: { app: WarmlineApp | null } = { app: null };
  const workspace = await startWorkspace({
    manifest: json(join(HERE, '../manifests/socket.json')),
    team: 'Warmline Demo',
    ...people,
    port: options.port,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.timing ? { timing: options.timing } : {}),
    stateFile: join(dataDir, 'workspace.json'),
    ...(existsSync(PAGE) ? { pageDir: PAGE } : {}),
    host: {
      // The tour's SP is in the demo's directory.
      tour: !empty,
      clockMoved: async () => {
        await running.app?.runJobs();
      },
      mails: () => mailsOf(mail),
      ...(database.setDown ? { setDatabaseDown: database.setDown } : {}),
    },
  });
  onStop(() => workspace.stop());

  const { users } = workspace.ids;
  const config = readConfig({
    SLACK_MODE: 'socket',
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    MONGODB_URI: database.uri,
    ADMIN_USERS: [users.ada, users.olu].filter(Boolean).join(','),
    SMTP_HOST: 'localhost',
    SMTP_PORT: String(mail.port),
    SMTP_CA_FILE: MAIL_CA_FILE,
    MAIL_FROM: 'warmline@example.com',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  });
  if (!config.ok) throw new Error(config.faults.join('\n'));
  const log = makeLog(config.config);
  if (!empty) await importDemoData(workspace, config.config, log, say);

  const app = await createApp({ config: config.config, log, now: () => workspace.clock.now() });
  onStop(() => app.stop());
  await app.start();
  await workspace.waitForApp();
  running.app = app;

  if (options.play) await playReport(workspace, app, say);
  say(empty ? welcomeToEmpty(workspace) : welcome(workspace));
  return { workspace, app };
}

/** What was mailed since the demo began, as the page shows it. */
const mailsOf = ({ mails }: MailServer) =>
  mails
    .map(({ messageId, to, subject, text, html, at }) => ({
      messageId,
      to: [...to],
      subject,
      text,
      html,
      at: +at,
    }))
    .reverse();

/** The demo's own database, or the one in MONGODB_URI. Taken down, it comes back on the same port with its data. */
async function ownDatabase(dataDir: string, { empty = false, reset, onStop, say }: DemoOptions): Promise<DemoDatabase> {
  const folder = join(dataDir, 'database');
  let engine: Database | null = await startDatabase({ dataDir: folder, log: say });
  onStop(async () => engine?.stop());
  if (engine.engine === 'external') return externalDatabase(engine, empty, reset);
  const { uri } = engine;
  const port = Number(new URL(uri.replace(/^mongodb/, 'http')).port);
  const setDown = async (down: boolean) => {
    if (down) await engine?.stop();
    engine = down ? null : (engine ?? (await startDatabase({ dataDir: folder, port, log: say })));
  };
  return { uri, setDown };
}

/** Someone else's server: a database on it for the demo, and another that may be thrown away. */
async function externalDatabase(engine: Database, empty: boolean, reset: boolean): Promise<DemoDatabase> {
  if (!empty) return { uri: engine.uri };
  const uri = engine.databaseUri(EMPTY_DATABASE);
  if (reset) {
    const client = await mongo.MongoClient.connect(uri);
    await client.db().dropDatabase();
    await client.close();
  }
  return { uri };
}

async function importDemoData(
  workspace: Workspace,
  { mongodbUri }: Config,
  log: Logger,
  say: (line: string) => void,
): Promise<void> {
  const connection = await connect(mongodbUri, log);
  try {
    const directory = directoryStore(connection, { now: () => workspace.clock.now() });
    await directory.ensureIndexes();
    // What an admin changed since the first start stays.
    if ((await directory.areas()).length > 0) return;
    const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
    const source = (name: string) => ({ name, open: () => createReadStream(demoFile(name)) });
    const report = await importDirectory(
      {
        areas: source('areas.csv'),
        sps: source('sps.csv'),
        policy: source('policy.yaml'),
        metrics: source('metrics.csv'),
      },
      {
        directory,
        metrics: spMetricsStore(connection),
        standings: spStandingStore(connection, { now: () => workspace.clock.now() }),
        slack: slackLookup(client, () => workspace.clock.now(), slackCompanies(client, log)),
        by: 'demo',
        now: () => workspace.clock.now(),
        dryRun: false,
        strict: false,
      },
    );
    for (const { faults } of report.files) for (const fault of faults) say(faultLine(fault));
  } finally {
    await connection.close();
  }
}

function welcome({ url }: Workspace): string {
  return `
  Warmline is running.

    Open  ${url}

  You are Amira, an agent: type  /sp-feedback SP100275 556677  in #call-floor, and take the tour.
  Switch to Dana, the Area Manager of West, to answer; move the clock to see the nudges.
  Ctrl-C stops everything; the data are kept (--reset clears them).
`;
}

function welcomeToEmpty({ url, ids }: Workspace): string {
  return `
  Warmline is running, and knows nothing yet: no area, no SP, nobody with a role.

    Open  ${url}/#/${ids.users.ada}/app/home

  You are Ada, an admin, in Warmline's Home: press  Set up  and follow the list from top to bottom.
  An sps.csv to drop into  Import  is in sandbox/demo-data/ (its areas are West, Central and East).
  Then be Amira, type  /sp-feedback  and the SP's account in #call-floor, and follow the report.
  Ctrl-C stops everything; the data are kept apart from the other demo's (--empty --reset clears them).
`;
}

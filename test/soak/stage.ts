import type { Connection } from 'mongoose';
import type { Timing } from '../../src/app';
import { connect } from '../../src/db/connection';
import { startWorld, type World } from '../support/world';
import { type EventWatch, watchEvents } from './events';
import { Instance, type InstanceEvents } from './instance';
import { type Line, openLine } from './line';
import type { Random } from './random';

/** One instance of the app, and its connections to the database and to Slack. */
export interface Site {
  readonly instance: Instance;
  readonly database: Line;
  readonly slack: Line;
}

/** A workspace, a database with a directory, and instances of Warmline in separate processes between them. */
export interface Stage {
  readonly world: World;
  readonly connection: Connection;
  readonly sites: readonly Site[];
  readonly events: EventWatch;
  /** Names of people who can get a case. */
  readonly people: readonly string[];
  now(): Date;
  nextSj(): string;
  /** The number of a case's newest event, read directly; 0 if there is none. */
  newestEvent(ref: string): Promise<number>;
  openCases(): number;
  /** The reference of some case, or one that does not exist. */
  someRef(random: Random): string;
  /** Reads the records again; `openCases` and `someRef` are as old as this. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly databaseUri: string;
  /** The compiled instance. */
  readonly script: string;
  readonly instances: number;
  /** More agents than the two of every world. */
  readonly agents: number;
  /** Slack waits longer than it really does, for a busy machine. */
  readonly isPatient: boolean;
  readonly events: InstanceEvents;
}

/** How long a patient Slack waits. */
const PATIENT = { ackMs: 15_000, triggerMs: 60_000 };
/** A holder stops a quarter of its lease before others may take over: longer than a fault delays a request. */
const TIMING: Partial<Timing> = {
  leaseMs: 2000,
  postIntervalMs: 0,
  homeMs: 500,
  retry: { firstMs: 300, longestMs: 5000 },
};
/** Slack repeats an event until it is accepted: here it gives up nothing, which would be no one's promise. */
const RETRY_DELAYS_MS = [0, 300, 600, 1000, ...Array.from({ length: 500 }, () => 2000)];

export async function setStage(options: StageOptions): Promise<Stage> {
  const { databaseUri, script, instances, agents, isPatient, events } = options;
  const world = await startWorld({
    start: false,
    databaseUri,
    agents,
    timing: { settleMs: 100, retryDelaysMs: RETRY_DELAYS_MS, ...(isPatient ? PATIENT : {}) },
  });
  const { workspace, config, clock } = world;
  const watched = watchEvents(workspace);
  const connection = await connect(databaseUri, world.log);
  const cases = connection.collection<{ ref: string; seq: number; isOpen: boolean }>('cases');

  const sites = await Promise.all(
    Array.from({ length: instances }, async (): Promise<Site> => {
      const [database, slack] = await Promise.all([openLine(new URL(databaseUri)), openLine(new URL(workspace.url))]);
      const through = new URL(databaseUri);
      through.host = database.host;
      through.searchParams.set('directConnection', 'true');
      const env = {
        SLACK_MODE: 'socket',
        SLACK_BOT_TOKEN: workspace.botToken,
        SLACK_APP_TOKEN: workspace.appToken,
        SLACK_API_URL: `http://${slack.host}/api/`,
        MONGODB_URI: through.href,
        ADMIN_USERS: config.adminUsers.join(','),
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
      };
      const instance = new Instance({ script, env, timing: TIMING, events });
      instance.setClock(clock.offsetMs);
      return { instance, database, slack };
    }),
  );

  let lastSj = 1_000_000;
  let open = 0;
  let refs: readonly string[] = [];
  return {
    world,
    connection,
    sites,
    events: watched,
    people: ['dana', 'tom', 'priya', 'sam', 'rosa', 'pat', 'ada'],
    now: () => clock.now(),
    nextSj: () => String(++lastSj),
    newestEvent: async (ref) => (await cases.findOne({ ref }, { projection: { seq: 1 } }))?.seq ?? 0,
    openCases: () => open,
    someRef: (random) => (refs.length ? random.pick(refs) : 'SPF-999999'),
    async look() {
      const found = await cases.find({ isOpen: true }, { projection: { ref: 1 } }).toArray();
      open = found.length;
      refs = found.map(({ ref }) => ref);
    },
    async stop() {
      await Promise.all(sites.map(({ instance }) => instance.retire()));
      watched.stop();
      await world.stop();
      await connection.close();
      await Promise.all(sites.flatMap(({ database, slack }) => [database.close(), slack.close()]));
    },
  };
}

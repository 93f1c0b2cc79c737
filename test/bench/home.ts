import { WebClient } from '@slack/web-api';
import mongoose, { type mongo } from 'mongoose';
import type { Database } from '../../sandbox/database';
import type { WarmlineApp } from '../../src/app';
import { documentOf } from '../../src/db/case-document';
import { caseStore } from '../../src/db/cases';
import { showHome } from '../../src/listeners/home/show-home';
import { DESK_COUNTED } from '../../src/services/desk';
import type { StoredCase } from '../../src/services/ports/cases';
import { HOME_START, type HomePlace } from '../../src/slack/ids/home';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { median, range, rounded } from './figures';
import { type Stage, setStage } from './stage';

/** Cases in total; this many of them are open, in the area of one busy Area Manager. */
interface Plan {
  readonly among: readonly number[];
  readonly open: number;
}
const INDEXED: Plan = { among: [10_000, 1_000_000], open: DESK_COUNTED + 500 };
/** For an engine that scans, more would take long and teach nothing. */
const SCANNED: Plan = { among: [500, 5_000], open: 300 };
const ROUNDS = 15;
const A_BATCH = 1_000;
const A_YEAR = minutes(365 * 24 * 60);
const AREAS = 10;
const GOAL = { ratio: 1.2, ms: 300 };
const NOW = later(MONDAY, minutes(300));

/** Whose Home is drawn, and where on it. */
export interface Home {
  readonly name: string;
  readonly user: string;
  readonly place: HomePlace;
}
const HOMES: readonly Home[] = [
  { name: 'manager', user: 'manager0', place: HOME_START },
  { name: 'everybody', user: 'ada', place: { ...HOME_START, args: { scope: 'all' } } },
  { name: 'admin', user: 'ada', place: { ...HOME_START, tab: 'admin' } },
];

/**
 * The first paint of a busy Area Manager's Home, of an admin's queue of everyone's cases and of the admin tab, among
 * few cases and among many, in turns with a bare `views.publish`.
 */
export async function home(database: Database, progress: (line: string) => void): Promise<object> {
  const canTell = database.hasSecondaryIndexes;
  const { among, open } = canTell ? INDEXED : SCANNED;
  const houses: House[] = [];
  try {
    for (const size of among) houses.push(await laidOut(database, size, open, progress));
    for (const round of range(ROUNDS + 1))
      for (const house of houses) {
        const took = await house.paint();
        if (round > 0) house.paints.push(took); // all warm up first
      }
    const [few] = houses;
    const of = (house: House | undefined, name: string) =>
      median(house?.paints.map((took) => took[name] ?? Number.NaN) ?? []);
    const figures = houses.map((house) => ({
      cases: house.size,
      bareMs: rounded(of(house, 'bare'), 1),
      ...Object.fromEntries(
        HOMES.map(({ name }) => [
          name,
          { ms: rounded(of(house, name), 1), ratio: rounded(of(house, name) / of(few, name)), ...house.asked[name] },
        ]),
      ),
    }));
    const verdict = canTell
      ? {}
      : { cannotTell: 'this engine scans where MongoDB uses an index: the ratio says nothing' };
    return { open, rounds: ROUNDS, goal: GOAL, ...verdict, among: figures };
  } finally {
    for (const house of houses) await house.clear();
  }
}

export type Took = Readonly<Record<string, number>>;
/** The last drawing of a Home: its database commands, and the documents it got, which any engine can count. */
export interface Asked {
  commands: number;
  documents: number;
}
interface House {
  readonly size: number;
  readonly asked: Readonly<Record<string, Asked>>;
  readonly paints: Took[];
  /** Draws every Home once, and publishes a bare one; ms each. */
  paint(): Promise<Took>;
  clear(): Promise<void>;
}

async function laidOut(
  database: Database,
  size: number,
  open: number,
  progress: (line: string) => void,
): Promise<House> {
  const stage = await setStage(database, 'warmline', { agents: 1, areas: AREAS, postIntervalMs: 0 });
  const heard = await listenedTo(stage, NOW);
  const cases = stage.connection.collection('cases');
  await caseStore(stage.connection).ensureIndexes();
  for (let made = 0; made < size; made += A_BATCH) {
    const batch = range(Math.min(A_BATCH, size - made)).map((i) => made + i);
    const list = batch.map((i) => documentOf(i < open ? waiting(stage, i) : settled(stage, i, size)));
    await cases.insertMany(list as never[], { ordered: false });
    if (made % (50 * A_BATCH) === 0) progress(`home: among ${size}, ${made} laid out`);
  }
  return {
    size,
    paints: [],
    ...painter(stage, heard, HOMES),
    async clear() {
      await heard.app.stop();
      await stage.stop();
    },
  };
}

/** Draws each of these Homes and publishes a bare one, and returns the database commands. */
export function painter(
  stage: Stage,
  { app, overheard }: Heard,
  homes: readonly Home[],
): Pick<House, 'asked' | 'paint'> {
  const { workspace } = stage;
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const asked: Record<string, Asked> = {};
  return {
    asked,
    async paint() {
      const took: Record<string, number> = {};
      for (const { name, user, place } of homes) {
        const id = workspace.ids.users[user] ?? '';
        Object.assign(overheard, NOTHING);
        took[name] = await timed(() => showHome(app.jobDeps, id, place));
        asked[name] = { ...overheard };
        const shown = await workspace.as(user).waitForHome();
        if (shown.buttons.includes('Try again')) throw new Error(`The Home of ${name} could not be read in time.`);
      }
      took.bare = await timed(() => client.views.publish({ user_id: workspace.ids.users.agent0 ?? '', view: BARE }));
      return took;
    },
  };
}

const NOTHING: Asked = { commands: 0, documents: 0 };

/** The app, with its database commands from now on. */
export interface Heard {
  readonly app: WarmlineApp;
  readonly overheard: Asked;
}
export async function listenedTo(stage: Stage, now: Date): Promise<Heard> {
  const others = new Set(mongoose.connections);
  const app = await stage.tool(() => now);
  const overheard = { ...NOTHING };
  for (const connection of mongoose.connections.filter((one) => !others.has(one)))
    connection.getClient().on('commandSucceeded', ({ reply }: mongo.CommandSucceededEvent) => {
      const { firstBatch = [], nextBatch = [] } = (reply as Reply).cursor ?? {};
      overheard.commands += 1;
      overheard.documents += firstBatch.length + nextBatch.length;
    });
  return { app, overheard };
}
interface Reply {
  readonly cursor?: { readonly firstBatch?: readonly unknown[]; readonly nextBatch?: readonly unknown[] };
}

const BARE = {
  type: 'home' as const,
  blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text: '-' } }],
};

/** An open case of the busy Area Manager, a fifth of them overdue. */
const waiting = (stage: Stage, i: number): StoredCase =>
  owned(stage, 0, storedCase(`open${i}`, later(MONDAY, minutes(i % 5 ? 120 : 0))));

/** A resolved one, in any area, some time in the last year. */
function settled(stage: Stage, i: number, size: number): StoredCase {
  const at = later(NOW, -((i / size) * A_YEAR));
  const resolution = { outcome: 'coaching_given', text: 'Done.', by: 'U0', at } as const;
  return owned(stage, i % AREAS, { ...storedCase(`done${i}`, at), state: 'resolved', clocks: [], resolution });
}

const owned = ({ workspace, channels }: Stage, area: number, base: StoredCase): StoredCase => ({
  ...base,
  area: `Area ${area}`,
  owner: workspace.ids.users[`manager${area}`] ?? null,
  posts: base.posts.map((post) => ({ ...post, channel: channels[area] ?? '' })),
  outbox: [],
});

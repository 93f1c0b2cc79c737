import type { Random } from './random';
import type { Site, Stage } from './stage';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Web API methods for a fault; null: whichever is called next. */
const METHODS = ['chat.postMessage', 'chat.postMessage', 'chat.update', 'views.open', 'views.update', null] as const;
/** What a driver's request contains if it changes something. */
const WRITES = ['findAndModify', 'update', 'insert'];

type Fault = (stage: Stage, site: Site, random: Random) => Promise<void> | void;

const next = (random: Random, most = 3) => {
  const method = random.pick(METHODS);
  return { remaining: random.int(1, most), ...(method ? { method } : {}) };
};
const slack = ({ world }: Stage) => world.workspace.faults;
/** Moves every clock: time passes for people, Slack and the machines alike. */
export async function pass({ world, sites }: Stage, ms: number): Promise<void> {
  await world.workspace.clock.advance(ms);
  for (const { instance } of sites) instance.setClock(world.clock.offsetMs);
}

/** Everything that can go wrong besides a death, with its frequency. */
const FAULTS: Readonly<Record<string, { readonly weight: number; readonly strike: Fault }>> = {
  'Slack: 429': {
    weight: 8,
    strike: (stage, _, random) => slack(stage).set({ rateLimit: { ...next(random), retryAfterSec: 1 } }),
  },
  'Slack: 500 before the effect': {
    weight: 8,
    strike: (stage, _, random) => slack(stage).set({ errorBefore: next(random) }),
  },
  'Slack: 500 after the effect': {
    weight: 10,
    strike: (stage, _, random) => slack(stage).set({ errorAfter: next(random) }),
  },
  'Slack: the reply is lost': {
    weight: 10,
    strike: (stage, _, random) => slack(stage).set({ lostReply: next(random) }),
  },
  'Slack: slow': {
    weight: 5,
    strike: async (stage, _, random) => {
      await slack(stage).set({ latencyMs: random.int(50, 200) });
      await wait(random.int(300, 1500));
      await slack(stage).set({ latencyMs: 0 });
    },
  },
  'Slack: down': {
    weight: 3,
    strike: async (stage, _, random) => {
      await slack(stage).set({ slackDown: true });
      await wait(random.int(200, 1500));
      await slack(stage).set({ slackDown: false });
    },
  },
  'Slack: sockets dropped': { weight: 5, strike: (stage) => slack(stage).dropSockets() },
  'Slack: asks to reconnect': {
    weight: 5,
    strike: (stage, _, random) => slack(stage).disconnect(random.pick(['warning', 'refresh_requested'])),
  },
  'Slack: reconnecting fails': {
    weight: 3,
    strike: async (stage, _, random) => {
      await slack(stage).set({ errorBefore: { remaining: random.int(1, 3), method: 'apps.connections.open' } });
      slack(stage).dropSockets();
    },
  },
  'Slack: delivers twice': {
    weight: 10,
    strike: (stage, _, random) => slack(stage).set({ duplicateDeliveries: random.int(1, 4) }),
  },
  'way to Slack: cut': { weight: 4, strike: (_, site) => site.slack.cut() },
  'way to Slack: requests held': {
    weight: 4,
    strike: (_, site, random) => site.slack.stall(random.int(50, 250), 'out'),
  },
  'way to Slack: answers held': {
    weight: 4,
    strike: (_, site, random) => site.slack.stall(random.int(200, 2500), 'back'),
  },
  'database: cut': { weight: 5, strike: (_, site) => site.database.cut() },
  'database: out of reach': { weight: 3, strike: (_, site, random) => site.database.refuse(random.int(300, 2500)) },
  'database: stands still': {
    weight: 4,
    strike: (_, site, random) => site.database.stall(random.int(1000, 3000), 'out'),
  },
  'database: answers held': {
    weight: 4,
    strike: (_, site, random) => site.database.stall(random.int(300, 3000), 'back'),
  },
  'database: written, answer lost': {
    weight: 8,
    strike: (_, site, random) => site.database.loseAnswers(random.int(1, 3), WRITES),
  },
  'clock: hours pass': {
    weight: 3,
    strike: async (stage, _, random) => {
      await pass(stage, random.int(10 * MINUTE, 6 * HOUR));
      for (const { instance } of stage.sites) instance.runJobs();
    },
  },
  'clock: a machine is wrong': {
    weight: 4,
    strike: ({ world }, { instance }, random) =>
      instance.setClock(world.clock.offsetMs + random.int(-10 * MINUTE, 4 * MINUTE)),
  },
  'clock: a machine is right again': {
    weight: 4,
    strike: ({ world }, { instance }) => instance.setClock(world.clock.offsetMs),
  },
  'jobs run': {
    weight: 8,
    strike: (stage, site, random) => {
      const run = random.chance(0.4) ? stage.sites : [site];
      for (const { instance } of run) instance.runJobs();
    },
  },
};
const WEIGHTS = Object.fromEntries(Object.entries(FAULTS).map(([name, { weight }]) => [name, weight]));

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Causes one fault after the other until it is stopped; `struck` is called with each. */
export async function strikeUntil(
  stage: Stage,
  random: Random,
  struck: (fault: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const name = random.weighted(WEIGHTS);
    struck(name);
    await FAULTS[name]?.strike(stage, random.pick(stage.sites), random);
    await wait(random.int(50, 400));
  }
}

/** Ends all faults and sets all clocks right, at a time when everything delayed by a wrong one is due. */
export async function healAll(stage: Stage): Promise<void> {
  slack(stage).clear();
  for (const { database, slack: way } of stage.sites) {
    database.heal();
    way.heal();
  }
  await pass(stage, 15 * MINUTE);
}

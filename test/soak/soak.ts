import { setTimeout as pause } from 'node:timers/promises';
import { UNHANDLED } from '../support/child-app';
import { audit } from './audit';
import { healAll, pass, strikeUntil } from './faults';
import type { Problem } from './findings';
import type { End, InstanceEvents, LogLine } from './instance';
import { type Ledger, openLedger } from './ledger';
import { Person } from './person';
import { randomOf } from './random';
import { type Stage, setStage } from './stage';

export interface SoakOptions {
  readonly seed: number;
  readonly kills: number;
  /** It ends this long after faults began, even with fewer kills. */
  readonly seconds: number;
  /** People at once: nine, and then more agents. */
  readonly people: number;
  /** Faults begin once this many cases are open. */
  readonly firstCases: number;
  /** Slack waits longer than it really does, for a busy machine. */
  readonly isPatient: boolean;
  readonly databaseUri: string;
  /** The compiled instance. */
  readonly script: string;
  readonly progress: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  readonly kills: number;
  readonly ends: Readonly<Record<End, number>>;
  readonly ledger: Ledger;
  readonly faults: ReadonlyMap<string, number>;
  readonly logged: ReadonlyMap<string, number>;
  readonly counts: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly drainSeconds: number;
  readonly memoryMb: readonly number[];
  readonly problems: readonly Problem[];
}

/** Who takes part, and the channels they work in. */
const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  amira: ['call-floor', 'am-west'],
  ben: ['call-floor'],
  dana: ['am-west'],
  tom: ['am-west'],
  priya: ['am-east'],
  ada: ['admin-review', 'admin-review', 'warmline-unrouted'],
  rosa: ['risk-desk'],
  pat: ['provider-advocates'],
  sam: ['leadership-desk'],
};
const INSTANCES = 2;
/** Faults begin after this long even if there is little to lose yet. */
const FIRST_MS = 120_000;
const PROGRESS_MS = 60_000;
/** How long the rest may take once all is quiet. */
const DRAIN_MS = 120_000;
/** A card whose update may have met an older one on its way is redrawn after a minute, which the audit expects, too. */
const ONCE_MORE_MS = 61_000;

/**
 * Many people at once, random faults, processes killed at random moments; then calm, and an audit of everything that
 * was promised. The plan of actions and faults follows from the seed.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { seed, kills, people, databaseUri, script, isPatient, progress } = options;
  const startedAt = performance.now();
  const secondsPassed = () => Math.round((performance.now() - startedAt) / 1000);
  const ledger = openLedger();
  const watch = openWatch(seed);
  const agents = Math.max(0, people - Object.keys(PEOPLE).length);
  const stage = await setStage({ databaseUri, script, instances: INSTANCES, agents, isPatient, events: watch.events });
  const tell = (line: string) => progress(`${secondsPassed()} s: ${watch.ends.killed} of ${kills} kills, ${line}`);
  const timer = setInterval(
    () => tell(`${ledger.entries.length} promises, ${watch.problems.length} problems`),
    PROGRESS_MS,
  );
  try {
    for (const { instance } of stage.sites) instance.start();
    await Promise.all(stage.sites.map(({ instance }) => instance.whenReady()));
    const killed = await trouble(stage, options, ledger, watch.struck);

    tell('all is quiet now');
    const quietAt = performance.now();
    await healAll(stage);
    await Promise.all(stage.sites.map(({ instance }) => instance.whenReady()));
    let left = await drained(stage);
    await pass(stage, ONCE_MORE_MS);
    left ??= await drained(stage);
    if (left) watch.problems.push({ what: 'something waits for ever', about: `seed ${seed}`, details: left });
    const drainSeconds = Math.round((performance.now() - quietAt) / 1000);
    const memoryMb = await Promise.all(stage.sites.map(({ instance }) => instance.memory()));
    const { counts, problems } = await audit(stage, ledger);
    return {
      ...watch,
      seed,
      kills: killed,
      ledger,
      counts: { ...counts, 'events that Slack gave up': stage.events.givenUp },
      seconds: secondsPassed(),
      drainSeconds,
      memoryMb,
      problems: [...watch.problems, ...problems],
    };
  } finally {
    clearInterval(timer);
    await stage.stop();
  }
}

/** Counts what happens to the instances, and records what must not. */
function openWatch(seed: number) {
  const ends: Record<End, number> = { killed: 0, stopped: 0, 'not started': 0, 'by itself': 0 };
  const faults = new Map<string, number>();
  const logged = new Map<string, number>();
  const problems: Problem[] = [];
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const events: InstanceEvents = {
    said(line) {
      count(logged, `${LEVELS[line.level] ?? line.level}: ${line.msg}`);
      const problem = problemOf(line);
      if (problem) problems.push(problem);
    },
    ended(end, lastWords) {
      ends[end] += 1;
      if (end === 'by itself')
        problems.push({ what: 'an instance ended by itself', about: `seed ${seed}`, details: lastWords.join('\n') });
    },
  };
  return { ends, faults, logged, problems, events, struck: (fault: string) => void count(faults, fault) };
}

/** People at work, faults and deaths, until there were enough; returns how many. */
async function trouble(
  stage: Stage,
  options: SoakOptions,
  ledger: Ledger,
  struck: (fault: string) => void,
): Promise<number> {
  const { seed, firstCases } = options;
  const over = new AbortController();
  const { signal } = over;
  const people = peopleOf(stage, ledger, options);
  const working = [...people.map((person) => workUntil(person, seed, signal)), lookUntil(stage, signal)];
  for (const since = performance.now(); stage.openCases() < firstCases && performance.now() - since < FIRST_MS; )
    await pause(200);
  working.push(strikeUntil(stage, randomOf(seed, 'faults'), struck, signal));
  const failed = Promise.all(working).then(() => 0);
  const killed = await Promise.race([killRandomly(stage, options), failed]);
  over.abort();
  await failed;
  return killed;
}

const LEVELS: Readonly<Record<number, string>> = { 40: 'warn', 50: 'error', 60: 'fatal' };
const FATAL = 60;
function problemOf({ level, msg, text }: LogLine): Problem | null {
  return level >= FATAL || msg.includes(UNHANDLED)
    ? { what: 'an instance logged what must not be', about: msg, details: text }
    : null;
}

function peopleOf(stage: Stage, ledger: Ledger, { seed, people }: SoakOptions): Person[] {
  const named = Object.entries(PEOPLE);
  const more = Array.from({ length: Math.max(0, people - named.length) }, (_, i): [string, readonly string[]] => [
    `agent${i + 1}`,
    ['call-floor'],
  ]);
  return [...named, ...more].map(
    ([name, channels]) =>
      new Person(stage.world.workspace.as(name), channels, stage, ledger, randomOf(seed, `person ${name}`)),
  );
}

async function workUntil(person: Person, seed: number, signal: AbortSignal): Promise<void> {
  const random = randomOf(seed, `pauses ${person.actor.name}`);
  while (!signal.aborted) {
    await person.act();
    await pause(random.int(100, 700));
  }
}

async function lookUntil(stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await stage.look();
    await pause(1000);
  }
}

/** Kills a random instance at random moments; now and then all of them. Returns how many it killed. */
async function killRandomly(stage: Stage, { seed, kills, seconds }: SoakOptions): Promise<number> {
  const random = randomOf(seed, 'kills');
  const until = performance.now() + seconds * 1000;
  let done = 0;
  while (done < kills && performance.now() < until) {
    // Mostly soon after the last one; now and then there is time to do a lot.
    await pause(Math.round(random.next() ** 2 * 3000) + 300);
    const all = random.chance(0.1) && done + stage.sites.length <= kills;
    for (const { instance } of all ? stage.sites : [random.pick(stage.sites)]) if (instance.kill()) done += 1;
  }
  return done;
}

/** Waits until nothing is due anymore; returns what is left if that takes too long. */
async function drained(stage: Stage): Promise<string | null> {
  const { connection, sites } = stage;
  const [cases, letters] = [connection.collection('cases'), connection.collection('letters')];
  const deadline = performance.now() + DRAIN_MS;
  for (let quiet = 0; ; ) {
    for (const { instance } of sites) instance.runJobs();
    await pause(1000);
    const now = stage.now();
    const due = { $type: 'date', $lte: now } as const;
    const [waiting, unsent] = await Promise.all([
      cases.find({ outboxAt: due }, { projection: { ref: 1, outbox: 1, posts: 1 } }).toArray(),
      letters.find({ dueAt: due }).toArray(),
    ]);
    quiet = waiting.length + unsent.length + stage.events.pending ? 0 : quiet + 1;
    if (quiet === 3) return null;
    if (performance.now() > deadline)
      return JSON.stringify({ waiting, unsent, lanes: await connection.collection('lanes').find().toArray() }, null, 1);
  }
}

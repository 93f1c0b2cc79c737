import type { Logger } from 'pino';
import { lacksRights } from './db/connection';
import type { DataState, DataVersion, Presence } from './db/data-version';
import type { Batch, Migration } from './db/migrations/migration';
import { storedQueue } from './domain/lane-queue';
import type { LaneLeases } from './services/ports/lanes';

/** Brings one database's data and this instance's release together while people work. */
export interface Upgrade {
  /**
   * Registers this instance. Rejects, with what to do, if the data need a newer release or the database allows nothing.
   * If it is unreachable, it resolves anyway and checks later.
   */
  enter(): Promise<void>;
  stop(): Promise<void>;
  /** Why this release must not touch the data, in one sentence, for a tool that never enters; null: it may. */
  unfit(): Promise<string | null>;
  /** Steps still to be done, as far as this instance knows. */
  left(): number;
  /** How many instances run on the database, as far as this one knows; at least one. */
  instances(): number;
}

interface UpgradeParts {
  /** Unique to this process. */
  readonly instance: string;
  readonly release: string;
  readonly data: DataVersion;
  readonly migrations: readonly Migration[];
  readonly connection: Batch['connection'];
  /** Whether the database is connected: otherwise, operations wait for seconds. */
  readonly isThere: () => boolean;
  /** Of this instance, only for upgrades. */
  readonly leases: LaneLeases;
  /** How long a dead instance keeps the right to run a step, ms. */
  readonly leaseMs: number;
  readonly log: Logger;
  /** That turned out after this instance had begun to work: it must end. */
  readonly onUnfit: (why: string) => void;
  /** Steps are left, or have to run again: conclusions from their being done are invalid. */
  readonly onBehind: () => void;
}

const STEPS = storedQueue('upgrade');
/** How many documents are read and written at once. */
const BATCH = 200;
/** An instance whose beat is unchanged for this many leases is dead; shorter pauses are waited for. */
const DEAD_AFTER = 5;

/** Beats, checks what the data need, and runs the remaining steps, on one instance at a time. */
export function createUpgrade(parts: UpgradeParts): Upgrade {
  const { instance, release, data, migrations, isThere, leases, leaseMs, log, onUnfit, onBehind } = parts;
  const keeps = migrations.length;
  const older = olderInstances(data, DEAD_AFTER * leaseMs);
  let entered = false;
  let seen: DataState | null = null;
  let running = 1;
  let beats: ReturnType<typeof regularly> | null = null;
  let climbing: Promise<void> | null = null;
  const stopping = new AbortController();
  const { signal } = stopping;
  const quiet = quietly(log);

  async function enter(): Promise<string | null> {
    const found = await data.enter(instance, keeps, release).catch(refusal);
    if (typeof found === 'string') return found;
    seen = found;
    const why = unfit(seen, keeps, release);
    if (why) await data.leave(instance);
    else {
      await data.setBack(keeps);
      entered = true;
    }
    return why;
  }

  async function beat(): Promise<void> {
    if (signal.aborted) return;
    if (climbing) await leases.renew();
    if (!entered || !(await data.beat(instance))) entered = false;
    if (entered) seen = await data.read();
    if (seen && seen.version < keeps) onBehind();
    const why = entered && seen ? unfit(seen, keeps, release) : await enter();
    if (why) {
      stopping.abort();
      if (entered) await data.leave(instance).catch(quiet);
      entered = false;
      return onUnfit(why);
    }
    running = (await data.running()).length;
    if (!climbing && (seen?.version ?? keeps) < keeps)
      climbing = climb({ ...parts, older, signal })
        .catch(async (error: unknown) => {
          // If the database is unreachable, others report that.
          const answers = await data.read().then(
            () => true,
            () => false,
          );
          log[answers ? 'error' : 'debug']({ err: error }, 'upgrade: a step failed; it is tried again');
        })
        .finally(() => {
          climbing = null;
        });
  }

  return {
    async enter() {
      const why = isThere() ? await enter().catch(quiet) : null;
      if (why) throw new Error(why);
      beats = regularly(() => beat().catch(quiet), leaseMs / 3);
    },
    async stop() {
      stopping.abort();
      await Promise.all([beats?.end(), climbing]);
      if (entered)
        await data.leave(instance).catch((error: unknown) => log.debug({ err: error }, 'upgrade: not signed off'));
    },
    unfit: async () => unfit(await data.read(), keeps, release),
    left: () => Math.max(0, keeps - (seen?.version ?? keeps)),
    instances: () => Math.max(1, running),
  };
}

const quietly = (log: Logger) => (error: unknown) => {
  log.debug({ err: error }, 'upgrade: the database does not answer');
  return null;
};

/** What to do if the database allows nothing. Any other error is thrown again. */
function refusal(error: unknown): string {
  const why = lacksRights(error);
  if (why === null) throw error;
  return why;
}

/** Does some work now and regularly, never twice at a time; `end` resolves once running work is done. */
function regularly(work: () => Promise<unknown>, everyMs: number): { end(): Promise<void> } {
  let inHand: Promise<void> | null = null;
  const next = () => {
    inHand ??= work().then(() => {
      inHand = null;
    });
  };
  next();
  const timer = setInterval(next, everyMs);
  return {
    async end() {
      clearInterval(timer);
      await inHand;
    },
  };
}

/** Why a release must not touch the data, in one sentence; null: it may. */
export function unfit({ needs, isRestoring }: DataState, keeps: number, release: string): string | null {
  if (isRestoring)
    return 'A restore into this database did not finish: run it again until it does, then start Warmline.';
  return needs > keeps
    ? `This is Warmline ${release}, whose data has version ${keeps}, and the data in this database needs a release with version ${needs} or later: start that one.`
    : null;
}

/** Whether an instance of an older release runs; dead ones are removed. */
function olderInstances(data: DataVersion, deadMs: number) {
  const watched = new Map<string, { beat: number; since: number }>();
  return async (number: number): Promise<boolean> => {
    const old = (await data.running()).filter(({ keeps }) => keeps < number);
    const alive = await Promise.all(old.map(isAlive));
    return alive.includes(true);
  };

  async function isAlive(one: Presence): Promise<boolean> {
    const seen = watched.get(one.id);
    if (seen?.beat !== one.beat) {
      watched.set(one.id, { beat: one.beat, since: performance.now() });
      return true;
    }
    if (performance.now() - seen.since < deadMs) return true;
    await data.forget(one);
    return false;
  }
}

interface Climbing extends UpgradeParts {
  readonly older: (number: number) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Runs step after step, as long as no one else does and nothing has to be waited for. */
async function climb(parts: Climbing): Promise<void> {
  const { leases, data, migrations, older, log } = parts;
  if (!(await leases.claim(STEPS))) return;
  try {
    for (;;) {
      const next = migrations[(await data.read()).version];
      if (!next) return;
      if (!(await mayBegin(parts, next))) return;
      log.info({ step: next.number, name: next.name }, 'upgrade: a step begins, or goes on');
      if (!(await take(parts, next))) return;
      // An older instance that started meanwhile has written without it, so the step has to run again.
      if (next.waits && (await older(next.number))) return await data.setBack(next.number - 1);
      log.info({ step: next.number, name: next.name }, 'upgrade: the step is done');
    }
  } finally {
    await leases.release(STEPS, { orphaned: false, suspects: [], troubles: [], restMs: 0, blocked: null });
  }
}

/** Whether a step may run now. The need is raised first, so that an instance that starts meanwhile is seen. */
async function mayBegin(
  { data, connection, older, log }: Climbing,
  { number, needs, waits, isReady }: Migration,
): Promise<boolean> {
  if (isReady && !(await isReady(connection))) return false;
  // Lets instances finish that could not work with the data from here on.
  const isHindered = () => older(waits ? number : needs);
  if (await isHindered()) {
    log.debug({ step: number }, 'upgrade: an instance of an older release runs; this step waits for its end');
    return false;
  }
  await data.raise(needs);
  return !(await isHindered());
}

/** Runs one step batch by batch; false if it was interrupted. */
async function take({ data, connection, leases, signal }: Climbing, step: Migration): Promise<boolean> {
  while (!signal.aborted && leases.holds(STEPS)) {
    const before = await data.read();
    if (before.version !== step.number - 1) return false;
    const from = before.at?.number === step.number ? before.at.from : null;
    const end = await step.run({ connection, from, limit: BATCH });
    if (!(await data.advance(before, step.number, end))) return false;
    if (end === null) return true;
  }
  return false;
}

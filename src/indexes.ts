import type { Logger } from 'pino';
import type { Indexes } from './domain/health';
import { persist, Waits } from './persist';

/** What has indexes. Building them again when they are there costs little and changes nothing. */
export interface Indexed {
  ensureIndexes(): Promise<unknown>;
  /**
   * Gives to stored documents what an earlier version did not, then drops, by name, the indexes that nothing asks for
   * anymore; gives those. May take long, and be stopped at any moment: what is done stays done.
   */
  catchUp?(): Promise<readonly string[]>;
}

/** The indexes of all stores, built beside everything else. */
export interface IndexBuild {
  /** Builds until all are built. Never throws, never waits. */
  start(): void;
  /** Tries at once what failed: the database is back. */
  hurry(): void;
  stop(): void;
  state(): Indexes;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Builds the indexes of the stores, one after the other: what later ones fill in is found by the indexes of earlier ones.
 * One that fails keeps none of the others back, and is tried again with growing waits, whatever happened.
 */
export function createIndexBuild(stores: readonly Indexed[], now: () => Date, log: Logger): IndexBuild {
  const left = new Set(stores);
  const ended = new AbortController();
  let hurried = new AbortController();
  let state: Indexes = { ready: false, since: now(), fault: null };
  let isTold = false;
  const waits = new Waits(FIRST_WAIT_MS, LONGEST_WAIT_MS);

  async function buildAll(): Promise<void> {
    const faults: unknown[] = [];
    for (const store of left) {
      if (ended.signal.aborted) return;
      try {
        await store.ensureIndexes();
        left.delete(store);
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length) throw faults[0];
  }

  function onFault(error: unknown): number {
    state = { ...state, fault: error instanceof Error ? error.message : String(error) };
    log[isTold ? 'debug' : 'error'](
      { err: error, left: left.size },
      'the database has not built the indexes yet: everything works, only slower; Warmline tries again until they are built',
    );
    isTold = true;
    return 0;
  }

  async function run(): Promise<void> {
    while (left.size && !ended.signal.aborted) {
      hurried = new AbortController();
      await persist(buildAll, { waits, signal: AbortSignal.any([ended.signal, hurried.signal]), onFault });
    }
    if (left.size) return;
    state = { ready: true, since: now(), fault: null };
    log.info('the indexes are built');
    for (const store of stores) if (store.catchUp) await caughtUp(store.catchUp);
  }

  /** Beside everything else, and no one waits for it: documents that are not brought up to date yet are found all the same. */
  async function caughtUp(catchUp: () => Promise<readonly string[]>): Promise<void> {
    const step = async () => {
      const dropped = await catchUp();
      if (dropped.length) log.info({ indexes: dropped }, 'indexes of an earlier version were dropped');
    };
    const onStuck = (error: unknown) => {
      log.warn(
        { err: error },
        'documents of an earlier version could not be brought up to date yet; it is tried again',
      );
      return 0;
    };
    await persist(step, { waits: new Waits(FIRST_WAIT_MS, LONGEST_WAIT_MS), signal: ended.signal, onFault: onStuck });
  }

  return {
    start: () => void run(),
    hurry() {
      waits.reset();
      hurried.abort();
    },
    stop: () => ended.abort(),
    state: () => state,
  };
}

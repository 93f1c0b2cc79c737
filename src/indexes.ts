import type { Logger } from 'pino';
import type { Indexes } from './domain/health';
import { persist, Waits } from './persist';

/** A store with indexes. Building existing ones costs little and changes nothing. */
export interface Indexed {
  ensureIndexes(): Promise<unknown>;
}

/** Builds the indexes of all stores in the background. */
export interface IndexBuild {
  /** Builds until all are done. Never throws or waits. */
  start(): void;
  /** Retries at once what failed, because the database is back. */
  hurry(): void;
  stop(): void;
  state(): Indexes;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Builds the indexes of the stores, one after the other: what later ones fill in is found by indexes of earlier ones. A
 * failing one does not stop the others, and is retried with growing waits.
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

/** The longest wait, whatever the other side asks for, ms. */
const LONGEST_EVER_MS = 10 * 60_000;

/** The waits between tries: each twice as long, up to a limit, and randomly up to half of it shorter. */
export class Waits {
  private tries = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {}

  /** The next one, ms; never shorter than the other side asked for. */
  next(askedMs = 0): number {
    const full = Math.min(this.longestMs, this.firstMs * 2 ** this.tries);
    this.tries += 1;
    // Random, so that instances that failed together do not return together.
    const own = full * (0.5 + Math.random() / 2);
    return Math.min(LONGEST_EVER_MS, own <= askedMs ? askedMs + Math.random() * this.firstMs : own);
  }

  reset(): void {
    this.tries = 0;
  }
}

/** Resolves after `ms`, or at once when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

export interface Persistence {
  readonly waits: Waits;
  /** Stops the tries. */
  readonly signal: AbortSignal;
  /** Called after each failure; returns how long the other side asks to wait, ms, or throws if waiting cannot help. */
  readonly onFault: (error: unknown) => number;
}

/** Tries until it works, forever. Undefined if it was stopped. */
export async function persist<T>(
  attempt: () => Promise<T>,
  { waits, signal, onFault }: Persistence,
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) return undefined;
      await pause(waits.next(onFault(error)), signal);
    }
  }
  return undefined;
}

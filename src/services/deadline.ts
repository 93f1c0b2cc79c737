/** Thrown if something did not finish in time; it may still happen. */
export class DeadlineError extends Error {
  constructor(readonly ms: number) {
    super(`No answer within ${ms} ms.`);
  }
}

/** The promise, or a DeadlineError after `ms`; a later rejection of the promise is handled. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(ms)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The promise, or something else if that takes longer; rejects like the promise. */
export const withinOr = <T, Late>(ms: number, promise: Promise<T>, late: () => Late): Promise<T | Late> =>
  within<T | Late>(ms, promise).catch((error: unknown) => {
    if (error instanceof DeadlineError) return late();
    throw error;
  });

/** How long a lookup or a write waits for the store: Slack wants an answer within 3 s (architecture section 3). */
export const STORE_PATIENCE_MS = 2000;
/** How long everything before an acknowledgment may take in total, ms. */
const ACK_MS = 2200;

/** One deadline for everything before an acknowledgment, from when its request came in. */
export interface Budget {
  /** The promise, or a DeadlineError once the time is up. */
  within<T>(promise: Promise<T>): Promise<T>;
}

/** A budget that starts now. */
export function ackBudget(ms = ACK_MS): Budget {
  const until = performance.now() + ms;
  return { within: (promise) => within(Math.max(0, until - performance.now()), promise) };
}

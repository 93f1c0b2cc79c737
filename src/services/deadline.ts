/** Thrown when something did not answer in time; it may still happen. */
export class DeadlineError extends Error {
  constructor(readonly ms: number) {
    super(`No answer within ${ms} ms.`);
  }
}

/** The promise, or a DeadlineError after `ms`; a later rejection of the promise is not left unhandled. */
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

/** How long a submission waits for the store: Slack wants its answer within 3 seconds (architecture section 3). */
export const STORE_PATIENCE_MS = 2000;

import type { Logger } from 'pino';

/**
 * The net below everything: a rejection that no one watched is logged with where it came from, counted, and the process
 * goes on. It is there for what no one thought of; nothing relies on it. An exception that no one caught ends the process,
 * because half of something may have happened: what was in hand is looked up at the next start, as after any crash.
 * Gives how many rejections there were.
 */
export function catchUnwatched(log: Logger): () => number {
  let count = 0;
  process.on('unhandledRejection', (reason) => {
    count += 1;
    log.error({ err: asError(reason) }, 'a promise that no one watched was rejected; Warmline continues');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: asError(error) }, 'an exception that no one caught ends Warmline; start it again');
    process.exit(1);
  });
  return () => count;
}

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));

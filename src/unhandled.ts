import type { Logger } from 'pino';

/**
 * The safety net: an unhandled rejection is logged with its origin and counted, and the process continues; nothing
 * relies on this. An uncaught exception ends the process, because something may be half done: the next start checks
 * that, as after any crash. Returns how many rejections there were.
 */
export function catchUnhandled(log: Logger): () => number {
  let count = 0;
  process.on('unhandledRejection', (reason) => {
    count += 1;
    log.error({ err: asError(reason) }, 'an unhandled promise rejection; Warmline continues');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: asError(error) }, 'an uncaught exception ends Warmline; start it again');
    process.exit(1);
  });
  return () => count;
}

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));

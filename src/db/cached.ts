import { lastKnown } from '../cache';

/** How old a result may be, ms. */
const FRESH_MS = 5_000;

/**
 * The result of `read` within the last 5 s; one read serves everyone who waits. If a read fails, the earlier result is
 * used, so that people can work while the database is unreachable; without one, it rejects.
 */
export function cached<T>(now: () => Date, onStale: (error: unknown) => void, read: () => Promise<T>) {
  const { get, forget } = lastKnown({ now, freshMs: FRESH_MS, most: 1, onFault: onStale }, read);
  return { get: () => get(''), forget: () => forget('') };
}

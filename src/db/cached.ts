import { lastKnown } from '../cache';

/** How old what was read may be, ms. */
const FRESH_MS = 5_000;

/**
 * What `read` gave within the last 5 s; one read serves everyone who waits. A read that fails gives what an
 * earlier one gave, so that people go on working while the database is away; with nothing to give it rejects.
 */
export function cached<T>(now: () => Date, onStale: (error: unknown) => void, read: () => Promise<T>) {
  const { get, forget } = lastKnown({ now, freshMs: FRESH_MS, most: 1, onFault: onStale }, read);
  return { get: () => get(''), forget: () => forget('') };
}

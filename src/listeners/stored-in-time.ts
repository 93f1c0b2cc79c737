import { STORE_PATIENCE_MS, within } from '../services/deadline';
import type { Unsure } from '../services/late-news';
import type { ListenerDeps } from './deps';

interface Storing<T> extends Omit<Unsure, 'attempt'> {
  readonly attempt: Promise<T>;
  /** What of the outcome was stored, for a word about it; null when it was refused. */
  readonly taken: (outcome: T) => Awaited<Unsure['attempt']>;
  /** Whether an earlier submission had stored it; absent: none. */
  readonly wasBefore?: (outcome: T) => boolean;
}

/**
 * What a submission came to, as long as its window may wait. What comes later is followed, and its sender told by DM when
 * it was stored after all. Rejects when it is not known, or refused by the store.
 */
export async function storedInTime<T>(
  { late }: Pick<ListenerDeps, 'late'>,
  { attempt, taken, wasBefore, ...unsure }: Storing<T>,
): Promise<T> {
  try {
    const outcome = await within(STORE_PATIENCE_MS, attempt);
    // No one waits for it: the window is answered first, and it never rejects.
    if (taken(outcome)) void late.told(unsure.key, wasBefore?.(outcome) ?? false);
    return outcome;
  } catch (error) {
    late.watch({ ...unsure, attempt: attempt.then(taken) });
    throw error;
  }
}

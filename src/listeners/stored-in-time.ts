import { type Budget, STORE_PATIENCE_MS, within } from '../services/deadline';
import type { Unsure } from '../services/late-news';
import type { ListenerDeps } from './deps';

interface Storing<T> extends Omit<Unsure, 'attempt'> {
  readonly attempt: Promise<T>;
  /** The part of the outcome that was stored, to tell the person; null if it was refused. */
  readonly taken: (outcome: T) => Awaited<Unsure['attempt']>;
  /** Whether an earlier submission had stored it; absent: none. */
  readonly wasBefore?: (outcome: T) => boolean;
  /** How long the window may wait, if something was read for it before. */
  readonly budget?: Budget;
}

/**
 * The result of a submission, as long as its window may wait. A later result is followed, and its sender is told by DM
 * if it was stored after all. Rejects if the result is unknown, or the store refused it.
 */
export async function storedInTime<T>(
  { late }: Pick<ListenerDeps, 'late'>,
  { attempt, taken, wasBefore, budget, ...unsure }: Storing<T>,
): Promise<T> {
  try {
    const outcome = await (budget ?? { within: (stored) => within(STORE_PATIENCE_MS, stored) }).within(attempt);
    // Not awaited: the window is answered first, and it never rejects.
    if (taken(outcome)) void late.told(unsure.key, wasBefore?.(outcome) ?? false);
    return outcome;
  } catch (error) {
    late.watch({ ...unsure, attempt: attempt.then(taken) });
    throw error;
  }
}

import { LRUCache } from 'lru-cache';

/** Far more forms than are ever open at once. */
const MOST_FORMS = 5000;

/**
 * Which request may draw a form's window: the one with the newest answer that this instance received. Across instances,
 * Slack's view hash keeps an old drawing from covering a new one.
 */
export function createNewestAnswers() {
  const newest = new LRUCache<string, string>({ max: MOST_FORMS });
  const drawnOver = new LRUCache<string, string>({ max: MOST_FORMS });
  return {
    /** Takes the turn for an answer (`stamp`: its `action_ts`), unless a newer one has it. */
    take(view: string, stamp: string): boolean {
      if ((newest.get(view) ?? '') > stamp) return false;
      newest.set(view, stamp);
      return true;
    },
    has: (view: string, stamp: string): boolean => newest.get(view) === stamp,
    /** A drawing over this version of the window is on its way: what Slack reports of this version is outdated. */
    drawOver: (view: string, hash: string): void => void drawnOver.set(view, hash),
    isDrawnOver: (view: string, hash: string): boolean => drawnOver.get(view) === hash,
    /** The answers so far are settled (the page was left, the form was filed): they draw nothing anymore. */
    end: (view: string) => void newest.delete(view),
  };
}
export type NewestAnswers = ReturnType<typeof createNewestAnswers>;

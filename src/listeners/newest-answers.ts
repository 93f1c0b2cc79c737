import { LRUCache } from 'lru-cache';

/** Far more forms than are ever open at once. */
const MOST_FORMS = 5000;

/** Which request may draw a form's window: the one with the newest answer. */
export interface NewestAnswers {
  /** Takes the turn for an answer (`stamp`: its `action_ts`), unless a newer one has it. */
  take(view: string, stamp: string): boolean;
  has(view: string, stamp: string): boolean;
  /** The answers so far are settled (the page was left, the form was filed): they draw nothing anymore. */
  end(view: string): void;
}

/** What one instance received. Across instances, Slack's view hash keeps an old drawing from covering a new one. */
export function createNewestAnswers(): NewestAnswers {
  const newest = new LRUCache<string, string>({ max: MOST_FORMS });
  return {
    take(view, stamp) {
      if ((newest.get(view) ?? '') > stamp) return false;
      newest.set(view, stamp);
      return true;
    },
    has: (view, stamp) => newest.get(view) === stamp,
    end: (view) => void newest.delete(view),
  };
}

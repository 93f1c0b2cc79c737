import { LRUCache } from 'lru-cache';
import type { Answers } from '../domain/forms/form';

/** Far more forms than are ever open at once. */
const MOST_FORMS = 5000;

/** Answers that buttons gave, and how often each question was answered by one. */
export interface Presses {
  readonly answers: Answers;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Which request may draw a form's window: the one with the newest answer that this instance received. Across instances,
 * Slack's view hash keeps an old drawing from covering a new one.
 */
export function createNewestAnswers() {
  const newest = new LRUCache<string, string>({ max: MOST_FORMS });
  const drawnOver = new LRUCache<string, string>({ max: MOST_FORMS });
  const presses = new LRUCache<string, Presses>({ max: MOST_FORMS });
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
    /** A button answers this. No field of the window has it until the next drawing, so the next request must know. */
    press(view: string, { answers, counts }: Presses): void {
      if (!Object.keys(answers).length) return;
      const before = presses.get(view);
      presses.set(view, { answers: { ...before?.answers, ...answers }, counts: { ...before?.counts, ...counts } });
    },
    /** What buttons answered since a window with these counts was drawn, and the counts with it. */
    unseen(view: string, counts: Presses['counts'] = {}): Presses {
      const { answers, counts: known } = presses.get(view) ?? { answers: {}, counts: {} };
      const newer = Object.entries(known).filter(([id, count]) => count > (counts[id] ?? 0));
      const isNewer = new Set(newer.map(([id]) => id));
      return {
        answers: Object.fromEntries(Object.entries(answers).filter(([id]) => isNewer.has(id))),
        counts: { ...counts, ...Object.fromEntries(newer) },
      };
    },
    /** The answers so far are settled (the page was left, the form was filed): they draw nothing anymore. */
    end: (view: string) => void newest.delete(view),
  };
}
export type NewestAnswers = ReturnType<typeof createNewestAnswers>;

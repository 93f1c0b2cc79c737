import { useSyncExternalStore } from 'react';

/** How far the tour is, and what its steps noted. Kept over reloads; `step` -1 means dismissed or done. */
export interface TourProgress {
  step: number;
  /** The case that was filed on the tour, e.g. SPF-000123, once its card was seen. */
  ref: string;
  /** The newest card ts before filing, to recognize the new one. */
  filedAfterTs: string;
  /** Clock offset when the clock step began, ms. */
  offsetMs: number;
  /** When the clock was moved, as a ts before that: the nudge is newer. */
  movedTs: string;
  /** Who filed. */
  agent: string;
}
const KEY = 'warmline.tour';
const FRESH: TourProgress = { step: 0, ref: '', filedAfterTs: '', offsetMs: 0, movedTs: '', agent: '' };

function stored(): TourProgress {
  try {
    return { ...FRESH, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<TourProgress>) };
  } catch (fault) {
    if (fault instanceof SyntaxError) return FRESH;
    throw fault;
  }
}
let progress = stored();
const watchers = new Set<() => void>();

export function setTour(change: Partial<TourProgress>) {
  progress = { ...progress, ...change };
  localStorage.setItem(KEY, JSON.stringify(progress));
  for (const watcher of watchers) watcher();
}
export const restartTour = () => setTour(FRESH);
export const dismissTour = () => setTour({ step: -1 });

export function useTour(): TourProgress {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => progress,
  );
}

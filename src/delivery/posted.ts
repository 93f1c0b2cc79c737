import { type CardPlace, openPost } from '../domain/mailbox';
import type { StoredCase } from '../services/ports/cases';

/** Tells those who wait for a card where it is, as soon as this instance has posted it, without a query. */
export function createPosted() {
  const waiting = new Map<string, Set<(place: CardPlace | null) => void>>();
  return {
    heard(stored: StoredCase): void {
      const { sent } = openPost(stored);
      if (sent) for (const resolve of waiting.get(stored.id) ?? []) resolve(sent);
    },

    /** Null if `ms` pass first. */
    place: (caseId: string, ms: number): Promise<CardPlace | null> =>
      new Promise((resolve) => {
        const others = waiting.get(caseId) ?? new Set();
        const told = (place: CardPlace | null) => {
          clearTimeout(timer);
          others.delete(told);
          if (!others.size) waiting.delete(caseId);
          resolve(place);
        };
        const timer = setTimeout(told, ms, null);
        waiting.set(caseId, others.add(told));
      }),
  };
}

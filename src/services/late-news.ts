import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../domain/case';
import type { LetterContent } from '../domain/letters';
import type { ServiceDeps } from './deps';

/** What was stored: a report, or a move on a case by its label, or something else in words, such as "your preferences". */
export type Taken = { readonly ref: string; readonly move: string | null } | { readonly what: string };

/** A submission of which its window said that it could not be stored, though the store may still take it. */
export interface Unsure {
  /** The submission's key: the id of its window. */
  readonly key: string;
  readonly to: Actor;
  /** Resolves with null when it was refused, and rejects when no one knows. */
  readonly attempt: Promise<Taken | null>;
  /** What the store has of it by now. */
  readonly look: () => Promise<Taken | null>;
  /** What follows when it was stored, beside the word to the person. */
  readonly followUp?: () => Promise<void>;
}

/** Tells people by DM, once, of what was stored although their window said otherwise. */
export interface LateNews {
  /** Never throws, never waits. */
  watch(unsure: Unsure): void;
  /** The window tells it now, so no DM has to. `before`: it was stored before this submission of it. Never rejects. */
  told(key: string, before: boolean): Promise<void>;
}

/** When the store is looked at again after an attempt of which no one knows what came, ms. */
const LOOKS_MS = [1_000, 5_000, 30_000, 120_000];
/** Far more windows than are unsure at once. */
const MOST_KEPT = 1_000;

interface LateDeps extends Pick<ServiceDeps, 'letters' | 'now'> {
  readonly warn: (about: object, message: string) => void;
  /** Called when a DM waits to be sent. Must not throw and not block. */
  readonly onLetter: () => void;
  /** When it fires, nothing is looked at anymore. */
  readonly stopping: AbortSignal;
}

/** The letter that tells what was stored by a submission of which its window said otherwise. */
export const storedLate = (key: string) => `stored_late:${key}`;
const contentOf = (taken: Taken): LetterContent =>
  'ref' in taken ? { type: 'stored_late', ...taken } : { type: 'kept_late', ...taken };

/** The late news of one instance. A letter is known by its submission: two instances tell it once. */
export function createLateNews({ letters, now, warn, onLetter, stopping }: LateDeps): LateNews {
  const unsure = new Set<string>();
  const known = new Set<string>();

  async function follow({ key, to, attempt, look, followUp }: Unsure): Promise<void> {
    let taken = await attempt.catch(() => undefined);
    for (const ms of [0, ...LOOKS_MS]) {
      if (taken === null || known.has(key)) return;
      try {
        if (ms > 0) await sleep(ms, undefined, { signal: stopping, ref: false });
        taken ??= (await look()) ?? undefined;
        if (!taken || known.has(key)) continue;
        const about = storedLate(key);
        await letters.put({ id: about, to, about, content: contentOf(taken), at: now() });
        onLetter();
        await followUp?.();
        return;
      } catch (error) {
        if (stopping.aborted) return;
        warn({ err: error, view: key }, 'whether something was stored after all could not be found out or told yet');
      }
    }
  }

  return {
    watch(one) {
      unsure.add(one.key);
      const [oldest] = unsure;
      if (unsure.size > MOST_KEPT && oldest !== undefined) unsure.delete(oldest);
      void follow(one);
    },
    async told(key, before) {
      if (!unsure.delete(key) && !before) return;
      known.add(key);
      const [oldest] = known;
      if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
      await letters.withdraw(storedLate(key)).catch((error: unknown) => {
        warn({ err: error, view: key }, 'a DM that is no longer needed could not be taken back');
      });
    },
  };
}

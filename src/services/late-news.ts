import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../domain/actor';
import type { LetterContent } from '../domain/letters';
import type { ServiceDeps } from './deps';

/** What was stored: a report, a move on a case by its label, or something else in words, such as "your preferences". */
export type Taken = { readonly ref: string; readonly move: string | null } | { readonly what: string };

/** A submission whose window said that it could not be stored, although the store may still accept it. */
export interface Unsure {
  /** The submission's key: the id of its window. */
  readonly key: string;
  readonly to: Actor;
  /** Resolves with null if it was refused; rejects if the result is unknown. */
  readonly attempt: Promise<Taken | null>;
  /** What the store has of it by now. */
  readonly look: () => Promise<Taken | null>;
  /** What else follows once it was stored, besides telling the person. */
  readonly followUp?: () => Promise<void>;
}

/** Tells people by DM, once, what was stored although their window said otherwise. */
export interface LateNews {
  /** Never throws, never waits. */
  watch(unsure: Unsure): void;
  /** The window shows it now, so no DM is needed. `before`: it was stored before this submission. Never rejects. */
  told(key: string, before: boolean): Promise<void>;
}

/** When the store is checked again after an attempt with an unknown result, ms. */
const LOOKS_MS = [1_000, 5_000, 30_000, 120_000];
/** Far more than the windows in doubt at one time. */
const MOST_KEPT = 1_000;

interface LateDeps extends Pick<ServiceDeps, 'letters' | 'now'> {
  readonly warn: (about: object, message: string) => void;
  /** Called when a DM waits to be sent. Must not throw or block. */
  readonly onLetter: () => void;
  /** When it fires, checks stop. */
  readonly stopping: AbortSignal;
}

/** The letter for a stored submission whose window said otherwise. */
export const storedLate = (key: string) => `stored_late:${key}`;
const contentOf = (taken: Taken): LetterContent =>
  'ref' in taken ? { type: 'stored_late', ...taken } : { type: 'kept_late', ...taken };

/** The late news of one instance. A letter's id comes from its submission, so two instances send it once. */
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

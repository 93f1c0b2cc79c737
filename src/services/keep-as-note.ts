import type { Actor } from '../domain/actor';
import { isOther } from '../domain/move';
import { maskMove } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import { type Moved, moveCase } from './move-case';

/** The key of a press of a window whose earlier ones, with other words, may have been stored. */
export const pressKey = (key: string, press: number): string =>
  press > 1 ? `${key}:corrected${press > 2 ? `:${press}` : ''}` : key;

/**
 * Keeps what was entered in a window as a note. A press that repeats an earlier one changes nothing; one with other
 * words, because it was unknown whether the earlier one was stored, is another note.
 */
export async function keepAsNote(
  deps: ServiceDeps,
  { id, text, by, key }: { readonly id: string; readonly text: string; readonly by: Actor; readonly key: string },
): Promise<Moved> {
  const { move } = maskMove({ type: 'add_note', id: null, text });
  for (let press = 1; ; press++) {
    const own = pressKey(key, press);
    const noted = await moveCase(deps, { find: { id }, move, by, key: own });
    if (!noted.ok || noted.changed) return noted;
    const before = noted.stored.events.filter((event) => event.key === own);
    if (!isOther(move, before)) return noted;
  }
}

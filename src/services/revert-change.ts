import type { Actor } from '../domain/actor';
import {
  type ConfigEvent,
  type ConfigKind,
  type ConfigValues,
  changesOf,
  differences,
  takenBack,
} from '../domain/configuration';
import { type ConfigDeps, type ConfigOutcome, configure, type Standing, standing } from './configure';

/** The value after undoing a change, and the version it is based on; or why it cannot be undone. */
export type Reversal =
  | { readonly ok: true; readonly value: ConfigValues[ConfigKind] | null; readonly version: number | null }
  | { readonly ok: false; readonly reason: string };

/**
 * The value if only this change were undone. Not possible if its values were changed again, for a bulk import, and for
 * an added SP (SPs are never removed).
 */
export async function reversalOf(deps: ConfigDeps, event: ConfigEvent): Promise<Reversal> {
  if (event.tally) return no('An import cannot be reverted here: import the earlier file again.');
  if (event.version === null) return no('It changed nothing that could be put back.');
  const now = await standing(deps, event.what, event.key);
  const made = valueWithout(event, now);
  return made.ok ? { ok: true, value: made.value, version: now.version } : made;
}

/** Undoes a change, as a new change. */
export async function revertChange(
  deps: ConfigDeps,
  { event, by, expected }: { readonly event: ConfigEvent; readonly by: Actor; readonly expected: number | null },
): Promise<ConfigOutcome<ConfigKind> | { readonly ok: false; readonly is: 'impossible'; readonly reason: string }> {
  const reversal = await reversalOf(deps, event);
  if (!reversal.ok) return { ok: false, is: 'impossible', reason: reversal.reason };
  const { what, key } = event;
  return configure(deps, { what, key, by, expected, change: () => reversal.value });
}

function valueWithout(
  event: ConfigEvent,
  { value }: Standing<ConfigKind>,
):
  | { readonly ok: true; readonly value: ConfigValues[ConfigKind] | null }
  | { readonly ok: false; readonly reason: string } {
  const { what, before, after } = event;
  if (what === 'sp_hold')
    return no('A legal hold cannot be reverted: two people lift it. Place it again if it is needed.');
  if (after === null)
    return value === null
      ? { ok: true, value: before as ConfigValues[ConfigKind] }
      : no('Something with this name has been added again.');
  if (value === null) return no('It has been removed. Revert its removal first.');
  if (before === null && what === 'provider') return no('An SP is never removed: set it to inactive instead.');
  if (before === null && what === 'area')
    return differences(value, after).length ? no(CHANGED_AGAIN) : { ok: true, value: null };
  const changes = changesOf(event);
  const isBack = takenBack(
    value,
    changes.map(({ path, before: old, after: made }) => ({ path, before: made, after: old })),
  ).ok;
  if (isBack) return no('It is already as it was before this change.');
  const back = takenBack(value, changes);
  return back.ok ? { ok: true, value: back.value as ConfigValues[ConfigKind] } : no(CHANGED_AGAIN);
}

const CHANGED_AGAIN = 'What it changed has been changed again: revert the newer change first, or change it by hand.';
const no = (reason: string) => ({ ok: false, reason }) as const;

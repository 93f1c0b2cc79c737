import type { Actor } from '../domain/case';
import { clockMaker } from '../domain/clocks';
import { mayMove, notYours } from '../domain/may-move';
import { allowedMoves, hindrance, type MoveType, refusal } from '../domain/move';
import type { DialogContext } from '../domain/moves/dialog';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';

const DAY_MS = 24 * 60 * 60_000;

/** What a dialog about this case offers: the next update's default moment under the policy, and the areas. */
export async function dialogContext({ directory, now }: ServiceDeps, stored: StoredCase): Promise<DialogContext> {
  const [policy, areas] = await Promise.all([directory.policy(), directory.areas()]);
  const area = areas.find(({ name }) => name === stored.area) ?? null;
  const at = now();
  const clock = clockMaker(policy, area, stored.kind, stored.severity)('update', at);
  return { now: at, nextUpdateBy: clock?.dueAt ?? new Date(+at + DAY_MS), areas };
}

/** The case, when this person may make this move on it now; otherwise why not, in words. */
export async function mayOpen(
  deps: ServiceDeps,
  ref: string,
  move: MoveType,
  by: Actor,
): Promise<{ ok: true; stored: StoredCase } | { ok: false; reason: string }> {
  const stored = await deps.cases.byRef(ref);
  if (!stored) return { ok: false, reason: 'This case is no longer in the records.' };
  const [area, person] = await Promise.all([areaOf(deps, stored.area), personOf(deps, by)]);
  if (!mayMove(move, stored, person, area)) return { ok: false, reason: notYours(stored, move, area) };
  if (!allowedMoves(stored).includes(move)) return { ok: false, reason: refusal(stored, move) };
  const hindered = hindrance(stored, move, by, deps.now());
  return hindered ? { ok: false, reason: hindered } : { ok: true, stored };
}

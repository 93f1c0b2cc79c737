import { mayRead } from '../domain/access';
import type { Actor } from '../domain/actor';
import { isOpen } from '../domain/case';
import { clockMaker } from '../domain/clocks';
import { KINDS } from '../domain/kinds';
import { dateOf, dayAt } from '../domain/local-time';
import { mayMove, notYours, refusedTo } from '../domain/may-move';
import { allowedMoves, dialogOf, hindrance, refusal } from '../domain/move';
import type { MoveType } from '../domain/moves/declared';
import type { DialogContext } from '../domain/moves/dialog';
import { zoneOr } from '../domain/preferences';
import { snoozePresets } from '../domain/snooze-presets';
import type { ServiceDeps } from './deps';
import { visible } from './find-cases';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';

const DAY_MS = 24 * 60 * 60_000;

/** How many other cases are offered. */
const MOST_OTHERS = 25;

/** What the dialog of a move on this case offers this reader: default times under the policy, areas, other cases. */
export async function dialogContext(
  deps: ServiceDeps,
  stored: StoredCase,
  { reader, move, about = '' }: { readonly reader: Actor; readonly move: MoveType; readonly about?: Actor },
): Promise<DialogContext> {
  const { directory, now } = deps;
  const [policy, areas, { timeZone }, others, provider, person] = await Promise.all([
    directory.policy(),
    directory.areas(),
    deps.people.account(reader),
    dialogOf(move)?.offersOthers ? othersOf(deps, stored, reader) : [],
    stored.sp.account ? directory.provider(stored.sp.account) : null,
    personOf(deps, reader, [stored]),
  ]);
  const area = areas.find(({ name }) => name === stored.area) ?? null;
  const at = now();
  const clock = clockMaker(policy, area, stored.kind, stored.severity)('update', at);
  const zone = zoneOr(timeZone, policy.time_zone);
  const [presets, today] = [snoozePresets(at, zone), dateOf(dayAt(zone, at))];
  return {
    now: at,
    about,
    nextUpdateBy: clock?.dueAt ?? new Date(+at + DAY_MS),
    areas,
    presets,
    today,
    others,
    spMailbox: provider?.email ?? null,
    mayRead: mayRead(stored, person, area),
  };
}

/** Open cases about the same SJ, then about the same SP, that this reader may know of. */
async function othersOf(
  deps: ServiceDeps,
  { ref, sj, sp }: StoredCase,
  reader: Actor,
): Promise<DialogContext['others']> {
  const [ofSj, ofSp] = await Promise.all([
    sj ? deps.cases.bySj(sj, MOST_OTHERS) : [],
    sp.account ? deps.cases.bySp(sp.account, MOST_OTHERS) : [],
  ]);
  const records = [...new Map([...ofSj, ...ofSp].map((record) => [record.ref, record])).values()];
  const seen = await visible(
    deps,
    records.filter((record) => record.ref !== ref && isOpen(record)),
    reader,
  );
  return seen.slice(0, MOST_OTHERS).map(({ record, sight }) => ({
    ref: record.ref,
    title: sight === 'text' ? record.title : KINDS[record.kind].label,
  }));
}

/** The case if this person may make this move on it now; otherwise why not, in words. */
export async function mayOpen(
  deps: ServiceDeps,
  ref: string,
  move: MoveType,
  by: Actor,
): Promise<{ ok: true; stored: StoredCase } | { ok: false; reason: string }> {
  const stored = await deps.cases.byRef(ref);
  return stored ? mayMake(deps, stored, move, by) : { ok: false, reason: 'This case is no longer in the records.' };
}

/** The same for a case that was just read. */
export async function mayMake(
  deps: ServiceDeps,
  stored: StoredCase,
  move: MoveType,
  by: Actor,
): Promise<{ ok: true; stored: StoredCase } | { ok: false; reason: string }> {
  const [area, person] = await Promise.all([areaOf(deps, stored.area), personOf(deps, by, [stored])]);
  if (!mayMove(move, stored, person, area)) return { ok: false, reason: notYours(stored, move, area) };
  if (!allowedMoves(stored).includes(move))
    return { ok: false, reason: refusal(stored, move, refusedTo(stored, person, area, deps.now())) };
  const hindered = hindrance(stored, move, by, deps.now());
  return hindered ? { ok: false, reason: hindered } : { ok: true, stored };
}

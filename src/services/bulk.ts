import type { Person } from '../domain/access';
import type { Actor } from '../domain/actor';
import { clockMaker } from '../domain/clocks';
import type { BulkResult } from '../domain/desk';
import { dateOf, dayAt } from '../domain/local-time';
import { moveLabel } from '../domain/move';
import type { Move } from '../domain/moves/declared';
import type { DialogContext } from '../domain/moves/dialog';
import { zoneOr } from '../domain/preferences';
import type { QueueFilters } from '../domain/queue';
import { snoozePresets } from '../domain/snooze-presets';
import type { ServiceDeps } from './deps';
import { DESK_ROWS, type OnDesk, queuePage } from './desk';
import type { LateNews } from './late-news';
import { moveCase } from './move-case';
import { newOwnerFault } from './stranger';

/** How many cases are moved at the same time. */
const AT_ONCE = 5;

/** At most `most` cases of a queue, from a page on, that allow this move; the first `onPage` are the page's. */
export async function movable(
  deps: ServiceDeps,
  person: Person,
  { filters, page, move, most }: { filters: QueueFilters; page: number; move: Move['type']; most: number },
): Promise<{ readonly cases: readonly OnDesk[]; readonly onPage: number }> {
  const { rows } = await queuePage(deps, person, filters, page, most);
  const allows = (row: OnDesk) => row.moves.includes(move);
  return { cases: rows.filter(allows), onPage: rows.slice(0, DESK_ROWS).filter(allows).length };
}

/** The context of a dialog about several cases, with the earliest of their default times for the next update. */
export async function bulkContext(deps: ServiceDeps, cases: readonly OnDesk[], reader: Actor): Promise<DialogContext> {
  const [policy, areas, { timeZone }] = await Promise.all([
    deps.directory.policy(),
    deps.directory.areas(),
    deps.people.account(reader),
  ]);
  const now = deps.now();
  const moments = cases.flatMap(({ record: { kind, severity, area } }) => {
    const own = areas.find(({ name }) => name === area) ?? null;
    return clockMaker(policy, own, kind, severity)('update', now)?.dueAt ?? [];
  });
  const nextUpdateBy = new Date(Math.min(...(moments.length ? moments.map(Number) : [+now + DAY_MS])));
  return {
    now,
    about: '',
    nextUpdateBy,
    areas,
    presets: snoozePresets(now, zoneOr(timeZone, policy.time_zone)),
    today: dateOf(dayAt(zoneOr(timeZone, policy.time_zone), now)),
    others: [],
    spMailbox: null,
    mayRead: false,
  };
}
const DAY_MS = 24 * 60 * 60_000;

/**
 * Makes the same move on several cases one by one, so that rights and races are respected and a refused one does not
 * stop the others. `key` identifies this press; repeating it changes nothing. Never rejects.
 */
export async function moveAll(
  deps: ServiceDeps & { readonly late: LateNews; readonly log: { error(about: object, message: string): void } },
  { refs, move, by, key }: { refs: readonly string[]; move: Move; by: Actor; key: string },
): Promise<readonly BulkResult[]> {
  const results = new Map<string, string | null>();
  const queue = [...refs];
  const worker = async () => {
    for (let ref = queue.shift(); ref; ref = queue.shift()) results.set(ref, await one(ref));
  };
  const one = async (ref: string): Promise<string | null> => {
    const own = `${key}:${ref}`;
    try {
      const stranger = await newOwnerFault(deps, move);
      if (stranger) return stranger;
      const moved = await moveCase(deps, { find: { ref }, move, by, key: own });
      return moved.ok ? null : moved.reason;
    } catch (error) {
      deps.log.error({ err: error, ref, move: move.type }, 'one of several moves could not be stored');
      const look = async () => {
        const stored = await deps.cases.byRef(ref);
        return stored && (await deps.history.hasKey(stored, own)) ? { ref, move: moveLabel(move.type) } : null;
      };
      deps.late.watch({ key: own, to: by, attempt: Promise.reject(error), look });
      return 'Warmline could not save it: try again in a moment. If it was saved after all, you get a message.';
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return refs.map((ref) => ({ ref, reason: results.get(ref) ?? null }));
}

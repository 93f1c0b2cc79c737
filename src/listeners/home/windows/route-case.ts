import { conflictNotice } from '../../../blocks/home/windows/notice';
import { type RouteWindow, routeWindow } from '../../../blocks/home/windows/route-case';
import { changesSince, standing } from '../../../services/configure';
import { routeCase } from '../../../services/route-case';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { many, one } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import type { HomeWindow } from './window';

/** Routes a case that no area has taken. */
export const routeCaseHomeWindow: HomeWindow = {
  id: 'route_case',
  async open(deps, person, about) {
    const stored = await deps.cases.byRef(about.key);
    if (!stored?.unrouted) return { refused: `${about.key} already has an area. Open the Home again to see it.` };
    if (stored.subjects.includes(person.id)) return { refused: 'Another admin has to route this one.' };
    const { sp } = stored;
    const known = sp.account ? await standing(deps, 'provider', sp.account) : null;
    const memory = { ...about, version: known?.version ?? null };
    const account = sp.account ? { account: sp.account, name: known?.value?.name ?? null } : null;
    return { view: await drawn(deps, { memory, reason: stored.unrouted, sp: account, entries: NOTHING }) };
  },
  async submit(deps, { id: by }, memory, values) {
    const entries = {
      area: one(values, 'area'),
      teach: (many(values, 'teach') ?? []).includes('yes'),
      name: one(values, 'name'),
    };
    const { key: ref, version: expected } = memory;
    const teach = entries.teach ? { expected, name: entries.name } : null;
    const routed = await routeCase(deps, { ref, by, area: entries.area, teach });
    if (routed.ok) return { is: 'saved' };
    if (routed.is === 'faults') return { is: 'faults', faults: routed.faults };
    if (routed.is === 'refused') return { is: 'refused', reason: routed.reason };
    return { is: 'again', view: await afterConflict(deps, { ...memory, version: routed.version }, expected, entries) };
  },
  stored: async (deps, { key: ref }) => !(await deps.cases.byRef(ref))?.unrouted,
};

const NOTHING = { area: '', teach: false, name: '' };

/** The areas that can take a case, and the rest of the window. */
async function drawn(deps: ListenerDeps, window: Omit<RouteWindow, 'areas'>) {
  const areas = (await deps.directory.areas()).filter(({ channel, areaManager }) => channel && areaManager);
  return routeWindow({ ...window, areas: areas.map(({ name }) => name) });
}

/** The same window with the SP as it is now, and what someone else changed meanwhile. */
async function afterConflict(
  deps: ListenerDeps,
  memory: WindowMemory,
  since: number | null,
  entries: RouteWindow['entries'],
) {
  const stored = await deps.cases.byRef(memory.key);
  const account = stored?.sp.account ?? '';
  const [{ value }, events] = await Promise.all([
    standing(deps, 'provider', account),
    changesSince(deps, 'provider', account, since),
  ]);
  const sp = { account, name: value?.name ?? null };
  return drawn(deps, { memory, reason: stored?.unrouted ?? '', sp, entries, notice: conflictNotice(events) });
}

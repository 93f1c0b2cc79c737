import { areaRemoveWindow, areaWindow } from '../../../blocks/home/windows/area';
import { configEventId } from '../../../domain/configuration';
import type { Area, GivenArea } from '../../../domain/directory';
import { timeZones } from '../../../domain/time-zones';
import { checkArea } from '../../../services/check-area';
import { configure, standing, usersOfArea } from '../../../services/configure';
import { one, type WindowValues } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { faultIn, type HomeWindow, savedBy } from './window';

const entriesOf = (area: Area | null): GivenArea => ({
  name: area?.name ?? '',
  timeZone: area?.timeZone ?? '',
  channel: area?.channel ?? '',
  areaManager: area?.areaManager ?? '',
  deputy: area?.deputy ?? '',
  manager: area?.manager ?? '',
  fallbackChannel: area?.fallbackChannel ?? '',
});
const typedOf = (values: WindowValues, key: string): GivenArea => ({
  name: key || one(values, 'name'),
  timeZone: one(values, 'timeZone'),
  channel: one(values, 'channel'),
  areaManager: one(values, 'areaManager'),
  deputy: one(values, 'deputy'),
  manager: one(values, 'manager'),
  fallbackChannel: one(values, 'fallbackChannel'),
});
const gone = (name: string) => `${name} is no longer in the directory. Someone removed it: see Admin history.`;

/** Adds an area, or changes one. */
export const areaHomeWindow: HomeWindow = {
  id: 'area',
  async open(deps, _person, about) {
    const zones = timeZones();
    const usedZones = await zonesInUse(deps);
    if (!about.key) return { view: areaWindow({ ...about, version: null }, entriesOf(null), zones, { usedZones }) };
    const { value, version } = await standing(deps, 'area', about.key);
    return value
      ? { view: areaWindow({ ...about, version }, entriesOf(value), zones, { usedZones }) }
      : { refused: gone(about.key) };
  },
  async submit(deps, { id: by }, memory, values) {
    const typed = typedOf(values, memory.key);
    const checked = await checkArea(deps.slack, typed);
    if (!checked.ok) return { is: 'faults', faults: checked.faults };
    const area = { ...checked.area, name: memory.key || checked.area.name };
    const change = { what: 'area', key: area.name, version: memory.version } as const;
    const outcome = await configure(deps, { ...change, by, expected: memory.version, change: () => area });
    if (!outcome.ok && outcome.is === 'conflict' && !memory.key)
      return faultIn('name', `There is an area ${area.name} already.`);
    const base = memory.version === null ? null : await asOpened(deps, memory.key, memory.version);
    const current = outcome.ok || outcome.is === 'refused' ? null : outcome.current;
    const { entries, fresh } = merged(typed, base, current);
    const usedZones = await zonesInUse(deps);
    return savedBy(deps, change, outcome, (version, notice) =>
      areaWindow({ ...memory, version }, entries, timeZones(), { notice, fresh, usedZones }),
    );
  },
};

/** The time zones of existing areas, and the policy's. */
async function zonesInUse({ directory }: ListenerDeps): Promise<readonly string[]> {
  const [areas, policy] = await Promise.all([directory.areas(), directory.policy()]);
  return [...new Set([policy.time_zone, ...areas.map(({ timeZone }) => timeZone)])].sort();
}

/** The area as the window first showed it; null if the history does not have it. */
async function asOpened({ configuration }: ListenerDeps, name: string, version: number): Promise<Area | null> {
  const event = await configuration.event(configEventId('area', name, version));
  return event?.after ? (event.after as Area) : null;
}

/** What the person changed stays as typed; the rest takes others' changes (`fresh`). */
function merged(typed: GivenArea, base: Area | null, current: Area | null) {
  if (!base || !current) return { entries: typed, fresh: [] };
  const [before, now] = [entriesOf(base), entriesOf(current)];
  const fields = Object.keys(typed) as (keyof GivenArea)[];
  const fresh = fields.filter((field) => typed[field] === before[field] && now[field] !== typed[field]);
  return { entries: { ...typed, ...Object.fromEntries(fresh.map((field) => [field, now[field]])) }, fresh };
}

/** Removes an unused area. */
export const areaRemoveHomeWindow: HomeWindow = {
  id: 'area_remove',
  async open(deps, _person, about) {
    const { value, version } = await standing(deps, 'area', about.key);
    if (!value) return { refused: gone(about.key) };
    return { view: areaRemoveWindow({ ...about, version }, await usersOfArea(deps, about.key)) };
  },
  async submit(deps, { id: by }, memory) {
    const { key, version: expected } = memory;
    const outcome = await configure(deps, { what: 'area', key, by, expected, change: () => null });
    if (outcome.ok) return { is: 'saved' };
    const why = outcome.is === 'refused' ? outcome.faults.map(({ message }) => message).join(' ') : null;
    const version = outcome.is === 'conflict' ? outcome.version : expected;
    return { is: 'again', view: areaRemoveWindow({ ...memory, version }, why) };
  },
};

import { type AreaEntries, areaRemoveWindow, areaWindow } from '../../../blocks/home/windows/area';
import type { Area } from '../../../domain/directory';
import { timeZones } from '../../../domain/time-zones';
import { checkArea } from '../../../services/check-area';
import { configure, standing, usersOfArea } from '../../../services/configure';
import { one, type WindowValues } from '../../../slack/read-window';
import { type HomeWindow, savedBy } from './window';

const entriesOf = (area: Area | null): AreaEntries => ({
  name: area?.name ?? '',
  timeZone: area?.timeZone ?? '',
  channel: area?.channel ?? '',
  areaManager: area?.areaManager ?? '',
  deputy: area?.deputy ?? '',
  manager: area?.manager ?? '',
  fallbackChannel: area?.fallbackChannel ?? '',
});
const typedOf = (values: WindowValues, key: string): AreaEntries => ({
  name: key || one(values, 'name'),
  timeZone: one(values, 'timeZone'),
  channel: one(values, 'channel'),
  areaManager: one(values, 'areaManager'),
  deputy: one(values, 'deputy'),
  manager: one(values, 'manager'),
  fallbackChannel: one(values, 'fallbackChannel'),
});
const gone = (name: string) => `${name} is not in the directory any more. Somebody removed it: see Admin history.`;

/** Adds an area, or changes one. */
export const areaHomeWindow: HomeWindow = {
  id: 'area',
  may: ({ isAdmin }) => isAdmin,
  async open(deps, _person, about) {
    const zones = timeZones();
    if (!about.key) return { view: areaWindow({ ...about, version: null }, entriesOf(null), zones) };
    const { value, version } = await standing(deps, 'area', about.key);
    return value ? { view: areaWindow({ ...about, version }, entriesOf(value), zones) } : { refused: gone(about.key) };
  },
  async submit(deps, { id: by }, memory, values) {
    const typed = typedOf(values, memory.key);
    const checked = await checkArea(deps.slack, typed);
    if (!checked.ok) return { is: 'faults', faults: checked.faults };
    const change = { what: 'area', key: typed.name, version: memory.version } as const;
    const outcome = await configure(deps, { ...change, by, expected: memory.version, change: () => checked.area });
    if (!outcome.ok && outcome.is === 'conflict' && !memory.key)
      return { is: 'faults', faults: [{ field: 'name', message: `There is an area ${typed.name} already.` }] };
    return savedBy(deps, change, outcome, (version, notice) =>
      areaWindow({ ...memory, version }, typed, timeZones(), notice),
    );
  },
};

/** Removes an area that nothing uses. */
export const areaRemoveHomeWindow: HomeWindow = {
  id: 'area_remove',
  may: ({ isAdmin }) => isAdmin,
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

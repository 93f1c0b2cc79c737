import { DateTime } from 'luxon';
import { type Asked, areaChosen, policySimulateWindow } from '../../../blocks/home/windows/policy-simulate';
import { isRestricted } from '../../../domain/access';
import { CASE_KINDS } from '../../../domain/kinds';
import { SEVERITIES } from '../../../domain/severity';
import { simulate } from '../../../services/simulate';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { one } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { edited, readEdit } from './policy-edits';
import { faultIn, type HomeWindow } from './window';

/** "A high-risk report in West on Friday 16:50: who is told, when, how?" */
export const policySimulateHomeWindow: HomeWindow = {
  id: 'policy_simulate',
  async open(deps, _person, about) {
    const areas = await namesOf(deps);
    const asked = await firstAsked(deps, about, areas);
    return { view: policySimulateWindow({ ...about, version: null }, asked, areas, null) };
  },
  async submit(deps, { id }, memory, values) {
    const asked: Asked = {
      kind: CASE_KINDS.find((known) => known === one(values, 'kind')) ?? FIRST_KIND,
      severity: SEVERITIES.find((known) => known === one(values, 'severity')) ?? 'high',
      area: areaChosen(one(values, 'area')),
      date: one(values, 'date'),
      time: one(values, 'time'),
    };
    const [policy, area, areas] = await Promise.all([
      deps.directory.policy(),
      asked.area ? deps.directory.area(asked.area) : null,
      namesOf(deps),
    ]);
    if (asked.area && !area) return faultIn('area', `There is no area ${asked.area} anymore. Choose another.`);
    const timeZone = area?.timeZone ?? policy.time_zone;
    const at = DateTime.fromISO(`${asked.date}T${asked.time}`, { zone: timeZone });
    if (!at.isValid) return faultIn('date', 'Choose a day and a time.');

    const edit = readEdit(memory.edit);
    const policies = edit ? [policy, edited(policy, edit)] : [policy];
    const question = { kind: asked.kind, severity: asked.severity, area, at: at.toJSDate(), reporter: id };
    const [inForce, changed = null] = await simulate(deps, question, policies);
    if (!inForce) throw new Error('The policy in force was not tried out.');
    const shown = { at: question.at, timeZone, inForce, edited: changed };
    return { is: 'again', view: policySimulateWindow(memory, asked, areas, shown) };
  },
};

const namesOf = async ({ directory }: ListenerDeps) =>
  (await directory.areas()).map(({ name }) => name).sort((a, b) => a.localeCompare(b));

/** Where a mistake costs most: the first need-to-know kind. */
const FIRST_KIND = CASE_KINDS.find(isRestricted) ?? CASE_KINDS[0];

/** The subject of the edit, else a report of the first need-to-know kind in the first area; now. */
async function firstAsked(
  deps: ListenerDeps,
  { edit }: Pick<WindowMemory, 'edit'>,
  areas: readonly string[],
): Promise<Asked> {
  const item = readEdit(edit)?.item;
  const first = item?.is === 'time_zone' ? undefined : areas[0]; // areas have their own zones
  const own = item?.is === 'calendar' && areas.includes(item.area) ? item.area : first;
  const area = own === undefined ? null : await deps.directory.area(own);
  const now = DateTime.fromJSDate(deps.now(), { zone: area?.timeZone ?? (await deps.directory.policy()).time_zone });
  return {
    kind: item?.is === 'clock' && item.kind !== 'default' ? item.kind : FIRST_KIND,
    severity: item?.is === 'clock' && item.severity !== 'default' ? item.severity : 'high',
    area: own ?? '',
    date: now.toFormat('yyyy-MM-dd'),
    time: now.toFormat('HH:mm'),
  };
}

import { alarmsPartBlocks } from '../../../blocks/home/alarms';
import { alarmsPage } from '../../../services/alarms';
import { DESK_ROWS } from '../../../services/desk';
import { withLinks } from '../../with-links';
import type { Part } from './part';

export const alarmsPart: Part = {
  id: 'alarms',
  label: 'Alarms',
  async draw(deps, person, { page }) {
    const alarms = await alarmsPage(deps, person, page);
    const linked = await withLinks(
      deps,
      alarms.rows.flatMap(({ seen }) => seen ?? []),
    );
    const rows = alarms.rows.map(({ alarm }) => ({
      alarm,
      link: linked.find(({ record }) => record.ref === alarm.ref)?.link ?? null,
    }));
    return alarmsPartBlocks({ alarms: { ...alarms, rows }, size: DESK_ROWS });
  },
};

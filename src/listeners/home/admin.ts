import { setUpLine } from '../../blocks/home/overview';
import { partMenu } from '../../blocks/home/part-menu';
import { setUpOf } from '../../services/set-up';
import { stepsOf } from './admin/overview';
import { PART_GROUPS, PARTS } from './admin/parts';
import type { Tab } from './tab';

/** Where admins run Warmline: one part at a time, chosen from a menu. */
export const adminTab: Tab = {
  id: 'admin',
  label: 'Admin',
  may: ({ isAdmin }) => isAdmin,
  async draw(deps, person, place, later) {
    const part = PARTS.find(({ id }) => id === place.part) ?? PARTS[0];
    if (!part) throw new Error('The admin tab has no parts.');
    const parts = new Set(PARTS.map(({ id }) => id));
    const [setUp, drawn] = await Promise.all([
      part.id ? setUpOf(deps, later) : null, // the first part shows all of it
      part.draw(deps, person, place, { later, parts }),
    ]);
    return [partMenu(PART_GROUPS, part.id), ...(setUp ? setUpLine(stepsOf(setUp, parts), part.id) : []), ...drawn];
  },
};

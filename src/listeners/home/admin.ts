import { partMenu } from '../../blocks/home/part-menu';
import { PARTS } from './admin/parts';
import type { Tab } from './tab';

/** Where admins run the whole of Warmline: one part at a time, chosen from a menu. */
export const adminTab: Tab = {
  id: 'admin',
  label: 'Admin',
  may: ({ isAdmin }) => isAdmin,
  async draw(deps, person, place, later) {
    const part = PARTS.find(({ id }) => id === place.part) ?? PARTS[0];
    if (!part) throw new Error('The admin tab has no parts.');
    const parts = new Set(PARTS.map(({ id }) => id));
    return [partMenu(PARTS, part.id), ...(await part.draw(deps, person, place, { later, parts }))];
  },
};

import { unroutedBlocks } from '../../../blocks/home/unrouted';
import { unroutedPage } from '../../../services/admin-desk';
import { DESK_ROWS } from '../../../services/desk';
import { logReads } from '../../../services/log-reads';
import { withLinks } from '../../with-links';
import type { Part } from './part';

/** Cases that no area has taken. */
export const unroutedPart: Part = {
  id: 'unrouted',
  label: 'Without an area',
  async draw(deps, person, { page }) {
    const queue = await unroutedPage(deps, person, page);
    const [rows] = await Promise.all([withLinks(deps, queue.rows), logReads(deps, person.id, queue.rows, 'home')]);
    return unroutedBlocks({ queue: { ...queue, rows }, size: DESK_ROWS, now: deps.now() });
  },
};

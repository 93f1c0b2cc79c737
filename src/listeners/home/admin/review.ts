import { reviewBlocks } from '../../../blocks/home/review';
import { reviewPage } from '../../../services/admin-desk';
import { DESK_ROWS } from '../../../services/desk';
import { logReads } from '../../../services/log-reads';
import { withLinks } from '../../with-links';
import type { Part } from './part';

/** The Admin team's review queue. */
export const reviewPart: Part = {
  id: 'review',
  label: 'Review',
  async draw(deps, person, { page }) {
    const queue = await reviewPage(deps, person, page);
    const [rows] = await Promise.all([withLinks(deps, queue.rows), logReads(deps, person.id, queue.rows, 'home')]);
    return reviewBlocks({ queue: { ...queue, rows }, size: DESK_ROWS, reader: person.id, now: deps.now() });
  },
};

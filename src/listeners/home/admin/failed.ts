import { failedBlocks } from '../../../blocks/home/failed';
import { DESK_ROWS } from '../../../services/desk';
import { failedMessages } from '../../../services/failed-messages';
import { withLinks } from '../../with-links';
import type { Part } from './part';

/** Failed messages. A need-to-know case shows only its kind, to everyone. */
export const failedPart: Part = {
  id: 'failed',
  label: 'Failed messages',
  async draw(deps, person, { page }) {
    const { cases, letters, letterCount } = await failedMessages(deps, person, page);
    const rows = await withLinks(deps, cases.rows);
    return failedBlocks({ cases: { ...cases, rows }, size: DESK_ROWS, letters, letterCount });
  },
};

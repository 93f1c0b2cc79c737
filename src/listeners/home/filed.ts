import { filedBlocks } from '../../blocks/home/agent';
import { DESK_ROWS, filedReports } from '../../services/desk';
import { logReads } from '../../services/log-reads';
import { withLinks } from '../with-links';
import type { Tab } from './tab';

/** Everything that this person filed. */
export const filedTab: Tab = {
  id: 'filed',
  label: 'My reports',
  may: () => true,
  async draw(deps, person, place) {
    const filed = await filedReports(deps, person, place.page);
    const [rows] = await Promise.all([withLinks(deps, filed.rows), logReads(deps, person.id, filed.rows, 'home')]);
    return filedBlocks({ ...filed, rows }, DESK_ROWS, deps.now());
  },
};

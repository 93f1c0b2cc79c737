import { coversBlocks } from '../../../blocks/home/covers';
import type { Part } from './part';

const MOST = 40;

/** Who covers for whom, and whose calendar makes covers. */
export const coversPart: Part = {
  id: 'covers',
  label: 'Covers',
  async draw(deps) {
    const [covers, calendars] = await Promise.all([deps.covers.recent(), deps.calendars.all(MOST)]);
    const standing = covers.filter(
      ({ state, until }) => (state === 'asked' || state === 'accepted') && until > deps.now(),
    );
    return coversBlocks({ covers: standing, calendars });
  },
};

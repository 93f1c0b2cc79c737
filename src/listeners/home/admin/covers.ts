import { coversBlocks } from '../../../blocks/home/covers';
import { pageWithin } from '../../../domain/desk';
import type { Part } from './part';

/** The most that are read: only people who answer for cases have a calendar. */
const MOST = 2000;
const SIZE = 20;

/** Who covers for whom, and whose calendar makes covers. */
export const coversPart: Part = {
  id: 'covers',
  label: 'Covers',
  async draw(deps, _person, { page: asked }) {
    const [covers, all] = await Promise.all([deps.covers.recent(), deps.calendars.all(MOST)]);
    const standing = covers.filter(
      ({ state, until }) => (state === 'asked' || state === 'accepted') && until > deps.now(),
    );
    const page = pageWithin(asked, all.length, SIZE);
    const unreadFirst = [...all].sort((a, b) => Number(b.failing !== null) - Number(a.failing !== null));
    const calendars = unreadFirst.slice(page * SIZE, (page + 1) * SIZE);
    return coversBlocks({ covers: standing, calendars, page, size: SIZE, total: all.length });
  },
};

import { providersBlocks } from '../../../blocks/home/providers';
import { pageWithin } from '../../../domain/desk';
import { seenStanding } from '../../../domain/sp-standing';
import type { Part } from './part';

const SIZE = 10;
/** The most SPs paged to; a search reaches others. */
const MOST = 1000;

/** The SP directory. */
export const providersPart: Part = {
  id: 'sps',
  label: 'SPs',
  async draw(deps, _person, { page: asked, args }) {
    const find = (args.find ?? '').trim();
    const page = Math.min(asked, Math.ceil(MOST / SIZE) - 1);
    const at = (shown: number) =>
      deps.configuration.findProviders(find, { skip: shown * SIZE, limit: SIZE, atMost: MOST });
    const [areas, first] = await Promise.all([deps.directory.areas(), at(page)]);
    const last = pageWithin(page, first.total, SIZE);
    const found = page > last ? await at(last) : first;
    const accounts = found.rows.map(({ account }) => account);
    const [standings, held] = await Promise.all([
      deps.standings.all(accounts),
      Promise.all(accounts.map((account) => deps.holds.of(account))),
    ]);
    const now = deps.now();
    return providersBlocks({
      ...found,
      standings: new Map(
        found.rows.map((row) => [row.account, seenStanding(row, standings.get(row.account) ?? null, now)]),
      ),
      holds: new Map(held.flatMap((hold) => (hold ? [[hold.account, hold]] : []))),
      page: Math.min(page, last),
      size: SIZE,
      find,
      areas: new Set(areas.map(({ name }) => name)),
    });
  },
};

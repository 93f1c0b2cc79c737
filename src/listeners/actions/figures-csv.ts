import type { BlockElementAction } from '@slack/bolt';
import { spanWords } from '../../blocks/home/figures';
import { figureTable } from '../../domain/figure-table';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { countedFor } from '../home/figures';
import { sendTable } from '../send-table';
import { tellPrivately } from '../tell';

/** The figures on screen as a CSV file in a DM: the same numbers, by the same rules. */
export async function figuresCsv(deps: ListenerDeps, { body, client }: ActionArgs<BlockElementAction>) {
  const user = body.user.id;
  const place = { client, user, channel: null };
  const asked = await countedFor(deps, user, readPlace(body.view?.private_metadata).args);
  if (!asked) return tellPrivately(place, 'Figures are for admins, leadership, Area Managers and deputies.');
  await sendTable(deps, place, {
    rows: async (name) => figureTable((await asked.counting).figures, name),
    file: `warmline-figures-${asked.range.from}-to-${asked.range.to}.csv`,
    comment: `Figures of ${spanWords(asked.days)}.`,
    what: 'figures',
  });
}

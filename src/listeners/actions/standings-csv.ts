import type { BlockElementAction } from '@slack/bolt';
import { standingTable } from '../../domain/sp-standing';
import { pages } from '../../services/pages';
import { personOf } from '../../services/standing';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { sendTable } from '../send-table';
import { tellPrivately } from '../tell';

const PAGE = 1_000;
/** The most SPs that cases have suspended or restricted. */
const MOST = 50_000;

/** What cases have set for SPs, and whom these must not send, as a CSV file in a DM. */
export async function standingsCsv(deps: ListenerDeps, { body, client }: ActionArgs<BlockElementAction>) {
  const user = body.user.id;
  const place = { client, user, channel: null };
  if (!(await personOf(deps, user)).isAdmin) return tellPrivately(place, 'Only admins can see the list of all SPs.');
  const now = deps.now();
  await sendTable(deps, place, {
    rows: async () => standingTable(await every(deps.standings), await every(deps.holds), now),
    file: `warmline-sp-standings-${now.toISOString().slice(0, 10)}.csv`,
    comment: 'The standing of each SP, its do-not-send list, and legal holds.',
    what: 'list of standings',
  });
}

/** All rows of a list, which come a page at a time. */
async function every<Row extends { readonly account: string }>(list: {
  page(after: string | null, limit: number): Promise<readonly Row[]>;
}): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const page of pages<Row>(PAGE, (last) => list.page(last?.account ?? null, PAGE))) {
    all.push(...page);
    if (all.length >= MOST) break;
  }
  return all;
}

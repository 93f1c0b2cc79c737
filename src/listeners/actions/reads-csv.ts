import type { BlockElementAction } from '@slack/bolt';
import { readFilter, readTable } from '../../domain/reads';
import { amount } from '../../domain/wording';
import { logLook } from '../../services/log-reads';
import { personOf } from '../../services/standing';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { sendTable } from '../send-table';
import { tellPrivately } from '../tell';

/** The most rows in a file; a shorter time span reaches older ones. */
const MOST = 50_000;

/** The access log, filtered as on screen, as a CSV file in a DM. */
export async function readsCsv(deps: ListenerDeps, { body, client }: ActionArgs<BlockElementAction>) {
  const user = body.user.id;
  const place = { client, user, channel: null };
  if (!(await personOf(deps, user)).isAdmin) return tellPrivately(place, 'Only admins can see who read what.');
  const { filter } = readFilter(readPlace(body.view?.private_metadata).args, deps.now());
  await logLook(deps, user, filter.ref ?? null);
  await sendTable(deps, place, {
    rows: async (name) => readTable(await deps.accessLog.page(filter, { skip: 0, limit: MOST }), name),
    file: `warmline-reads-${deps.now().toISOString().slice(0, 10)}.csv`,
    comment: `Who read what, newest first, ${amount(MOST)} rows at most.`,
    what: 'log of reads',
  });
}

import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readFilter, readTable } from '../../domain/reads';
import { amount } from '../../domain/wording';
import { logLook } from '../../services/log-reads';
import { personOf } from '../../services/standing';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import { sendTable } from '../send-table';
import { tellPrivately } from '../tell';

/** So many rows make a file; a shorter span of time leads to older ones. */
const MOST = 50_000;

/** The log of reads, as the filters on screen have it, as a CSV file in a direct message. */
export const readsCsv =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
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
  };

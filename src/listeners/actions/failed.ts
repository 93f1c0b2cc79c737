import type { OverflowAction } from '@slack/bolt';
import { type Done, remedy, retryAll } from '../../services/failed-messages';
import { DEALT_WITH } from '../../services/redirect-letter';
import { personOf } from '../../services/standing';
import { type Failed, packFailed, readFailed, readRemedy } from '../../slack/ids/failed';
import { readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { showHome } from '../home/show-home';
import { tellPrivately } from '../tell';
import { NOT_YOURS, openWindow } from './home-window';

/** An admin's choice for a failed message: sends it again, or opens a window that asks. */
export async function failedMore(deps: ListenerDeps, args: ActionArgs<OverflowAction>) {
  const { action, body, client } = args;
  const failed = readFailed(action.block_id);
  const chosen = readRemedy(action.selected_option.value);
  if (chosen === 'redirect' || chosen === 'dismiss')
    return openWindow(deps, args, { window: `${chosen}_failed`, key: failed ? packFailed(failed) : '' });
  const place = { client, user: body.user.id, channel: null };
  if (!failed || !chosen) return tellPrivately(place, 'This menu belongs to an older page. Open the Home again.');
  if (!(await personOf(deps, body.user.id)).isAdmin) return tellPrivately(place, NOT_YOURS);
  const done = await again(deps, failed);
  if (!done.ok) await tellPrivately(place, done.reason);
  await showHome(deps, body.user.id, readPlace(body.view?.private_metadata));
}

async function again(deps: ListenerDeps, failed: Failed): Promise<Done> {
  if ('ref' in failed) return remedy(deps, failed.ref, failed.lane, { is: 'retry' });
  const isSent = await deps.letters.retry(failed.letter, deps.now());
  return isSent ? { ok: true } : { ok: false, reason: DEALT_WITH };
}

export async function failedRetryAll(deps: ListenerDeps, { body, client }: ActionArgs) {
  const user = body.user.id;
  if (!(await personOf(deps, user)).isAdmin) return tellPrivately({ client, user, channel: null }, NOT_YOURS);
  const count = await retryAll(deps);
  deps.log.info({ user, count }, 'an admin sent everything again that could not be delivered');
  await showHome(deps, user, readPlace(body.view?.private_metadata));
}

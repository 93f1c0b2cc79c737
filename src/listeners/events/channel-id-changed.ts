import { isChannel } from '../../domain/targets';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';
import { checkSharing } from './channel-shared';

/** Someone starts to share a private channel, which gives it another id: its cases, queues and settings stay with it. */
export async function channelIdChanged(deps: ListenerDeps, { event }: EventArgs<'channel_id_changed'>) {
  const { old_channel_id: from, new_channel_id: to, event_ts: at } = event;
  if (!isChannel(from) || !isChannel(to)) return;
  await deps.channels.changed(from, to, at);
  deps.log.info({ from, to }, 'Slack changed the id of a channel');
  await checkSharing(deps, deps.channels.knownId(to));
}

import { messagesOf } from '../../domain/lane-queue';
import { isChannel, slackLane } from '../../domain/targets';
import { auditSharing } from '../../services/audit-cases';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';

type Sharing = 'channel_shared' | 'channel_unshared';

/** A channel is shared with another company, or not anymore: need-to-know cards follow, and admins are told. */
export async function channelShared(deps: ListenerDeps, { event }: EventArgs<Sharing>) {
  if (isChannel(event.channel)) await checkSharing(deps, event.channel);
}

/** Checks at once who reads a channel now, and sends what waited for it. */
export async function checkSharing(deps: ListenerDeps, channel: string): Promise<void> {
  deps.slack.forget(channel);
  await auditSharing(deps, channel, {
    raised: ({ kind, about }) => deps.log.error({ alarm: kind }, `audit: ${about}`),
  });
  deps.onAdminMatter(null);
  deps.onStored([messagesOf(slackLane(channel))]);
}

import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { messagesOf } from '../../domain/lane-queue';
import { isChannel, slackLane } from '../../domain/targets';
import { auditSharing } from '../../services/audit-cases';
import type { ListenerDeps } from '../deps';

type Sharing = 'channel_shared' | 'channel_unshared';

/** Another company reads a channel from now on, or does not anymore: its need-to-know cards go by that at once, and admins hear of it. */
export const channelShared =
  (deps: ListenerDeps) =>
  async ({ event }: SlackEventMiddlewareArgs<Sharing> & AllMiddlewareArgs) => {
    if (!isChannel(event.channel)) return;
    deps.slack.forget(event.channel);
    await auditSharing(deps, event.channel, {
      raised: ({ kind, about }) => deps.log.error({ alarm: kind }, `audit: ${about}`),
    });
    deps.onAdminMatter(null);
    deps.onStored([messagesOf(slackLane(event.channel))]);
  };

import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { messagesOf } from '../../domain/lane-queue';
import { isChannel, slackLane } from '../../domain/targets';
import type { ListenerDeps } from '../deps';

/** Invited into a channel, Warmline sends at once what had waited for it there. */
export const memberJoinedChannel =
  (deps: ListenerDeps) =>
  async ({ event, context }: SlackEventMiddlewareArgs<'member_joined_channel'> & AllMiddlewareArgs) => {
    if (event.user === context.botUserId && isChannel(event.channel))
      deps.onStored([messagesOf(slackLane(event.channel))]);
  };

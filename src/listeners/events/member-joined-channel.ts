import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { messagesOf } from '../../domain/lane-queue';
import { isChannel, slackLane } from '../../domain/targets';
import type { ListenerDeps } from '../deps';

/** When invited to a channel, Warmline sends at once what waited for it. */
export const memberJoinedChannel =
  (deps: ListenerDeps) =>
  async ({ event, context }: SlackEventMiddlewareArgs<'member_joined_channel'> & AllMiddlewareArgs) => {
    if (event.user === context.botUserId && isChannel(event.channel))
      deps.onStored([messagesOf(slackLane(event.channel))]);
  };

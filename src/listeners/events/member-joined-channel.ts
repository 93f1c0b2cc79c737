import { messagesOf } from '../../domain/lane-queue';
import { isChannel, slackLane } from '../../domain/targets';
import type { ListenerDeps } from '../deps';
import type { EventArgs } from '../handlers';

/** When invited to a channel, Warmline sends at once what waited for it. */
export async function memberJoinedChannel(deps: ListenerDeps, { event, context }: EventArgs<'member_joined_channel'>) {
  if (event.user === context.botUserId && isChannel(event.channel))
    deps.onStored([messagesOf(slackLane(event.channel))]);
}

import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs, webApi } from '@slack/bolt';
import { within } from '../../services/deadline';
import { kindOfReportFrom, readMessageRef } from '../../slack/ids/report-from';
import type { ListenerDeps } from '../deps';
import { beginFromMessage } from '../shortcuts/file-from-message';
import { tellPrivately } from '../tell';

/** The window has to open within Slack's 3 seconds. */
const READ_MS = 1200;

/** The button offered after an emoji starts a report from the message. */
export const reportFrom =
  (deps: ListenerDeps) =>
  async ({ ack, action, body, client }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const kind = kindOfReportFrom(action.action_id);
    const posted = readMessageRef(action.value ?? '');
    const place = { client, user: body.user.id, channel: body.channel?.id ?? null };
    const message = posted && (await within(READ_MS, readOne(client, posted)));
    if (!kind || !posted || !message)
      return tellPrivately(place, 'That message is gone. Type the command instead, or use another message.');
    await beginFromMessage(deps, kind, {
      client,
      triggerId: body.trigger_id,
      user: body.user.id,
      posted: { channel: { id: posted.channel }, message },
    });
  };

/** One message, in a thread or not; null if it is gone. */
async function readOne(client: webApi.WebClient, { channel, ts }: { channel: string; ts: string }): Promise<unknown> {
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts,
    oldest: ts,
    latest: ts,
    inclusive: true,
    limit: 1,
  });
  return messages.find((message) => message.ts === ts) ?? null;
}

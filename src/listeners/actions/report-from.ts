import type { CardPlace } from '../../domain/mailbox';
import { within } from '../../services/deadline';
import { kindOfReportFrom, readMessageRef } from '../../slack/ids/report-from';
import { readOne } from '../../slack/read-one';
import type { ListenerDeps } from '../deps';
import { type ActionArgs, openerOf } from '../handlers';
import { beginFromMessage } from '../shortcuts/file-from-message';
import { tellPrivately } from '../tell';

/** The window has to open within Slack's 3 seconds. */
const READ_MS = 1200;

/** The button offered after an emoji starts a report from the message. */
export async function reportFrom(deps: ListenerDeps, { action, body, client, context }: ActionArgs) {
  const kind = kindOfReportFrom(action.action_id);
  const posted = readMessageRef(action.value ?? '');
  const place = { client, user: body.user.id, channel: body.channel?.id ?? null };
  const message = posted && (await within(READ_MS, readBy(deps, client, body.user.id, posted)));
  if (!kind || !posted || !message)
    return tellPrivately(place, 'That message is gone. Type the command instead, or use another message.');
  await beginFromMessage(deps, kind, {
    ...openerOf({ client, body }),
    posted: { channel: { id: posted.channel }, message },
    botUserId: context.botUserId,
  });
}

/** The message, if this person reads its channel: Warmline may read more than they do. */
async function readBy(deps: ListenerDeps, client: ActionArgs['client'], user: string, posted: CardPlace) {
  const { slack, people } = deps;
  const [channel, message] = await Promise.all([slack.channelById(posted.channel), readOne(client, posted)]);
  return channel?.isPublic || (await people.inChannel(posted.channel)).includes(user) ? message : null;
}

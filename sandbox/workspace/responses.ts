import { validateMessage } from '../block-kit';
import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import { SlackError } from './errors';
import type { ResponseTarget } from './expiring';
import { isObject, str } from './json';
import { change, type Draft, post, postEphemeral, remove } from './messages';
import { json } from './methods/method';

/**
 * What an app sends to a response_url or as the answer to a command: a message only the person sees unless
 * `response_type` is `in_channel`; `replace_original` and `delete_original` act on the button's message. Throws a
 * SlackError if Slack would refuse the content.
 */
export function respond(core: Core, target: Omit<ResponseTarget, 'uses'>, body: JsonObject): void {
  const channel = core.store.channels.get(target.channel);
  if (!channel) throw new SlackError('channel_not_found');
  const original =
    target.messageTs === undefined ? undefined : core.store.message(channel, target.messageTs, target.user);
  const bot = core.app.bot.id;
  if (body.delete_original === true && original) {
    void remove(core, channel, original, bot);
    return;
  }
  const verdict = validateMessage({ text: str(body.text), blocks: body.blocks, attachments: body.attachments });
  if (!verdict.ok) throw new SlackError(verdict.error, verdict.messages);
  const draft: Draft = {
    user: bot,
    byApp: true,
    text: str(body.text) ?? '',
    blocks: json(body.blocks),
    attachments: json(body.attachments),
    threadTs: str(body.thread_ts) ?? target.threadTs,
    metadata: isObject(body.metadata) ? body.metadata : undefined,
  };
  if (body.replace_original === true && original)
    void change(core, channel, original, bot, {
      text: draft.text,
      blocks: draft.blocks ?? [],
      attachments: draft.attachments,
    });
  else if (body.response_type === 'in_channel') post(core, channel, draft);
  else postEphemeral(core, channel, target.user, draft);
}

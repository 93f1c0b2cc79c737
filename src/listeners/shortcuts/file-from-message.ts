import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { formOf } from '../../domain/forms';
import { toldBy } from '../../domain/forms/carry-over';
import { newAnswersFrom } from '../../domain/forms/engine';
import { sourceText } from '../../slack/ids/form';
import { MESSAGE_SHORTCUTS, type MessageShortcutId } from '../../slack/ids/shortcuts';
import { readSource } from '../../slack/read-message';
import type { ListenerDeps } from '../deps';
import { openForm } from '../open-form';
import { understoodInTime } from '../typed-form';

/** A report begun from a message (domain section 3): its text becomes the details, the numbers in it SP and SJ, the message the report's source. */
export const fileFromMessage =
  (deps: ListenerDeps, shortcut: MessageShortcutId) =>
  async ({ ack, body, client }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs) => {
    await ack();
    const form = formOf(MESSAGE_SHORTCUTS[shortcut]);
    const { text, ...source } = readSource(body);
    const { account = '', sj = '' } = await understoodInTime(deps, text);
    const numbers = newAnswersFrom(form, { [form.spQuestion]: account, [form.sjQuestion]: sj });
    await openForm(deps, {
      client,
      triggerId: body.trigger_id,
      user: body.user.id,
      form,
      answers: { ...toldBy(form, text), ...numbers },
      metadata: { channel: body.channel.id, source: { ...source, ...(text ? { text: sourceText(text) } : {}) } },
    });
  };

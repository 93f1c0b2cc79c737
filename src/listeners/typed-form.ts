import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { formOf } from '../domain/forms';
import { newAnswersFrom } from '../domain/forms/engine';
import type { CaseKind } from '../domain/kinds';
import type { ListenerDeps } from './deps';
import { openForm } from './open-form';

/** A command that opens a form with what was typed after it: `[SP account] [SJ]`. */
export const typedForm =
  (kind: CaseKind) =>
  (deps: ListenerDeps) =>
  async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const form = formOf(kind);
    const [account = '', sj = ''] = command.text.trim().split(/\s+/);
    await openForm(deps, {
      client,
      triggerId: command.trigger_id,
      user: command.user_id,
      form,
      answers: newAnswersFrom(form, { [form.spQuestion]: account, [form.sjQuestion]: sj }),
      metadata: { channel: command.channel_id, source: null },
    });
  };

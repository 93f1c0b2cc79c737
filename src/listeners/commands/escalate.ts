import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { formOf } from '../../domain/forms';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { ListenerDeps } from '../deps';
import { openForm } from '../open-form';

/** `/escalate [SP account] [SJ]` opens the exception form with what was typed. */
export const escalate =
  (deps: ListenerDeps) =>
  async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const form = formOf('exception');
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

import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { spContactModal } from '../../blocks/contacts/sp-contact';

/** `/sp-contact [SJ]` opens the window that records an attempt to contact the SP. */
export const spContact =
  () =>
  async ({ ack, command, client }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const sj = command.text.trim().slice(0, 40);
    await client.views.open({ trigger_id: command.trigger_id, view: spContactModal({ sp: '', sj }, undefined) });
  };

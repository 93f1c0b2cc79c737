import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { dutyBlocks } from '../../blocks/lookup/duty';
import { onDuty } from '../../services/on-duty';
import type { ListenerDeps } from '../deps';

/** `/who [area]`: who answers for an area now, in an ephemeral message. */
export const who =
  (deps: ListenerDeps) =>
  async ({ ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const blocks = dutyBlocks(command.text.trim(), await onDuty(deps, command.text));
    await respond({ response_type: 'ephemeral', text: 'Who is on duty now', blocks });
  };

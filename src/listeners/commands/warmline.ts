import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { helpBlocks, helpText } from '../../blocks/help';
import { personOf } from '../../services/standing';
import type { ListenerDeps } from '../deps';

/** `/warmline help`: what there is and how this person can use it. */
export const warmline =
  (deps: ListenerDeps) =>
  async ({ ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const blocks = helpBlocks(await personOf(deps, command.user_id));
    await respond({ response_type: 'ephemeral', text: helpText, blocks });
  };

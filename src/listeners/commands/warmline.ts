import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { helpBlocks, helpText } from '../../blocks/help';

/** `/warmline help`: what there is and how to use it. */
export const warmline =
  () =>
  async ({ ack }: SlackCommandMiddlewareArgs) => {
    await ack({ response_type: 'ephemeral', text: helpText, blocks: helpBlocks });
  };

import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { MOST_ROWS } from '../../blocks/lookup/cases';
import { scorecardBlocks } from '../../blocks/lookup/scorecard';
import { parseSpAccount } from '../../domain/forms/numbers';
import { logReads } from '../../services/log-reads';
import { scorecardOf } from '../../services/scorecard';
import { cardRows } from '../card-rows';
import type { ListenerDeps } from '../deps';

/** `/sp <account>`: the SP's scorecard over the cases this person may see, shown to them alone (domain section 9). */
export const spLookup =
  (deps: ListenerDeps) =>
  async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack();
    const account = parseSpAccount(command.text);
    if (!account.ok) {
      await respond({ response_type: 'ephemeral', text: account.fault });
      return;
    }
    const card = await scorecardOf(deps, account.value, command.user_id);
    const shown = card.open.slice(0, MOST_ROWS);
    await logReads(deps, command.user_id, shown, '/sp');
    const open = await cardRows(deps, client, shown);
    await respond({
      response_type: 'ephemeral',
      text: `Scorecard of SP ${account.value}`,
      blocks: scorecardBlocks({ ...card, open, more: card.open.length - open.length }),
    });
  };

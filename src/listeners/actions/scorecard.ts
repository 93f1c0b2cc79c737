import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ListenerDeps } from '../deps';
import { openScorecard } from '../show-scorecard';

/** The button under a scorecard in a channel opens it as a window, with its chart. */
export const scorecardButton =
  (deps: ListenerDeps) =>
  async ({ ack, action, body, client }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const { trigger_id: triggerId, user, channel } = body;
    await openScorecard(deps, {
      client,
      triggerId,
      user: user.id,
      channel: channel?.id ?? null,
      account: action.value ?? '',
    });
  };

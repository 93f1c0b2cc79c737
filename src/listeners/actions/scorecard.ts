import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { openScorecard } from '../show-scorecard';

/** The button under a scorecard in a channel opens it as a window, with its chart. */
export async function scorecardButton(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const { trigger_id: triggerId, user, channel } = body;
  await openScorecard(deps, {
    client,
    triggerId,
    user: user.id,
    channel: channel?.id ?? null,
    account: action.value ?? '',
  });
}

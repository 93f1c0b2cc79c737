import type { webApi } from '@slack/bolt';
import { preferencesModal } from '../blocks/preferences';
import { DEFAULT_PREFERENCES } from '../domain/preferences';
import type { ListenerDeps } from './deps';

/** Opens the window of someone's preferences, with their choices. */
export async function openPreferences(
  deps: ListenerDeps,
  { client, triggerId, user }: { client: webApi.WebClient; triggerId: string; user: string },
): Promise<void> {
  const [chosen, account, policy] = await Promise.all([
    deps.preferences.recent(),
    deps.people.account(user),
    deps.directory.policy(),
  ]);
  await client.views.open({
    trigger_id: triggerId,
    view: preferencesModal(chosen.get(user) ?? DEFAULT_PREFERENCES, {
      zone: account.timeZone,
      bypass: policy.quiet_hours.bypass,
    }),
  });
}

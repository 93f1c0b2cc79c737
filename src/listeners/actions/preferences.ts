import { preferencesKept, preferencesModal } from '../../blocks/preferences';
import { DEFAULT_PREFERENCES } from '../../domain/preferences';
import type { ListenerDeps } from '../deps';
import { type ActionArgs, type Opener, openerOf } from '../handlers';
import { unlessChanged } from '../open-form';

/** Opens the window of someone's preferences, with their choices. */
export async function openPreferences(deps: ListenerDeps, { client, triggerId, user }: Opener): Promise<void> {
  const [chosen, account, policy] = await Promise.all([
    deps.preferences.of(user),
    deps.people.account(user),
    deps.directory.policy(),
  ]);
  await client.views.open({
    trigger_id: triggerId,
    view: preferencesModal(chosen ?? DEFAULT_PREFERENCES, {
      zone: account.timeZone,
      bypass: policy.quiet_hours.bypass,
    }),
  });
}

/** A button that opens someone's own preferences. */
export async function preferencesButton(deps: ListenerDeps, { body, client }: ActionArgs) {
  await openPreferences(deps, openerOf({ client, body }));
}

/** Resets someone's preferences. */
export async function preferencesReset(deps: ListenerDeps, { body, client }: ActionArgs) {
  await deps.preferences.reset(body.user.id);
  const view = preferencesKept(DEFAULT_PREFERENCES);
  if (body.view) await unlessChanged(client.views.update({ view_id: body.view.id, view }));
}

import { preferencesKept } from '../../blocks/preferences';
import { DEFAULT_PREFERENCES } from '../../domain/preferences';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { openPreferences } from '../open-preferences';

/** A button that opens someone's own preferences. */
export async function preferencesButton(deps: ListenerDeps, { body, client }: ActionArgs) {
  await openPreferences(deps, { client, triggerId: body.trigger_id, user: body.user.id });
}

/** Resets someone's preferences. */
export async function preferencesReset(deps: ListenerDeps, { body, client }: ActionArgs) {
  await deps.preferences.reset(body.user.id);
  if (body.view) await client.views.update({ view_id: body.view.id, view: preferencesKept(DEFAULT_PREFERENCES) });
}

import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { preferencesKept } from '../../blocks/preferences';
import { DEFAULT_PREFERENCES } from '../../domain/preferences';
import type { ListenerDeps } from '../deps';
import { openPreferences } from '../open-preferences';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A button that opens someone's own preferences. */
export const preferencesButton =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: Args) => {
    await ack();
    await openPreferences(deps, { client, triggerId: body.trigger_id, user: body.user.id });
  };

/** Resets someone's preferences. */
export const preferencesReset =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: Args) => {
    await ack();
    await deps.preferences.reset(body.user.id);
    if (body.view) await client.views.update({ view_id: body.view.id, view: preferencesKept(DEFAULT_PREFERENCES) });
  };

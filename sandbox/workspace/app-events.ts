import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import { freshId } from './ids';
import type { Channel } from './model';

/** The scope a subscription needs, by its name in the manifest; absent: none. */
const SCOPE_OF: { [subscription: string]: string } = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  user_change: 'users:read',
};
const BY_CHANNEL = { public: 'channels:read', private: 'groups:read', im: 'im:read' } as const;
const MESSAGES_OF = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;

/** What `channel_type` says in events. */
export const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im' } as const;

/**
 * Sends an event to the app if its manifest subscribes to it, it has the scope, and (for what happens in a channel) its
 * bot is a member. Resolves after the first attempt.
 */
export async function tellApp(
  core: Core,
  event: JsonObject,
  where?: Channel,
  actor: string | null = null,
): Promise<void> {
  const type = String(event.type);
  const subscription = type === 'message' && where ? MESSAGES_OF[where.type] : type;
  if (!core.subscriptions.has(subscription)) return;
  const scope =
    SCOPE_OF[subscription] ?? (/^(member|channel|group)_/.test(type) && where ? BY_CHANNEL[where.type] : undefined);
  if (scope !== undefined && !core.scopes.has(scope)) return;
  if (where && !where.members.has(core.app.bot.id)) return;
  await deliver(core, event, actor);
}

/**
 * Sends an event to the app as it is, whatever the workspace contains: what Slack sends that no one here can do, or
 * sends again, late or out of order. Resolves after the first attempt.
 */
export async function deliver(
  core: Core,
  event: JsonObject,
  actor: string | null = null,
  envelope: JsonObject = {},
): Promise<void> {
  const type = String(event.type);
  await core.deliveries?.event(typeof event.subtype === 'string' ? `${type}.${event.subtype}` : type, actor, {
    token: 'sandbox-verification',
    team_id: core.team.id,
    api_app_id: core.app.id,
    context_team_id: core.team.id,
    event,
    type: 'event_callback',
    event_id: freshId('Ev'),
    event_time: core.nowSec(),
    is_ext_shared_channel: false,
    authorizations: [
      {
        enterprise_id: null,
        team_id: core.team.id,
        user_id: core.app.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    ...envelope,
  });
}

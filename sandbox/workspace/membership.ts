import { CHANNEL_TYPE, tellApp } from './app-events';
import type { Core } from './core';
import { stableId } from './ids';
import type { Channel, User } from './model';

/** Makes someone a member of a channel; returns false if they already are. */
export function join(core: Core, channel: Channel, user: string, inviter?: string): boolean {
  if (channel.members.has(user)) return false;
  channel.members.add(user);
  core.bus.emit({ type: 'channel', channel });
  void tellApp(
    core,
    { type: 'member_joined_channel', ...about(core, channel, user), ...(inviter ? { inviter } : {}) },
    channel,
    user,
  );
  return true;
}

/** Removes someone from a channel. */
export function leave(core: Core, channel: Channel, user: string): void {
  if (!channel.members.delete(user)) return;
  core.bus.emit({ type: 'channel', channel, left: user });
  void tellApp(core, { type: 'member_left_channel', ...about(core, channel, user) }, channel, user);
}

/** Archives a channel or unarchives it. */
export function setArchived(core: Core, channel: Channel, archived: boolean, by: string): void {
  channel.archived = archived;
  core.bus.emit({ type: 'channel', channel });
  const kind = channel.type === 'private' ? 'group' : 'channel';
  void tellApp(
    core,
    { type: `${kind}_${archived ? 'archive' : 'unarchive'}`, channel: channel.id, user: by },
    channel,
    by,
  );
}

/** Shares a channel with another company (Slack Connect). `pending`: invited only; `silent`: the app is not told. */
export async function share(
  core: Core,
  channel: Channel,
  team: string,
  { pending = false, silent = false }: { readonly pending?: boolean; readonly silent?: boolean },
): Promise<void> {
  channel.connected = { teams: [...(channel.connected?.teams ?? []), team], pending };
  if (pending || silent) return;
  const about = { channel: channel.id, connected_team_id: team, event_ts: core.ts.next() };
  await tellApp(core, { type: 'channel_shared', ...about }, channel);
}

/** Gives a private channel another id, as Slack does once someone starts to share it. `silent`: the app is not told. */
export async function renumber(core: Core, channel: Channel, { silent = false }: { readonly silent?: boolean }) {
  const was = channel.id;
  core.store.renumber(channel, stableId('C', core.team.id, channel.name, was));
  core.bus.emit({ type: 'channel', channel });
  const about = { old_channel_id: was, new_channel_id: channel.id, event_ts: core.ts.next() };
  if (!silent) await tellApp(core, { type: 'channel_id_changed', ...about }, channel);
  return about;
}

/** Ends the sharing of a channel with other companies. */
export async function unshare(core: Core, channel: Channel): Promise<void> {
  const [team = ''] = channel.connected?.teams ?? [];
  delete channel.connected;
  const about = { channel: channel.id, previously_connected_team_id: team, is_ext_shared: false };
  await tellApp(core, { type: 'channel_unshared', ...about, event_ts: core.ts.next() }, channel);
}

/** Deactivates a person: removes them from every channel except their DMs, and they cannot act. */
export function deactivate(core: Core, user: User): void {
  user.deleted = true;
  for (const channel of core.store.channels.values()) if (channel.type !== 'im') leave(core, channel, user.id);
  core.views.clear(user.id);
  void tellApp(core, {
    type: 'user_change',
    user: { id: user.id, deleted: true, name: user.name },
    event_ts: core.ts.next(),
  });
}

const about = (core: Core, channel: Channel, user: string) => ({
  user,
  channel: channel.id,
  channel_type: CHANNEL_TYPE[channel.type] === 'channel' ? 'C' : 'G',
  team: core.team.id,
  event_ts: core.ts.next(),
});

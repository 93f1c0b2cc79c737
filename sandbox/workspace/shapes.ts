import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import { plain } from './json';
import type { Message } from './message-log';
import type { Channel, FileRecord, User } from './model';

/** Slack's objects as the Web API and events show them. */

export function messageObject(core: Core, message: Message, withMetadata = false): JsonObject {
  const channel = core.store.channels.get(message.channel);
  const replies = channel?.log.replies(message.ts) ?? [];
  const repliers = [...new Set(replies.map(({ user }) => user))];
  return plain({
    type: 'message',
    subtype: message.tombstone
      ? 'tombstone'
      : message.broadcast
        ? 'thread_broadcast'
        : message.files
          ? 'file_share'
          : undefined,
    user: writerOf(message),
    hidden: message.tombstone,
    text: message.text,
    ts: message.ts,
    team: core.team.id,
    blocks: message.blocks,
    attachments: message.attachments,
    files: message.files?.flatMap((id) => {
      const file = core.store.files.get(id);
      return file ? [fileObject(core, file)] : [];
    }),
    ...(message.byApp && !message.tombstone
      ? { bot_id: core.app.botId, app_id: core.app.id, username: message.username, bot_profile: botObject(core) }
      : {}),
    metadata: withMetadata ? message.metadata : undefined,
    edited: message.edited,
    reactions: message.reactions && reactionList(message),
    thread_ts: message.threadTs ?? (replies.length > 0 ? message.ts : undefined),
    parent_user_id:
      message.threadTs !== undefined && message.threadTs !== message.ts
        ? writerOf(channel?.log.get(message.threadTs))
        : undefined,
    ...(replies.length > 0
      ? {
          reply_count: replies.length,
          reply_users: repliers.slice(0, 5),
          reply_users_count: repliers.length,
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
  });
}

/** What is left of a deleted message is Slack's own. */
const writerOf = (message: Message | undefined): string | undefined =>
  message?.tombstone ? 'USLACKBOT' : message?.user;

const reactionList = (message: Message): JsonObject[] =>
  Object.entries(message.reactions ?? {}).map(([name, users]) => ({ name, users, count: users.length }));

export const botObject = (core: Core): JsonObject => ({
  id: core.app.botId,
  deleted: false,
  name: core.manifest.display_information.name,
  updated: 0,
  app_id: core.app.id,
  user_id: core.app.bot.id,
  icons: {},
  team_id: core.team.id,
});

export function channelObject(core: Core, channel: Channel): JsonObject {
  if (channel.type === 'im') {
    const other = [...channel.members].find((id) => id !== core.app.bot.id) ?? core.app.bot.id;
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_org_shared: false,
      user: other,
      is_archived: channel.archived,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.type === 'public',
    is_group: channel.type === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.type === 'private',
    is_archived: channel.archived,
    is_shared: Boolean(channel.connected || channel.orgShared),
    is_ext_shared: channel.connected?.pending === false,
    is_pending_ext_shared: channel.connected?.pending === true,
    is_org_shared: Boolean(channel.orgShared),
    connected_team_ids: channel.connected?.pending === false ? [...channel.connected.teams] : [],
    pending_connected_team_ids: channel.connected?.pending ? [...channel.connected.teams] : [],
    is_general: channel.name === 'general',
    is_member: channel.members.has(core.app.bot.id),
    created: channel.created,
    creator: channel.creator,
    context_team_id: core.team.id,
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

export function userObject(core: Core, user: User): JsonObject {
  return {
    id: user.id,
    team_id: user.team ?? core.team.id,
    name: user.name,
    deleted: user.deleted,
    // Of a deactivated person, Slack shows only the profile.
    ...(user.deleted
      ? {}
      : {
          real_name: user.realName,
          tz: user.tz,
          tz_label: user.tz,
          tz_offset: offsetSec(user.tz, core.clock.now()),
        }),
    is_admin: user.isAdmin,
    is_owner: false,
    is_bot: user.isBot,
    is_app_user: false,
    is_restricted: user.guest !== undefined,
    is_ultra_restricted: user.guest === 'single',
    updated: 0,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      title: user.role,
      team: core.team.id,
      ...(user.isBot ? { bot_id: core.app.botId, api_app_id: core.app.id } : {}),
      ...(core.scopes.has('users:read.email') && user.email ? { email: user.email } : {}),
    },
  };
}

function offsetSec(tz: string, at: Date): number {
  const shown = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).format(at);
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(shown) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export const fileObject = (core: Core, file: FileRecord): JsonObject => ({
  id: file.id,
  created: file.created,
  timestamp: file.created,
  name: file.name,
  title: file.title,
  mimetype: file.mimetype,
  filetype: file.name.split('.').at(-1) ?? '',
  user: file.user,
  size: file.size,
  mode: 'hosted',
  is_external: false,
  is_public: false,
  channels: file.sharedIn,
  url_private: `${core.url}/files/${file.id}/${encodeURIComponent(file.name)}`,
  url_private_download: `${core.url}/files/${file.id}/download/${encodeURIComponent(file.name)}`,
  permalink: `https://${core.team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
});

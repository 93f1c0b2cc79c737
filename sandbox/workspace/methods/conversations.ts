import { z } from 'zod';
import type { JsonObject } from '../../client-protocol';
import { SlackError } from '../errors';
import { join } from '../membership';
import { compareTs } from '../message-log';
import type { Channel } from '../model';
import { channelObject, messageObject } from '../shapes';
import {
  type Call,
  decodeCursor,
  encodeCursor,
  flag,
  limit,
  list,
  method,
  needFor,
  optionalText,
  paged,
  text,
  visibleChannel,
} from './method';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const TYPE = { public: 'public_channel', private: 'private_channel', im: 'im' } as const;
const SCOPE_OF_TYPE: { [type: string]: string } = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

/** A channel whose messages the app may read: it is a member and has the scope. */
function readable(call: Call, id: string): Channel {
  const channel = visibleChannel(call, id);
  needFor(call, channel, 'history');
  if (!channel.members.has(call.core.app.bot.id)) throw new SlackError('not_in_channel');
  return channel;
}

const history = {
  channel: text,
  cursor: optionalText,
  oldest: optionalText,
  latest: optionalText,
  inclusive: flag,
  include_all_metadata: flag,
};

export const conversationMethods = [
  method({
    name: 'conversations.open',
    tier: 't3',
    scopes: ['im:write', 'mpim:write'],
    args: z.object({ users: z.optional(list), channel: optionalText, return_im: flag }),
    run(call, { users, channel: id, return_im }) {
      const { core } = call;
      if (id !== undefined) return { channel: { id: visibleChannel(call, id).id } };
      if (users === undefined) throw new SlackError('users_list_not_supplied');
      if (users.length > 1)
        throw new SlackError('method_not_supported_for_channel_type', [
          '[ERROR] group DMs are not part of this sandbox',
        ]);
      const user = core.store.users.get(users[0] ?? '');
      if (!user || user.id === core.app.bot.id) throw new SlackError('user_not_found');
      if (user.deleted) throw new SlackError('user_disabled');
      const channel = core.store.im(core.team.id, core.app.bot.id, user.id, core.nowSec());
      return { channel: return_im ? channelObject(core, channel) : { id: channel.id } };
    },
  }),
  method({
    name: 'conversations.info',
    tier: 't3',
    scopes: READ,
    args: z.object({ channel: text }),
    run(call, args) {
      const channel = visibleChannel(call, args.channel);
      needFor(call, channel, 'read');
      return { channel: channelObject(call.core, channel) };
    },
  }),
  method({
    name: 'conversations.list',
    tier: 't2',
    scopes: READ,
    args: z.object({ types: optionalText, exclude_archived: flag, cursor: optionalText, limit: limit(100, 999) }),
    run(call, args) {
      const types = (args.types ?? 'public_channel').split(',');
      for (const type of types) call.need(SCOPE_OF_TYPE[type.trim()] ?? 'channels:read');
      const known = [...call.core.store.channels.values()].filter(
        (channel) =>
          types.includes(TYPE[channel.type]) &&
          (channel.type === 'public' || channel.members.has(call.core.app.bot.id)) &&
          !(args.exclude_archived && channel.archived),
      );
      const { page, ...rest } = paged(known, args.cursor, args.limit);
      return { channels: page.map((channel) => channelObject(call.core, channel)), ...rest };
    },
  }),
  method({
    name: 'conversations.members',
    tier: 't4',
    scopes: READ,
    args: z.object({ channel: text, cursor: optionalText, limit: limit(100, 1000) }),
    run(call, args) {
      const channel = visibleChannel(call, args.channel);
      needFor(call, channel, 'read');
      const { page, ...rest } = paged([...channel.members], args.cursor, args.limit);
      return { members: page, ...rest };
    },
  }),
  method({
    name: 'conversations.history',
    tier: 't3',
    scopes: HISTORY,
    args: z.object({ ...history, limit: limit(100, 999) }),
    run(call, args): JsonObject {
      const channel = readable(call, args.channel);
      const latest = args.cursor === undefined ? args.latest : decodeCursor(args.cursor, 'before');
      const inclusive = args.inclusive && args.cursor === undefined;
      const { messages, hasMore } = channel.log.page({ oldest: args.oldest, latest, inclusive, limit: args.limit });
      const cursor = hasMore && messages[0] ? encodeCursor('before', messages[0].ts) : undefined;
      return {
        messages: messages.reverse().map((message) => messageObject(call.core, message, args.include_all_metadata)),
        has_more: hasMore,
        pin_count: 0,
        ...(cursor === undefined ? {} : { response_metadata: { next_cursor: cursor } }),
      };
    },
  }),
  method({
    name: 'conversations.replies',
    tier: 't3',
    scopes: HISTORY,
    args: z.object({ ...history, ts: text, limit: limit(1000, 1000) }),
    run(call, args): JsonObject {
      const channel = readable(call, args.channel);
      const asked = channel.log.get(args.ts);
      const parent = channel.log.get(asked?.threadTs ?? args.ts);
      if (!parent) throw new SlackError('thread_not_found');
      const after = args.cursor === undefined ? undefined : decodeCursor(args.cursor, 'after');
      const inside = channel.log.replies(parent.ts).filter(({ ts }) => {
        if (after !== undefined && compareTs(ts, after) <= 0) return false;
        const [low, high] = [
          compareTs(ts, args.oldest ?? '0'),
          args.latest === undefined ? -1 : compareTs(ts, args.latest),
        ];
        return args.inclusive ? low >= 0 && high <= 0 : low > 0 && high < 0;
      });
      const page = inside.slice(0, args.limit);
      const hasMore = inside.length > page.length;
      return {
        messages: [parent, ...page].map((message) => messageObject(call.core, message, args.include_all_metadata)),
        has_more: hasMore,
        ...(hasMore ? { response_metadata: { next_cursor: encodeCursor('after', page.at(-1)?.ts ?? '0') } } : {}),
      };
    },
  }),
  method({
    name: 'conversations.join',
    tier: 't3',
    scopes: ['channels:join'],
    args: z.object({ channel: text }),
    run(call, args): JsonObject {
      const channel = visibleChannel(call, args.channel);
      if (channel.type !== 'public') throw new SlackError('method_not_supported_for_channel_type');
      if (channel.archived) throw new SlackError('is_archived');
      const joined = join(call.core, channel, call.core.app.bot.id);
      return { channel: channelObject(call.core, channel), ...(joined ? {} : { warning: 'already_in_channel' }) };
    },
  }),
  method({
    name: 'conversations.invite',
    tier: 't3',
    scopes: ['channels:write.invites', 'channels:manage', 'groups:write', 'groups:write.invites'],
    args: z.object({ channel: text, users: list }),
    run(call, args): JsonObject {
      const { core } = call;
      const channel = visibleChannel(call, args.channel);
      if (channel.type === 'im') throw new SlackError('method_not_supported_for_channel_type');
      if (!channel.members.has(core.app.bot.id)) throw new SlackError('not_in_channel');
      if (channel.archived) throw new SlackError('is_archived');
      for (const id of args.users) {
        const user = core.store.users.get(id);
        if (!user || user.deleted) throw new SlackError('user_not_found');
        if (id === core.app.bot.id) throw new SlackError('cant_invite_self');
        if (channel.members.has(id)) throw new SlackError('already_in_channel');
      }
      for (const id of args.users) join(core, channel, id, core.app.bot.id);
      return { channel: channelObject(core, channel) };
    },
  }),
];

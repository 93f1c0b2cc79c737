import { z } from 'zod';
import { SlackError } from '../errors';
import { react } from '../messages';
import { botObject, messageObject, userObject } from '../shapes';
import { type Call, flag, limit, method, optionalText, paged, text, visibleChannel } from './method';

const nothing = z.object({});

function personOf(call: Call, id: string) {
  const user = call.core.store.users.get(id);
  if (!user) throw new SlackError('user_not_found');
  return user;
}

function reactionTarget(call: Call, args: { channel: string; timestamp: string }) {
  const channel = visibleChannel(call, args.channel);
  const message = channel.log.get(args.timestamp);
  if (!message) throw new SlackError('message_not_found');
  return { channel, message };
}

const reaction = z.object({
  channel: text,
  timestamp: text,
  name: text.refine((name) => /^[a-z0-9_+'-]+$/.test(name), 'invalid_name'),
});

const setReaction = (name: 'reactions.add' | 'reactions.remove', on: boolean, otherwise: string) =>
  method({
    name,
    tier: 't3',
    scopes: ['reactions:write'],
    args: reaction,
    run(call, args) {
      const { channel, message } = reactionTarget(call, args);
      if (!channel.members.has(call.core.app.bot.id)) throw new SlackError('not_in_channel');
      if (channel.archived) throw new SlackError('is_archived');
      if (react(call.core, channel, message, call.core.app.bot.id, args.name, on) === false)
        throw new SlackError(otherwise);
      return {};
    },
  });

export const peopleMethods = [
  method({
    name: 'auth.test',
    tier: 'special',
    args: nothing,
    run: ({ core }) => ({
      url: `https://${core.team.domain}.slack.com/`,
      team: core.team.name,
      user: core.app.bot.name,
      team_id: core.team.id,
      user_id: core.app.bot.id,
      bot_id: core.app.botId,
      app_id: core.app.id,
      is_enterprise_install: false,
    }),
  }),
  method({
    name: 'users.info',
    tier: 't4',
    scopes: ['users:read'],
    args: z.object({ user: text }),
    run: (call, args) => ({ user: userObject(call.core, personOf(call, args.user)) }),
  }),
  method({
    name: 'users.list',
    tier: 't2',
    scopes: ['users:read'],
    args: z.object({ cursor: optionalText, limit: limit(1000, 1000) }),
    run({ core }, args) {
      const { page, ...rest } = paged([...core.store.users.values()], args.cursor, args.limit);
      return { members: page.map((user) => userObject(core, user)), cache_ts: core.nowSec(), ...rest };
    },
  }),
  method({
    name: 'users.lookupByEmail',
    tier: 't3',
    scopes: ['users:read.email'],
    args: z.object({ email: text }),
    run({ core }, args) {
      const user = core.store.userByEmail(args.email);
      if (!user || user.deleted) throw new SlackError('users_not_found');
      return { user: userObject(core, user) };
    },
  }),
  method({
    name: 'users.getPresence',
    tier: 't3',
    scopes: ['users:read'],
    args: z.object({ user: text }),
    run: (call, args) => ({ presence: personOf(call, args.user).presence }),
  }),
  method({
    name: 'team.info',
    tier: 't3',
    scopes: ['team:read'],
    args: z.object({ team: optionalText }),
    run({ core }, args) {
      if (args.team !== undefined && args.team !== core.team.id) throw new SlackError('team_not_found');
      return { team: { ...core.team, email_domain: '', icon: {} } };
    },
  }),
  method({
    name: 'usergroups.list',
    tier: 't2',
    scopes: ['usergroups:read'],
    args: z.object({ include_users: flag }),
    run: ({ core }, args) => ({
      usergroups: core.store.userGroups.map(({ users, ...group }) => ({
        ...group,
        team_id: core.team.id,
        is_usergroup: true,
        user_count: users.length,
        ...(args.include_users ? { users: [...users] } : {}),
      })),
    }),
  }),
  method({
    name: 'usergroups.users.list',
    tier: 't2',
    scopes: ['usergroups:read'],
    args: z.object({ usergroup: text }),
    run({ core }, args) {
      const group = core.store.userGroups.find(({ id }) => id === args.usergroup);
      if (!group) throw new SlackError('no_such_subteam');
      return { users: [...group.users] };
    },
  }),
  method({
    name: 'bots.info',
    tier: 't3',
    scopes: ['users:read'],
    args: z.object({ bot: optionalText }),
    run({ core }, args) {
      if (args.bot !== undefined && args.bot !== core.app.botId) throw new SlackError('bot_not_found');
      return { bot: botObject(core) };
    },
  }),
  setReaction('reactions.add', true, 'already_reacted'),
  setReaction('reactions.remove', false, 'no_reaction'),
  method({
    name: 'reactions.get',
    tier: 't3',
    scopes: ['reactions:read'],
    args: z.object({ channel: text, timestamp: text }),
    run(call, args) {
      const { channel, message } = reactionTarget(call, args);
      return { type: 'message', channel: channel.id, message: messageObject(call.core, message) };
    },
  }),
];

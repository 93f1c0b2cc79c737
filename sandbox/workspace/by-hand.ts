import { deliver } from './app-events';
import type { Core } from './core';
import { deactivate, join, leave, renumber, setArchived, share, unshare } from './membership';
import { remove } from './messages';
import type { Channel } from './model';
import { personOf } from './person';
import { type MessageReading, readMessage } from './reading';
import type { Workspace } from './workspace';

/*
 * What a test reads and changes in a workspace by itself, instead of a person in Slack.
 */
function channelOf(core: Core, idOrName: string): Channel {
  const channel = core.store.channel(idOrName);
  if (!channel) throw new Error(`There is no channel ${idOrName} in this workspace.`);
  return channel;
}

/** Everyone's and everything's id, by name. */
export function idsOf({ store: { users, channels, userGroups } }: Core): Workspace['ids'] {
  const byName = (list: Iterable<{ name: string; id: string }>) =>
    Object.fromEntries([...list].filter(({ name }) => name).map(({ name, id }) => [name, id]));
  const groups = userGroups.map(({ handle, id }) => ({ name: handle, id }));
  return { users: byName(users.values()), channels: byName(channels.values()), userGroups: byName(groups) };
}

type MessageMethods = 'messages' | 'messageCount' | 'thread' | 'tell' | 'deleteMessage' | 'forget';
/** What is written in channels. */
export function messagesOf(core: Core): Pick<Workspace, MessageMethods> {
  const of = (channel: string) => channelOf(core, channel);
  const read = (list: readonly Parameters<typeof readMessage>[1][]): MessageReading[] =>
    list.map((message) => readMessage(core, message));
  return {
    messages: (channel) => read(of(channel).log.channelView),
    messageCount: (channel) => of(channel).log.size,
    thread(channel, ts) {
      const { log } = of(channel);
      const parent = log.get(ts);
      return read(parent ? [parent, ...log.replies(ts)] : []);
    },
    tell: (event, envelope) => deliver(core, event, null, envelope),
    async deleteMessage({ channel, ts }) {
      const message = of(channel).log.get(ts);
      if (message) await remove(core, of(channel), message, message.user);
    },
    forget({ channel, ts }) {
      const { log } = of(channel);
      for (const message of [...log.replies(ts), log.get(ts)]) if (message) log.remove(message);
    },
  };
}

type ChannelMethods =
  | 'inviteApp'
  | 'removeApp'
  | 'archive'
  | 'unarchive'
  | 'share'
  | 'unshare'
  | 'renumber'
  | 'shareInOrg'
  | 'setPrivate'
  | 'addMember'
  | 'removeMember';
/** What becomes of channels, and who is in them. */
export function channelsOf(core: Core): Pick<Workspace, ChannelMethods> {
  const of = (channel: string) => channelOf(core, channel);
  const bot = core.app.bot.id;
  return {
    inviteApp: (channel) => void join(core, of(channel), bot),
    removeApp: (channel) => leave(core, of(channel), bot),
    archive: (channel) => setArchived(core, of(channel), true, bot),
    unarchive: (channel) => setArchived(core, of(channel), false, bot),
    share: (channel, team, how = {}) => share(core, of(channel), team, how),
    unshare: (channel) => unshare(core, of(channel)),
    renumber: (channel, how = {}) => renumber(core, of(channel), how),
    shareInOrg(channel) {
      of(channel).orgShared = true;
    },
    setPrivate(channel, isPrivate) {
      of(channel).type = isPrivate ? 'private' : 'public';
    },
    addMember: (channel, user) => void join(core, of(channel), personOf(core, user).id),
    removeMember: (channel, user) => leave(core, of(channel), personOf(core, user).id),
  };
}

/** What becomes of people. */
export const peopleOf = (core: Core): Pick<Workspace, 'makeGuest' | 'makePartner' | 'deactivate' | 'setUserGroup'> => ({
  makeGuest(user, guest) {
    personOf(core, user).user.guest = guest ?? undefined;
  },
  makePartner(user, team) {
    personOf(core, user).user.team = team;
  },
  deactivate: (user) => deactivate(core, personOf(core, user).user),
  setUserGroup(handle, users) {
    const group = core.store.userGroups.find((candidate) => candidate.handle === handle);
    if (!group) throw new Error(`There is no user group ${handle} in this workspace.`);
    group.users = users.map((name) => personOf(core, name).id);
  },
});

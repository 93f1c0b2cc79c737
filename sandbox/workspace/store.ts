import { stableId } from './ids';
import { type Message, MessageLog } from './message-log';
import type { Channel, ChannelSeed, FileRecord, User, UserGroup, UserGroupSeed, UserSeed } from './model';

/** Slack's own bot, which tells people what failed. */
export const SLACKBOT: User = {
  id: 'USLACKBOT',
  name: 'slackbot',
  realName: 'Slackbot',
  email: '',
  tz: 'America/Los_Angeles',
  role: '',
  isBot: true,
  isAdmin: false,
  deleted: false,
  presence: 'active',
};

/** How many ephemeral messages are kept per person. */
const EPHEMERALS_KEPT = 200;

/** A workspace's data: people, channels with their messages, files. Every lookup is by key. */
export class Store {
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, FileRecord>();
  readonly fileContents = new Map<string, Buffer>();
  readonly userGroups: UserGroup[] = [];
  private readonly userIdByName = new Map<string, string>();
  private readonly userIdByEmail = new Map<string, string>();
  private readonly channelIdByName = new Map<string, string>();
  private readonly ephemerals = new Map<string, Message[]>();

  addUser(user: User): void {
    this.users.set(user.id, user);
    this.userIdByName.set(user.name.toLowerCase(), user.id);
    if (user.email) this.userIdByEmail.set(user.email.toLowerCase(), user.id);
  }

  /** By id, or by handle with or without @. */
  user(idOrName: string): User | undefined {
    const name = idOrName.replace(/^@/, '').toLowerCase();
    return this.users.get(idOrName) ?? this.users.get(this.userIdByName.get(name) ?? '');
  }

  userByEmail(email: string): User | undefined {
    return this.users.get(this.userIdByEmail.get(email.toLowerCase()) ?? '');
  }

  addChannel(channel: Channel): void {
    this.channels.set(channel.id, channel);
    if (channel.name) this.channelIdByName.set(channel.name, channel.id);
  }

  /** Gives a channel another id; nothing is found by the old one anymore. */
  renumber(channel: Channel, id: string): void {
    const was = channel.id;
    this.channels.delete(was);
    channel.id = id;
    this.addChannel(channel);
    const theirs = [...channel.log.all(), ...[...this.ephemerals.values()].flat()];
    for (const message of theirs) if (message.channel === was) message.channel = id;
    for (const file of this.files.values()) file.sharedIn = file.sharedIn.map((one) => (one === was ? id : one));
  }

  /** By id, or by name with or without #. */
  channel(idOrName: string): Channel | undefined {
    return this.channels.get(idOrName) ?? this.channels.get(this.channelIdByName.get(idOrName.replace(/^#/, '')) ?? '');
  }

  /** The direct message of two people, created if needed. */
  im(team: string, a: string, b: string, createdSec: number): Channel {
    const [first = a, second = b] = [a, b].sort();
    const id = stableId('D', team, first, second);
    const existing = this.channels.get(id);
    if (existing) return existing;
    const channel: Channel = {
      id,
      name: '',
      type: 'im',
      topic: '',
      archived: false,
      created: createdSec,
      creator: a,
      members: new Set([a, b]),
      log: new MessageLog(),
      lastRead: new Map(),
    };
    this.addChannel(channel);
    return channel;
  }

  /** Adds missing people, channels and groups. Throws if a seed names an unknown person. */
  seed(
    team: string,
    seeds: { users: readonly UserSeed[]; channels: readonly ChannelSeed[]; userGroups: readonly UserGroupSeed[] },
    bot: User,
    createdSec: number,
  ): void {
    for (const known of [bot, SLACKBOT]) if (!this.users.has(known.id)) this.addUser(known);
    for (const seed of seeds.users) {
      if (this.user(seed.name)) continue;
      this.addUser({
        id: seed.id ?? stableId('U', team, seed.name),
        name: seed.name,
        realName: seed.realName ?? seed.name,
        email: seed.email ?? `${seed.name}@example.com`,
        tz: seed.tz ?? 'America/Chicago',
        role: seed.role ?? '',
        isBot: false,
        isAdmin: seed.admin ?? false,
        deleted: seed.deleted ?? false,
        presence: 'active',
      });
    }
    const idOf = (name: string): string => {
      const user = this.user(name);
      if (!user) throw new Error(`The seeds name ${name}, who is not among the users.`);
      return user.id;
    };
    const people = [...this.users.values()].filter((user) => !user.isBot && !user.deleted).map((user) => user.id);
    for (const seed of seeds.channels) {
      if (this.channel(seed.name)) continue;
      const members = seed.members?.map(idOf) ?? people;
      this.addChannel({
        id: seed.id ?? stableId('C', team, seed.name),
        name: seed.name,
        type: seed.private ? 'private' : 'public',
        topic: seed.topic ?? '',
        archived: seed.archived ?? false,
        created: createdSec,
        creator: members[0] ?? bot.id,
        members: new Set(seed.app === false ? members : [...members, bot.id]),
        log: new MessageLog(),
        lastRead: new Map(),
      });
    }
    for (const seed of seeds.userGroups) {
      const id = stableId('S', team, seed.handle);
      const group = { id, handle: seed.handle, name: seed.name ?? seed.handle, users: seed.users.map(idOf) };
      if (!this.userGroups.some((known) => known.id === id)) this.userGroups.push(group);
    }
  }

  addEphemeral(message: Message): void {
    const user = message.ephemeralFor ?? '';
    const list = this.ephemerals.get(user) ?? [];
    list.push(message);
    this.ephemerals.set(user, list.slice(-EPHEMERALS_KEPT));
  }

  removeEphemeral(message: Message): void {
    const user = message.ephemeralFor ?? '';
    this.ephemerals.set(
      user,
      this.ephemeralsOf(user).filter((other) => other !== message),
    );
  }

  ephemeralsOf(user: string): readonly Message[] {
    return this.ephemerals.get(user) ?? [];
  }

  /** A message that this user (by default the bot) can refer to: in the channel, or one only they see. */
  message(channel: Channel, ts: string, user?: string): Message | undefined {
    return (
      channel.log.get(ts) ??
      (user === undefined
        ? undefined
        : this.ephemeralsOf(user).find((entry) => entry.ts === ts && entry.channel === channel.id))
    );
  }
}

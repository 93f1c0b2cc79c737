import type { Actor } from './case';

/** A channel, as Slack tells of it. */
export interface FoundChannel {
  readonly id: string;
  readonly name: string;
  /** Whether Warmline's bot is in it. */
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
  /** Slack says that it is not private, where it says anything of that. */
  readonly isPublic: boolean;
  /** The workspaces of other companies that read it, or are invited to, as far as Slack names them; null: none does. */
  readonly sharedWith: readonly string[] | null;
}

/** How a channel is, as Slack tells; the name of a private one, because its mention shows it to its members alone; `fault` says what is wrong and what to do; `unknown`: Slack does not tell. */
export type ChannelState =
  | (ChannelSeen & { readonly is: 'fine' })
  | { readonly is: 'checking' | 'unknown' }
  | (ChannelSeen & { readonly is: 'fault'; readonly reason: string });
export interface ChannelSeen {
  readonly privateName: string | null;
  /** The other company that reads it, or is invited to, in words; null: none. */
  readonly sharedWith: string | null;
}

/** A person, as Slack tells of them. */
export interface FoundUser {
  readonly id: string;
  readonly isApp: boolean;
  readonly isActive: boolean;
  readonly name: string;
  /** The other company they belong to, in words; null for our own people. */
  readonly company: string | null;
}

export interface FoundGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

/**
 * What is asked of Slack before something goes into the directory. Each method gives null where there is no such thing,
 * or none that the app sees; answers are at most a minute old. Rejects when Slack cannot be asked.
 */
export interface SlackLookup {
  channelByName(name: string): Promise<FoundChannel | null>;
  channelById(id: string): Promise<FoundChannel | null>;
  userByEmail(email: string): Promise<FoundUser | null>;
  userById(id: string): Promise<FoundUser | null>;
  /** Workspaces in words: by name where Slack tells it. Never rejects. */
  companies(teams: readonly string[]): Promise<readonly string[]>;
  /** What Slack told of a channel is asked again. */
  forget(channel: string): void;
  /** All user groups in use, by handle. */
  groups(): Promise<readonly FoundGroup[]>;
  /** The private channels that Warmline is in, by name; asked again each time, for people invite it and look again. */
  privateChannels(): Promise<readonly FoundChannel[]>;
}

/** An account in Slack: whether it is in use, its time zone, and whether it is a bot's or a guest's. */
export interface Account {
  readonly active: boolean;
  readonly timeZone: string | null;
  readonly isBot: boolean;
  /** Null where Slack does not tell. */
  readonly isGuest: boolean | null;
}

/** Who is where in Slack. */
export interface PeopleLookup {
  /** The people of a user group, at most a minute old; no one when Slack has never told. Never rejects. */
  inGroup(group: string): Promise<readonly Actor[]>;
  /** At most a minute old; in use, and a person's, where Slack does not tell. Never rejects. */
  account(user: Actor): Promise<Account>;
  /** At most ten minutes old; not, where Slack has never told. Never rejects. */
  isGuest(user: Actor): Promise<boolean>;
  /** The members of a channel now. Rejects when Slack cannot be asked. */
  inChannel(channel: string): Promise<readonly Actor[]>;
}

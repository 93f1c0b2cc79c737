import type { Actor } from './actor';

/** A channel, as Slack describes it. */
export interface FoundChannel {
  readonly id: string;
  readonly name: string;
  /** Whether Warmline's bot is in it. */
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
  /** Slack says that it is not private, if it says so at all. */
  readonly isPublic: boolean;
  /** The other companies' workspaces that read it or are invited to, as far as Slack names them; null: none. */
  readonly sharedWith: readonly string[] | null;
}

/**
 * A channel's state, according to Slack, with the name of a private one, because its mention works only for its
 * members; `fault`: what is wrong and what to do; `unknown`: Slack does not answer.
 */
export type ChannelState =
  | (ChannelSeen & { readonly is: 'fine' })
  | { readonly is: 'checking' | 'unknown' }
  | (ChannelSeen & { readonly is: 'fault'; readonly reason: string });
export interface ChannelSeen {
  readonly privateName: string | null;
  /** The other company that reads it or is invited to, in words; null: none. */
  readonly sharedWith: string | null;
}

/** A person, as Slack describes them. */
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
 * What is checked in Slack before something goes into the directory. Each method returns null if there is no such
 * thing, or none that the app sees; answers are at most a minute old. Rejects if Slack is unreachable.
 */
export interface SlackLookup {
  channelByName(name: string): Promise<FoundChannel | null>;
  channelById(id: string): Promise<FoundChannel | null>;
  userByEmail(email: string): Promise<FoundUser | null>;
  userById(id: string): Promise<FoundUser | null>;
  /** Workspaces in words, by name if Slack returns it. Never rejects. */
  companies(teams: readonly string[]): Promise<readonly string[]>;
  /** Drops what is cached about a channel. */
  forget(channel: string): void;
  /** All user groups in use, by handle. */
  groups(): Promise<readonly FoundGroup[]>;
  /** The private channels that Warmline is in, by name; not cached, because people invite it and look again. */
  privateChannels(): Promise<readonly FoundChannel[]>;
}

/** An account in Slack: whether it is in use, its time zone, and whether it is a bot's or a guest's. */
export interface Account {
  readonly active: boolean;
  readonly timeZone: string | null;
  readonly isBot: boolean;
  /** Null if Slack does not return it. */
  readonly isGuest: boolean | null;
}

/** Who is where in Slack. */
export interface PeopleLookup {
  /** The people of a user group, at most a minute old; empty if Slack has never answered. Never rejects. */
  inGroup(group: string): Promise<readonly Actor[]>;
  /** At most a minute old; active and a person if Slack does not answer. Never rejects. */
  account(user: Actor): Promise<Account>;
  /** At most ten minutes old; false if Slack has never answered. Never rejects. */
  isGuest(user: Actor): Promise<boolean>;
  /** The members of a channel now. Rejects if Slack is unreachable. */
  inChannel(channel: string): Promise<readonly Actor[]>;
}

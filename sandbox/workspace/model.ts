import type { JsonObject } from '../client-protocol';
import type { MessageLog } from './message-log';

/** A person of the workspace, or a bot. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  /** IANA zone. */
  readonly tz: string;
  readonly role: string;
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  deleted: boolean;
  /** This person's workspace, if it is another company's (Slack Connect). */
  team?: string;
  /** A guest, in some channels or in one. */
  guest?: 'multi' | 'single' | undefined;
  presence: 'active' | 'away';
}

export interface Channel {
  /** Changes only when someone starts to share a private channel. */
  id: string;
  /** Without #; '' for a direct message. */
  readonly name: string;
  type: 'public' | 'private' | 'im';
  topic: string;
  archived: boolean;
  /** Workspaces of other companies that it is shared with (Slack Connect); `pending`: invited. */
  connected?: { readonly teams: readonly string[]; readonly pending: boolean };
  /** Shared with another workspace of the same company. */
  orgShared?: boolean;
  /** Epoch seconds. */
  readonly created: number;
  readonly creator: string;
  readonly members: Set<string>;
  readonly log: MessageLog;
  /** By user id: the ts up to which that person has read. */
  readonly lastRead: Map<string, string>;
}

export interface FileRecord {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  title: string;
  size: number;
  readonly user: string;
  /** Epoch seconds. */
  readonly created: number;
  /** Channels it was shared in. */
  sharedIn: string[];
  /** Submitted to the app in a file input. */
  givenToApp: boolean;
  complete: boolean;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  users: readonly string[];
}

/** A modal or Home with the state that the workspace keeps for it. */
export interface StoredView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  payload: JsonObject;
  hash: string;
  /** Replaced, never mutated: payloads already sent do not change. */
  values: ViewValues;
  readonly rootId: string;
  readonly previousId: string | null;
  /** The last submission's errors by block id; shown until the next submission or update. */
  errors: { [blockId: string]: string };
}
export type ViewValues = { [blockId: string]: { [actionId: string]: JsonObject } };

/** What tests and the demo seed. Ids are derived from the names, so they are the same in every run. */
export interface UserSeed {
  readonly name: string;
  readonly realName?: string;
  readonly email?: string;
  readonly tz?: string;
  /** What this person does, for the page's user switcher. */
  readonly role?: string;
  readonly admin?: boolean;
  readonly deleted?: boolean;
  readonly id?: string;
}
export interface ChannelSeed {
  readonly name: string;
  readonly private?: boolean;
  readonly topic?: string;
  /** Names of the members; absent: everyone. */
  readonly members?: readonly string[];
  /** Whether the app is a member; absent: true. */
  readonly app?: boolean;
  readonly archived?: boolean;
  readonly id?: string;
}
export interface UserGroupSeed {
  readonly handle: string;
  readonly name?: string;
  readonly users: readonly string[];
}

import type { FaultSettings, JsonObject, TrafficEntry } from '../client-protocol';
import type { Actor } from './actor';
import type { WorkspaceEvent } from './bus';
import type { WorkspaceClock } from './clock';
import type { renumber } from './membership';
import type { MessageReading } from './reading';

/** A running workspace with the app installed. */
export interface Workspace {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What the app gets as SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly teamId: string;
  /** Ids by name. */
  readonly ids: {
    readonly users: { readonly [name: string]: string };
    readonly channels: { readonly [name: string]: string };
    /** By handle. */
    readonly userGroups: { readonly [handle: string]: string };
  };
  readonly clock: WorkspaceClock;
  readonly faults: {
    readonly settings: FaultSettings;
    set(partial: Partial<FaultSettings>): Promise<void>;
    clear(): void;
    /** Cuts the app's sockets without notice. */
    dropSockets(): void;
    /** Asks the app to reconnect, as Slack does now and then. */
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  };
  /** The newest 2,000 entries, oldest first. */
  readonly traffic: readonly TrafficEntry[];
  /** Whether the app has a socket open (or, in HTTP mode, an address). */
  readonly connected: boolean;
  /** How many web sockets the app has open: one per instance, none in HTTP mode. */
  readonly sockets: number;
  /** Acts as a person, by handle or id. */
  as(user: string): Actor;
  setAppUrl(url: string): void;
  /** Receives every event until the returned function is called. */
  watch(listener: (event: WorkspaceEvent) => void): () => void;
  /** Looks now and after each event until `look` returns something truthy; rejects after `timeoutMs` (10 s). */
  waitFor<T>(
    look: (event?: WorkspaceEvent) => T | undefined | null | false,
    timeoutMs?: number,
    what?: string,
  ): Promise<T>;
  /** Resolves when the app is connected. */
  waitForApp(timeoutMs?: number): Promise<boolean>;
  /** All top-level messages of a channel, oldest first, whoever may see them. */
  messages(channel: string): MessageReading[];
  /** How many messages a channel has, including replies. */
  messageCount(channel: string): number;
  thread(channel: string, ts: string): MessageReading[];
  /** Sends the app an event as it is; `envelope` replaces parts of its envelope, such as its `event_id`. */
  tell(event: JsonObject, envelope?: JsonObject): Promise<void>;
  /** Deletes a message as someone who manages the channel. Resolves once the app was told. */
  deleteMessage(message: { readonly channel: string; readonly ts: string }): Promise<void>;
  /** Deletes a message and its replies like Slack's retention, without telling the app. */
  forget(message: { readonly channel: string; readonly ts: string }): void;
  inviteApp(channel: string): void;
  removeApp(channel: string): void;
  archive(channel: string): void;
  unarchive(channel: string): void;
  /** Shares a channel with another company, or invites it. Resolves once the app was told (never of an invitation). */
  share(channel: string, team: string, how?: { readonly pending?: boolean; readonly silent?: boolean }): Promise<void>;
  /** Ends that. Resolves once the app was told. */
  unshare(channel: string): Promise<void>;
  /** Gives a private channel another id, as Slack does once someone starts to share it; returns what the app is told. */
  renumber(channel: string, how?: { readonly silent?: boolean }): ReturnType<typeof renumber>;
  /** Shares a channel with another workspace of the same company. */
  shareInOrg(channel: string): void;
  /** Makes a private channel public, or a public one private; Slack does not tell apps. */
  setPrivate(channel: string, isPrivate: boolean): void;
  /** Makes someone a guest, in some channels or in one; with null, a full member again. */
  makeGuest(user: string, guest: 'multi' | 'single' | null): void;
  /** Makes someone a person of another company. */
  makePartner(user: string, team: string): void;
  addMember(channel: string, user: string): void;
  removeMember(channel: string, user: string): void;
  deactivate(user: string): void;
  /** Changes the people of a user group. */
  setUserGroup(handle: string, users: readonly string[]): void;
  stop(): Promise<void>;
}

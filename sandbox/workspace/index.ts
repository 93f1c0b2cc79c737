import type { AddressInfo } from 'node:net';
import { parseManifest } from '../block-kit';
import type { FaultSettings, JsonObject, TrafficEntry } from '../client-protocol';
import { Actor } from './actor';
import type { WorkspaceEvent } from './bus';
import { channelsOf, idsOf, messagesOf, peopleOf } from './by-hand';
import { createClock, type WorkspaceClock } from './clock';
import { Core, type Host } from './core';
import { Deliveries } from './deliveries';
import { faultOf } from './errors';
import type { renumber } from './membership';
import { registry } from './methods';
import type { ChannelSeed, UserGroupSeed, UserSeed } from './model';
import { StateFile } from './persist';
import { personOf } from './person';
import type { MessageReading } from './reading';
import { buildServer } from './server';
import { SignedHttp } from './signed-http';
import { SocketMode } from './socket-mode';
import { SLACK_TIMING, type Timing } from './timing';
import { WebApi } from './web-api';

export { Actor, type Submission } from './actor';
export type { FillValue } from './answering';
export type { WorkspaceEvent } from './bus';
export { createClock, type WorkspaceClock } from './clock';
export type { Host } from './core';
export type { ChannelSeed, UserGroupSeed, UserSeed } from './model';
export type { MessageReading, ViewReading } from './reading';
export type { Timing } from './timing';

export interface WorkspaceOptions {
  /** The app's manifest as parsed JSON, from which the workspace installs the app. */
  readonly manifest: unknown;
  /** 0 (the default) takes any free port; a busy one, the next free one. */
  readonly port?: number;
  readonly team?: string;
  readonly users?: readonly UserSeed[];
  readonly channels?: readonly ChannelSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
  readonly timing?: Partial<Timing>;
  readonly clock?: WorkspaceClock;
  /** Static files served at /. */
  readonly pageDir?: string;
  readonly host?: Host;
  /** Signed HTTP: where the app listens. A bare origin means `/slack/events`. */
  readonly appUrl?: string;
  /** Where channels, messages and people are kept between runs. */
  readonly stateFile?: string;
  readonly log?: (line: string) => void;
}

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

const DEFAULT_USERS: readonly UserSeed[] = [
  { name: 'ana', realName: 'Ana Agent', role: 'Agent' },
  { name: 'dana', realName: 'Dana Diaz', role: 'Area Manager' },
  { name: 'admin', realName: 'Ada Admin', role: 'Admin', admin: true },
];

/**
 * Starts a workspace with the app of this manifest installed, on 127.0.0.1. Throws if Slack would refuse the manifest,
 * or a seed names an unknown person.
 */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const parsed = parseManifest(options.manifest);
  if (!parsed.ok) throw new Error(`Slack would not take this manifest:\n${parsed.messages.join('\n')}`);
  const timing = { ...SLACK_TIMING, ...options.timing };
  const { clock = createClock(), host = {}, team = 'Warmline Demo' } = options;
  const core = new Core(parsed.manifest, timing, clock, host, team);
  const state = options.stateFile === undefined ? undefined : new StateFile(core, options.stateFile);
  await state?.load();
  const seeds = {
    users: options.users ?? DEFAULT_USERS,
    channels: options.channels ?? [{ name: 'general' }],
    userGroups: options.userGroups ?? [],
  };
  core.store.seed(core.team.id, seeds, core.app.bot, core.nowSec());

  const sockets = new SocketMode(core);
  const http = new SignedHttp(core);
  const deliveries = new Deliveries(core, parsed.manifest.settings?.socket_mode_enabled ? sockets : http);
  core.deliveries = deliveries;
  const server = await buildServer(core, new WebApi(core, registry(sockets)), sockets, options.pageDir);
  core.url = await listen(server, options.port ?? 0);
  if (options.appUrl !== undefined) http.setAppUrl(options.appUrl);
  state?.watch();
  options.log?.(`Workspace ${core.team.name} at ${core.url}`);

  return {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    botToken: core.credentials.bot,
    appToken: core.credentials.app,
    signingSecret: core.credentials.signingSecret,
    botUserId: core.app.bot.id,
    teamId: core.team.id,
    get ids() {
      return idsOf(core);
    },
    clock: {
      now: () => core.clock.now(),
      advance: (ms) => core.advanceClock(ms),
      get offsetMs() {
        return core.clock.offsetMs;
      },
    },
    faults: faultsOf(core, sockets),
    get traffic() {
      return core.traffic.list();
    },
    get connected() {
      return core.connected;
    },
    get sockets() {
      return sockets.count;
    },
    as: (user) => new Actor(personOf(core, user)),
    setAppUrl: (url) => http.setAppUrl(url),
    watch: (listener) => core.bus.on(listener),
    waitFor: (look, timeoutMs = 10_000, what) => core.bus.until(look, timeoutMs, what),
    waitForApp: (timeoutMs = 10_000) => core.bus.until(() => core.connected, timeoutMs, 'the app to connect'),
    ...messagesOf(core),
    ...channelsOf(core),
    ...peopleOf(core),
    async stop() {
      deliveries.stop();
      await sockets.close();
      await server.close();
      await state?.close();
    },
  };
}

const faultsOf = (core: Core, sockets: SocketMode): Workspace['faults'] => ({
  get settings() {
    return core.faults.settings;
  },
  set: (partial) => core.setFaults(partial),
  clear: () => core.faults.clear(),
  dropSockets: () => sockets.drop(),
  disconnect: (reason) => sockets.disconnect(reason),
});

const PORTS_TRIED = 50;

async function listen(server: Awaited<ReturnType<typeof buildServer>>, port: number): Promise<string> {
  for (let next = port; ; next += 1) {
    try {
      await server.listen({ host: '127.0.0.1', port: next });
      const address = server.server.address();
      return `http://127.0.0.1:${isAddress(address) ? address.port : next}`;
    } catch (error) {
      if (faultOf(error).code !== 'EADDRINUSE' || next >= port + PORTS_TRIED) throw error;
    }
  }
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

import type { AddressInfo } from 'node:net';
import { parseManifest } from '../block-kit';
import { Actor } from './actor';
import { channelsOf, idsOf, messagesOf, peopleOf } from './by-hand';
import { createClock, type WorkspaceClock } from './clock';
import { Core, type Host } from './core';
import { Deliveries } from './deliveries';
import { faultOf } from './errors';
import { registry } from './methods';
import type { ChannelSeed, UserGroupSeed, UserSeed } from './model';
import { StateFile } from './persist';
import { personOf } from './person';
import { buildServer } from './server';
import { SignedHttp } from './signed-http';
import { SocketMode } from './socket-mode';
import { SLACK_TIMING, type Timing } from './timing';
import { WebApi } from './web-api';
import type { Workspace } from './workspace';

export { Actor, type Submission } from './actor';
export type { FillValue } from './answering';
export { createClock, type WorkspaceClock } from './clock';
export type { Host } from './core';
export type { ChannelSeed, UserGroupSeed, UserSeed } from './model';
export type { MessageReading, ViewReading } from './reading';
export type { Timing } from './timing';
export type { Workspace } from './workspace';

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

import type pino from 'pino';
import type { Workspace } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { Area, ServiceProvider } from '../../src/domain/directory';
import type { Policy } from '../../src/domain/policy';

/** Who works at the call center. */
export const PEOPLE = [
  { name: 'amira', realName: 'Amira Haddad', role: 'Agent', tz: 'America/Chicago' },
  { name: 'ben', realName: 'Ben Cruz', role: 'BPO agent', tz: 'Asia/Manila' },
  { name: 'dana', realName: 'Dana Diaz', role: 'Area Manager, West', tz: 'America/Los_Angeles' },
  { name: 'tom', realName: 'Tom Reyes', role: 'Deputy, West', tz: 'America/Los_Angeles' },
  { name: 'priya', realName: 'Priya Nair', role: 'Area Manager, East', tz: 'America/New_York' },
  { name: 'ada', realName: 'Ada Admin', role: 'Admin', tz: 'America/Chicago', admin: true },
  { name: 'rosa', realName: 'Rosa Quist', role: 'Risk team', tz: 'America/Chicago' },
  { name: 'pat', realName: 'Pat Vance', role: 'Provider Advocate', tz: 'America/Chicago' },
  { name: 'sam', realName: 'Sam Ito', role: 'Resolution Specialist', tz: 'America/Chicago' },
  { name: 'rita', realName: 'Rita Solis', role: 'Resolution Specialist', tz: 'America/New_York' },
];
export const CHANNELS = [
  { name: 'call-floor', members: ['amira', 'ben', 'ada'] },
  { name: 'am-west', members: ['dana', 'tom', 'amira', 'warmline'] },
  { name: 'am-east', members: ['priya', 'warmline'] },
  { name: 'warmline-unrouted', members: ['ada', 'warmline'] },
  { name: 'risk-desk', private: true, members: ['rosa', 'warmline'] },
  { name: 'leadership-desk', private: true, members: ['sam', 'rita', 'warmline'] },
  { name: 'provider-advocates', private: true, members: ['pat', 'warmline'] },
  { name: 'admin-review', private: true, members: ['ada', 'warmline'] },
  { name: 'recognition', private: true, members: ['dana', 'priya', 'warmline'] },
];

/** Roles and channels besides the areas': the default policy of a world. */
function desksOf({ ids }: Workspace): Pick<Policy, 'channels' | 'roles'> {
  const channel = (name: string) => ids.channels[name] ?? null;
  const people = (...names: string[]) => names.map((name) => ids.users[name] ?? '');
  return {
    channels: {
      fallback: channel('warmline-unrouted'),
      risk: channel('risk-desk'),
      leadership: channel('leadership-desk'),
      provider_advocate: channel('provider-advocates'),
      admin_review: channel('admin-review'),
      recognition: channel('recognition'),
      nudges: null,
      transfers: null,
      reports: null,
      proof: null,
    },
    roles: {
      risk: people('rosa'),
      provider_advocate: people('pat'),
      resolution_specialist: people('sam', 'rita'),
    },
  };
}

export const PROVIDERS: readonly ServiceProvider[] = [
  { account: 'ACC100', name: 'Ace Plumbing', area: 'West', phone: null, email: null, status: 'active' },
  { account: 'ACC200', name: 'Bolt Electric', area: 'East', phone: null, email: null, status: 'active' },
  { account: 'ACC300', name: 'Nowhere Movers', area: 'North', phone: null, email: null, status: 'inactive' },
];

/** What a world's directory and policy are instead of the usual ones. */
export interface DirectoryOptions {
  readonly policy?: Partial<Policy>;
  /** False: no channels besides the areas' and the fallback, and no one has a role. */
  readonly desks?: boolean;
  readonly areas?: (areas: Record<string, Area>) => readonly Area[];
}

/** Stores the areas, SPs and policy of a world. */
export async function fillDirectory(
  uri: string,
  workspace: Workspace,
  options: DirectoryOptions,
  log: pino.Logger,
): Promise<void> {
  const { ids } = workspace;
  const connection = await connect(uri, log);
  const store = directoryStore(connection, { now: () => new Date() });
  const fallbackChannel = ids.channels['warmline-unrouted'] ?? null;
  const area = (name: string, timeZone: string, channel: string, manager: string, deputy: string | null): Area => ({
    name,
    timeZone,
    channel: ids.channels[channel] ?? null,
    areaManager: ids.users[manager] ?? null,
    deputy: deputy && (ids.users[deputy] ?? null),
    manager: null,
    fallbackChannel,
  });
  const areas = {
    West: area('West', 'America/Los_Angeles', 'am-west', 'dana', 'tom'),
    East: area('East', 'America/New_York', 'am-east', 'priya', null),
  };
  await store.saveAreas(options.areas ? options.areas(areas) : Object.values(areas));
  await store.saveProviders(PROVIDERS);
  const desks =
    options.desks === false
      ? { channels: { ...DEFAULT_POLICY.channels, fallback: fallbackChannel } }
      : desksOf(workspace);
  // Tests file about the same few SPs, so there are no repeat rules unless a test sets them.
  const policy = { ...DEFAULT_POLICY, ...desks, repeat_rules: [], ...options.policy };
  await store.savePolicy(policy, 'test');
  await connection.close();
}

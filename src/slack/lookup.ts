import { ErrorCode, type WebClient } from '@slack/web-api';
import { answersOf } from '../cache';
import { companyWords } from '../domain/outsider';
import type { FoundChannel, FoundGroup, FoundUser, SlackLookup } from '../domain/workspace';
import type { Companies } from './companies';
import { type NamedUser, nameIn } from './names';
import { pagesOf } from './pages';

/** Slack marks its own bot as a person. */
const SLACKBOT = 'USLACKBOT';
/** How old an answer may be, ms. */
const FRESH_MS = 60_000;
/** The least time between two lists of all channels, ms. */
const RELIST_MS = 10_000;
/** The most answers to cache. */
const MOST_KEPT = 5_000;
/** Platform errors for "there is no such thing (that Warmline can see)". */
const NOT_FOUND = new Set(['channel_not_found', 'users_not_found', 'user_not_found', 'user_not_visible']);

/**
 * Lookups in Slack; a good answer is cached for a minute, and simultaneous callers share one call. Channels are found
 * by name by listing them all. Rejects if Slack refuses (token, scopes) or is unreachable.
 */
export function slackLookup(client: WebClient, now: () => Date, companies: Companies): SlackLookup {
  // Problems are not cached: people fix the cause, and then ask again.
  const { once, forget } = answersOf({ now, freshMs: FRESH_MS, most: MOST_KEPT });
  let listedAt = 0;
  const ownTeam = async () => (await companies.ours())?.teamId ?? null;
  const byName = () =>
    once('names', () => {
      listedAt = +now();
      return channelNames(client, ownTeam);
    });
  const person = (key: string, ask: () => Promise<{ user?: SlackUser }>) =>
    once(key, () => orNull(async () => personOf((await ask()).user, companies)), isInUse);

  return {
    async channelByName(name) {
      const found = (await byName()).get(name) ?? null;
      if (isUsable(found) || Math.abs(+now() - listedAt) < RELIST_MS) return found;
      forget('names');
      return (await byName()).get(name) ?? null;
    },
    channelById: (channel) =>
      once(
        channel,
        () => orNull(async () => channelOf((await client.conversations.info({ channel })).channel, await ownTeam())),
        isUsable,
      ),
    userByEmail: (email) => person(email, () => client.users.lookupByEmail({ email })),
    userById: (user) => person(user, () => client.users.info({ user })),
    companies: (teams) => Promise.all(teams.map(async (id) => companyWords({ id, name: await companies.nameOf(id) }))),
    forget,
    groups: () => once('groups', () => groupsOf(client)),
    privateChannels: async () =>
      (await channels(client, ownTeam, 'private_channel'))
        .filter(isUsable)
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

type OwnTeamId = () => Promise<string | null>;

async function channels(client: WebClient, ownTeam: OwnTeamId, types: string): Promise<FoundChannel[]> {
  const found: FoundChannel[] = [];
  const pages = pagesOf((from) => client.conversations.list({ types, exclude_archived: false, limit: 200, ...from }));
  for await (const page of pages) {
    const own = await ownTeam();
    found.push(...(page.channels ?? []).map((one) => channelOf(one, own)).filter((channel) => channel !== null));
  }
  return found;
}

async function channelNames(client: WebClient, ownTeam: OwnTeamId): Promise<ReadonlyMap<string, FoundChannel>> {
  const found = new Map<string, FoundChannel>();
  // An archived channel keeps its name until it is taken again: the active one wins.
  for (const channel of await channels(client, ownTeam, 'public_channel,private_channel'))
    if (!(channel.isArchived && found.has(channel.name))) found.set(channel.name, channel);
  return found;
}

async function groupsOf(client: WebClient): Promise<readonly FoundGroup[]> {
  const { usergroups = [] } = await client.usergroups.list();
  return usergroups
    .flatMap(({ id, handle = '', name = '', date_delete: deleted }) => (id && !deleted ? [{ id, handle, name }] : []))
    .sort((a, b) => a.handle.localeCompare(b.handle, 'en'));
}

async function personOf(user: SlackUser | undefined, companies: Companies): Promise<FoundUser | null> {
  if (!user?.id) return null;
  const writer = { user: user.id, team: user.team_id ?? null, name: null };
  const company = (await companies.of(writer, { teamId: undefined, enterpriseId: undefined }))?.company;
  const words = company ? companyWords(company) : user.is_stranger ? 'another company' : null;
  const isApp = user.is_bot === true || user.id === SLACKBOT;
  return { id: user.id, isApp, isActive: !user.deleted, name: nameIn(user) ?? user.id, company: words };
}

const isUsable = (channel: FoundChannel | null) => channel?.isMember === true && !channel.isArchived;
/** What Slack says about its sharing; `is_org_shared` alone means another workspace of the same company. */
function sharedWith(channel: SlackChannel, own: string | null): readonly string[] | null {
  const [connected, pending] = [channel.connected_team_ids ?? [], channel.pending_connected_team_ids ?? []];
  const { is_ext_shared: isShared, is_pending_ext_shared: isPending, is_org_shared: isInternal } = channel;
  const home = own ?? channel.context_team_id;
  const host = channel.conversation_host_id;
  const strangers = [...new Set([...connected, ...pending, ...(host ? [host] : [])])].filter((id) => id !== home);
  const isOutside = isShared || isPending || (!isInternal && connected.some((id) => id !== home));
  return isOutside ? strangers : null;
}
const isInUse = (user: FoundUser | null) => user?.isActive === true;

interface SlackChannel {
  id?: string;
  name?: string;
  is_member?: boolean;
  is_archived?: boolean;
  is_private?: boolean;
  is_ext_shared?: boolean;
  is_pending_ext_shared?: boolean;
  is_org_shared?: boolean;
  connected_team_ids?: string[] | null;
  pending_connected_team_ids?: string[] | null;
  conversation_host_id?: string;
  context_team_id?: string;
}
function channelOf(channel: SlackChannel | undefined, own: string | null): FoundChannel | null {
  if (!channel?.id || !channel.name) return null;
  const {
    id,
    name,
    is_member: isMember = false,
    is_archived: isArchived = false,
    is_private: isPrivate = false,
  } = channel;
  const isPublic = channel.is_private === false;
  return { id, name, isMember, isArchived, isPrivate, isPublic, sharedWith: sharedWith(channel, own) };
}

interface SlackUser extends NamedUser {
  id?: string;
  deleted?: boolean;
  is_bot?: boolean;
  team_id?: string;
  is_stranger?: boolean;
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (NOT_FOUND.has(platformError(error) ?? '')) return null;
    throw error;
  }
}

/** Slack's own error code, such as `channel_not_found`, or null. */
function platformError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError || !('data' in error))
    return null;
  return (error.data as { error?: string }).error ?? null;
}

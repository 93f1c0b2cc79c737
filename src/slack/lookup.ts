import { ErrorCode, type WebClient } from '@slack/web-api';
import { companyWords } from '../domain/outsider';
import type { Companies } from './companies';

interface FoundChannel {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
  /** Slack says that it is not private. */
  readonly isPublic: boolean;
  /** The workspaces of other companies that read it, or are invited to, as far as Slack names them; null: none does. */
  readonly sharedWith: readonly string[] | null;
}
interface FoundUser {
  readonly id: string;
  readonly isApp: boolean;
  readonly isActive: boolean;
  readonly name: string;
  /** The other company they belong to, in words; null for our own people. */
  readonly company: string | null;
}
interface FoundGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

/** Channels, people and user groups as Slack tells of them; null where there is no such thing, or none that the app sees. */
export interface Lookup {
  channelByName(name: string): Promise<FoundChannel | null>;
  channelById(id: string): Promise<FoundChannel | null>;
  userByEmail(email: string): Promise<FoundUser | null>;
  userById(id: string): Promise<FoundUser | null>;
  /** Workspaces in words: by name where Slack tells it. Never rejects. */
  companies(teams: readonly string[]): Promise<readonly string[]>;
  /** What Slack told of a channel is asked anew. */
  forget(channel: string): void;
  /** All that are in use, by handle. */
  groups(): Promise<readonly FoundGroup[]>;
  /** The private channels that the app is in, by name; asked anew each time, for people invite it and look again. */
  privateChannels(): Promise<readonly FoundChannel[]>;
}

/** Slack's own bot is marked as a person. */
const SLACKBOT = 'USLACKBOT';
/** How old an answer may be, ms. */
const FRESH_MS = 60_000;
/** The least time between two lists of all channels, ms. */
const RELIST_MS = 10_000;
/** More answers than this are not kept. */
const MOST_KEPT = 5_000;
/** Platform errors that mean "there is no such thing (that Warmline can see)". */
const NOT_FOUND = new Set(['channel_not_found', 'users_not_found', 'user_not_found', 'user_not_visible']);

/**
 * Looks things up in Slack, what is in order at most once a minute; those who ask at once share one call. Names of channels are
 * found by listing them all. Rejects when Slack refuses (token, scopes) or cannot be reached.
 */
export function slackLookup(client: WebClient, now: () => Date, companies: Companies): Lookup {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  /** `isGood`: an answer that is kept. Of the others people mend the cause, and then ask again. */
  const once = <T>(key: string, ask: () => Promise<T>, isGood: (answer: T) => boolean = () => true): Promise<T> => {
    const known = kept.get(key);
    if (known && Math.abs(+now() - known.at) < FRESH_MS) return known.answer as Promise<T>;
    const answer = ask();
    kept.delete(key);
    kept.set(key, { at: +now(), answer });
    const forget = () => kept.delete(key);
    answer.then((given) => isGood(given) || forget(), forget);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };

  const ownTeam = async () => (await companies.ours())?.teamId ?? null;
  const person = async (user: SlackUser | undefined): Promise<FoundUser | null> => {
    if (!user?.id) return null;
    const writer = { user: user.id, team: user.team_id ?? null, name: null };
    const company = (await companies.of(writer, { teamId: undefined, enterpriseId: undefined }))?.company;
    const words = company ? companyWords(company) : user.is_stranger ? 'another company' : null;
    const isApp = user.is_bot === true || user.id === SLACKBOT;
    return {
      id: user.id,
      isApp,
      isActive: !user.deleted,
      name: user.real_name || user.name || user.id,
      company: words,
    };
  };
  const channels = async (types: string): Promise<FoundChannel[]> => {
    const found: FoundChannel[] = [];
    let cursor = '';
    do {
      const page = await client.conversations.list({
        types,
        exclude_archived: false,
        limit: 200,
        ...(cursor && { cursor }),
      });
      const own = await ownTeam();
      found.push(...(page.channels ?? []).map((one) => channelOf(one, own)).filter((channel) => channel !== null));
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor);
    return found;
  };
  const channelNames = async (): Promise<Map<string, FoundChannel>> => {
    const found = new Map<string, FoundChannel>();
    // An archived channel keeps its name until somebody takes it again: the live one wins.
    for (const channel of await channels('public_channel,private_channel'))
      if (!(channel.isArchived && found.has(channel.name))) found.set(channel.name, channel);
    return found;
  };

  return {
    async channelByName(name) {
      const found = (await once('names', channelNames)).get(name) ?? null;
      const age = +now() - (kept.get('names')?.at ?? 0);
      if (isUsable(found) || Math.abs(age) < RELIST_MS) return found;
      kept.delete('names');
      return (await once('names', channelNames)).get(name) ?? null;
    },
    channelById: (channel) =>
      once(
        channel,
        () => orNull(async () => channelOf((await client.conversations.info({ channel })).channel, await ownTeam())),
        isUsable,
      ),
    userByEmail: (email) =>
      once(email, () => orNull(async () => person((await client.users.lookupByEmail({ email })).user)), isInUse),
    userById: (user) => once(user, () => orNull(async () => person((await client.users.info({ user })).user)), isInUse),
    companies: (teams) => Promise.all(teams.map(async (id) => companyWords({ id, name: await companies.nameOf(id) }))),
    forget: (channel) => void kept.delete(channel),
    groups: () =>
      once('groups', async () => {
        const { usergroups = [] } = await client.usergroups.list();
        return usergroups
          .flatMap(({ id, handle = '', name = '', date_delete: deleted }) =>
            id && !deleted ? [{ id, handle, name }] : [],
          )
          .sort((a, b) => a.handle.localeCompare(b.handle, 'en'));
      }),
    privateChannels: async () =>
      (await channels('private_channel')).filter(isUsable).sort((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

const isUsable = (channel: FoundChannel | null) => channel?.isMember === true && !channel.isArchived;
/** Of what Slack says of its sharing; `is_org_shared` alone is another workspace of the same company. */
function sharedWith(channel: SlackChannel, own: string | null): readonly string[] | null {
  const { connected_team_ids: connected = [], pending_connected_team_ids: pending = [] } = channel;
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
  connected_team_ids?: string[];
  pending_connected_team_ids?: string[];
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

interface SlackUser {
  id?: string;
  deleted?: boolean;
  is_bot?: boolean;
  name?: string;
  real_name?: string;
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

/** Slack's own error code, such as `channel_not_found`; null for anything else. */
function platformError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.PlatformError || !('data' in error))
    return null;
  return (error.data as { error?: string }).error ?? null;
}

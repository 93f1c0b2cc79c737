import { ErrorCode, type WebClient } from '@slack/web-api';

interface FoundChannel {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
}
interface FoundUser {
  readonly id: string;
  readonly isActive: boolean;
  readonly name: string;
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
  /** All that are in use, by handle. */
  groups(): Promise<readonly FoundGroup[]>;
  /** The private channels that the app is in, by name; asked anew each time, for people invite it and look again. */
  privateChannels(): Promise<readonly FoundChannel[]>;
}

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
export function slackLookup(client: WebClient, now: () => Date): Lookup {
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
      found.push(...(page.channels ?? []).map(channelOf).filter((channel) => channel !== null));
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
        () => orNull(async () => channelOf((await client.conversations.info({ channel })).channel)),
        isUsable,
      ),
    userByEmail: (email) =>
      once(email, () => orNull(async () => userOf((await client.users.lookupByEmail({ email })).user)), isInUse),
    userById: (user) => once(user, () => orNull(async () => userOf((await client.users.info({ user })).user)), isInUse),
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
const isInUse = (user: FoundUser | null) => user?.isActive === true;

interface SlackChannel {
  id?: string;
  name?: string;
  is_member?: boolean;
  is_archived?: boolean;
  is_private?: boolean;
}
function channelOf(channel: SlackChannel | undefined): FoundChannel | null {
  if (!channel?.id || !channel.name) return null;
  const {
    id,
    name,
    is_member: isMember = false,
    is_archived: isArchived = false,
    is_private: isPrivate = false,
  } = channel;
  return { id, name, isMember, isArchived, isPrivate };
}

interface SlackUser {
  id?: string;
  deleted?: boolean;
  name?: string;
  real_name?: string;
}
const userOf = (user: SlackUser | undefined): FoundUser | null =>
  user?.id ? { id: user.id, isActive: !user.deleted, name: user.real_name || user.name || user.id } : null;

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

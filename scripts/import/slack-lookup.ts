import { ErrorCode, type WebClient } from '@slack/web-api';
import type { FoundChannel, FoundUser, SlackLookup } from '../../src/services/import-people-and-channels';

/** Platform errors that mean "there is no such thing (that Warmline can see)". */
const NOT_FOUND = new Set(['channel_not_found', 'users_not_found', 'user_not_found', 'user_not_visible']);

/**
 * Slack as an import sees it. Everything is asked for at most once: names of channels by listing them all, people and
 * ids one by one. Rejects when Slack refuses (token, scopes) or cannot be reached.
 */
export function slackLookup(client: WebClient): SlackLookup {
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    const asked = ask();
    kept.set(key, asked);
    return asked;
  };

  const channelNames = async (): Promise<Map<string, FoundChannel>> => {
    const found = new Map<string, FoundChannel>();
    let cursor = '';
    do {
      const page = await client.conversations.list({
        types: 'public_channel,private_channel',
        exclude_archived: false,
        limit: 200,
        ...(cursor && { cursor }),
      });
      for (const channel of page.channels ?? []) {
        const read = channelOf(channel);
        // An archived channel keeps its name until somebody takes it again: the live one wins.
        if (read && !(read.isArchived && found.has(read.name))) found.set(read.name, read);
      }
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor);
    return found;
  };

  return {
    channelByName: async (name) => (await once('names', channelNames)).get(name) ?? null,
    channelById: (channel) =>
      once(channel, () => orNull(async () => channelOf((await client.conversations.info({ channel })).channel))),
    userByEmail: (email) =>
      once(email, () => orNull(async () => userOf((await client.users.lookupByEmail({ email })).user))),
    hasGroup: async (id) =>
      (await once('groups', async () => (await client.usergroups.list()).usergroups ?? [])).some(
        (group) => group.id === id,
      ),
    userById: (user) => once(user, () => orNull(async () => userOf((await client.users.info({ user })).user))),
  };
}

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

const userOf = (user: { id?: string; deleted?: boolean } | undefined): FoundUser | null =>
  user?.id ? { id: user.id, isActive: !user.deleted } : null;

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

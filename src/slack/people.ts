import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';

const GROUP_MS = 60_000;

/** Who is in a user group or a channel, as Slack knows it. */
export interface SlackPeople {
  /** The people of a user group, at most a minute old; nobody when Slack has never told. Never rejects. */
  inGroup(group: string): Promise<readonly string[]>;
  /** Whether an account is in use, and its time zone; at most a minute old. In use where Slack does not tell. Never rejects. */
  account(user: string): Promise<{ readonly active: boolean; readonly timeZone: string | null }>;
  /** The members of a channel now. Rejects when Slack cannot be asked. */
  inChannel(channel: string): Promise<readonly string[]>;
}

/** Asks Slack; a group's people are kept for a minute, and longer while Slack does not answer. */
export function slackPeople(client: WebClient, now: () => Date, log: Logger): SlackPeople {
  const accounts = new Map<string, { at: number; active: boolean; timeZone: string | null }>();
  const groups = new Map<string, { at: number; users: readonly string[] }>();

  return {
    async inGroup(group) {
      const known = groups.get(group);
      if (known && Math.abs(+now() - known.at) < GROUP_MS) return known.users;
      try {
        const { users = [] } = await client.usergroups.users.list({ usergroup: group });
        groups.set(group, { at: +now(), users });
        return users;
      } catch (error) {
        log.warn({ err: error, group }, 'Slack does not tell who is in this user group; what was known of it stands');
        return known?.users ?? [];
      }
    },

    async account(id) {
      const known = accounts.get(id);
      if (known && Math.abs(+now() - known.at) < GROUP_MS) return known;
      try {
        const { user } = await client.users.info({ user: id });
        const account = { at: +now(), active: user?.deleted !== true, timeZone: user?.tz ?? null };
        accounts.set(id, account);
        return account;
      } catch (error) {
        log.warn({ err: error, user: id }, 'Slack does not tell about this person; what was known of them stands');
        return known ?? { active: true, timeZone: null };
      }
    },

    async inChannel(channel) {
      const members: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.conversations.members({ channel, limit: 1000, ...(cursor ? { cursor } : {}) });
        members.push(...(page.members ?? []));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return members;
    },
  };
}

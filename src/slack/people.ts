import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';

const GROUP_MS = 60_000;
/** Who is a guest seldom changes, and every click asks. */
const GUEST_MS = 10 * 60_000;
const MOST_GUESTS = 20_000;
/** Slack's own bot is marked as a person. */
const SLACKBOT = 'USLACKBOT';

/** An account in Slack: whether it is in use, its time zone, and whether it is a bot's or a guest's. */
interface Account {
  readonly active: boolean;
  readonly timeZone: string | null;
  readonly isBot: boolean;
  /** Null where Slack does not tell. */
  readonly isGuest: boolean | null;
}

/** Who is in a user group or a channel, as Slack knows it. */
export interface SlackPeople {
  /** The people of a user group, at most a minute old; nobody when Slack has never told. Never rejects. */
  inGroup(group: string): Promise<readonly string[]>;
  /** At most a minute old; in use, and a person's, where Slack does not tell. Never rejects. */
  account(user: string): Promise<Account>;
  /** At most ten minutes old; not, where Slack has never told. Never rejects. */
  isGuest(user: string): Promise<boolean>;
  /** The members of a channel now. Rejects when Slack cannot be asked. */
  inChannel(channel: string): Promise<readonly string[]>;
  /** The e-mail address that a profile shows now, and the time zone. Rejects when Slack cannot be asked. */
  mailboxOf(user: string): Promise<{ readonly address: string | null; readonly timeZone: string | null }>;
}

/** Asking such a server again at once would bring the same. */
const lacksMethod = (error: unknown): boolean =>
  (error as { data?: { error?: string } }).data?.error === 'unknown_method';

/** Asks Slack; what it tells is kept for a minute, and longer while it does not answer. Those who ask at once share one call. */
export function slackPeople(client: WebClient, now: () => Date, log: Logger): SlackPeople {
  const accounts = new Map<string, { readonly at: number; readonly account: Promise<Account> }>();
  const guests = new Map<string, { readonly at: number; readonly isGuest: boolean }>();
  const groups = new Map<string, { at: number; users: readonly string[] }>();

  async function ask(id: string, known: Promise<Account> | undefined): Promise<Account> {
    try {
      const { user } = await client.users.info({ user: id });
      return {
        active: user?.deleted !== true,
        timeZone: user?.tz ?? null,
        isBot: user?.is_bot === true || id === SLACKBOT,
        isGuest: user?.is_restricted === true || user?.is_ultra_restricted === true,
      };
    } catch (error) {
      const account = (await known) ?? { active: true, timeZone: null, isBot: false, isGuest: null };
      if (lacksMethod(error)) {
        log.warn({ method: 'users.info' }, 'this Slack server lacks a method; Warmline goes on without what it gives');
        return account;
      }
      log.warn({ err: error, user: id }, 'Slack does not tell about this person; what was known of them stands');
      accounts.set(id, { at: 0, account: Promise.resolve(account) });
      return account;
    }
  }

  function account(id: string): Promise<Account> {
    const known = accounts.get(id);
    if (known && Math.abs(+now() - known.at) < GROUP_MS) return known.account;
    const asked = ask(id, known?.account);
    accounts.set(id, { at: +now(), account: asked });
    return asked;
  }

  return {
    account,
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

    async isGuest(id) {
      const known = guests.get(id);
      if (known && Math.abs(+now() - known.at) < GUEST_MS) return known.isGuest;
      const { isGuest } = await account(id);
      if (isGuest === null) return known?.isGuest ?? false;
      guests.delete(id);
      guests.set(id, { at: +now(), isGuest });
      const [oldest] = guests.keys();
      if (guests.size > MOST_GUESTS && oldest !== undefined) guests.delete(oldest);
      return isGuest;
    },

    async mailboxOf(id) {
      const { user } = await client.users.info({ user: id });
      return { address: user?.profile?.email ?? null, timeZone: user?.tz ?? null };
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

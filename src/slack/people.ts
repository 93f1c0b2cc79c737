import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { answersOf, lastKnown } from '../cache';
import { knownZone } from '../domain/preferences';
import type { Account, PeopleLookup } from '../domain/workspace';
import { pagesOf } from './pages';
import { lacksMethod, refusalOf } from './refusal';

const FRESH_MS = 60_000;
const MOST_KEPT = 20_000;
/** Guests seldom change, and every click asks. */
const GUEST_MS = 10 * 60_000;
/** Slack marks its own bot as a person. */
const SLACKBOT = 'USLACKBOT';
const UNKNOWN: Account = { active: true, timeZone: null, isBot: false, isGuest: null };
/** An account that was removed, or merged into another. */
const NO_ONE: Account = { ...UNKNOWN, active: false };

/** Who is where in Slack, and their email addresses. */
export interface SlackPeople extends PeopleLookup {
  /** The email address in a profile now, and the time zone. Rejects if Slack is unreachable. */
  mailboxOf(user: string): Promise<{ readonly address: string | null; readonly timeZone: string | null }>;
}

/** Asks Slack; answers are cached for a minute, or longer without a new one. Simultaneous callers share a call. */
export function slackPeople(client: WebClient, now: () => Date, log: Logger): SlackPeople {
  const accounts = lastKnown<Account>(
    {
      now,
      freshMs: FRESH_MS,
      most: MOST_KEPT,
      otherwise: UNKNOWN,
      onFault: (error, user) =>
        log.warn({ err: error, user }, 'Slack does not return this person; what is known of them is used'),
    },
    (id) =>
      accountOf(client, id).catch((error: unknown) => {
        if (refusalOf(error) === 'user_not_found') return NO_ONE;
        if (!lacksMethod(error)) throw error;
        log.warn({ method: 'users.info' }, 'this Slack server lacks a method; Warmline continues without it');
        return UNKNOWN;
      }),
  );
  const groups = lastKnown<readonly string[]>(
    {
      now,
      freshMs: FRESH_MS,
      most: MOST_KEPT,
      otherwise: [],
      onFault: (error, group) =>
        log.warn({ err: error, group }, 'Slack does not say who is in this user group; what is known of it is used'),
    },
    (id) => membersOf(client, id),
  );
  const guests = answersOf({ now, freshMs: GUEST_MS, most: MOST_KEPT });
  const guestOf = async (id: string) => (await accounts.get(id)).isGuest;

  return {
    account: accounts.get,
    inGroup: groups.get,
    isGuest: async (id) =>
      (await guests.once(
        id,
        () => guestOf(id),
        (told) => told !== null,
      )) ?? false,

    async mailboxOf(id) {
      const { user } = await client.users.info({ user: id }).catch((error: unknown) => {
        if (refusalOf(error) === 'user_not_found') return { user: undefined };
        throw error;
      });
      return { address: user?.profile?.email ?? null, timeZone: knownZone(user?.tz) };
    },

    async inChannel(channel) {
      const found: string[] = [];
      const pages = pagesOf((from) => client.conversations.members({ channel, limit: 1000, ...from }));
      for await (const { members = [] } of pages) found.push(...members);
      return found;
    },
  };
}

/** One that was deleted or disabled has no one: what its members were given goes with it. */
async function membersOf(client: WebClient, usergroup: string): Promise<readonly string[]> {
  try {
    return (await client.usergroups.users.list({ usergroup })).users ?? [];
  } catch (error) {
    if (refusalOf(error) === 'no_such_subteam') return [];
    throw error;
  }
}

async function accountOf(client: WebClient, id: string): Promise<Account> {
  const { user } = await client.users.info({ user: id });
  return {
    active: user?.deleted !== true,
    timeZone: knownZone(user?.tz),
    isBot: user?.is_bot === true || id === SLACKBOT,
    isGuest: user?.is_restricted === true || user?.is_ultra_restricted === true,
  };
}

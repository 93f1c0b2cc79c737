import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Outsider } from '../domain/outsider';

/** Who wrote something, as Slack's event tells of it. */
export interface Writer {
  readonly user: string;
  /** The workspace they belong to; null when the event does not say. */
  readonly team: string | null;
  /** What the event calls them. */
  readonly name: string | null;
}
/** The workspace that Warmline is installed in, and its organization where it has one. */
export interface OwnTeam {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
}

/** Tells whether somebody belongs to another company, and what Slack knows of that; null for our own people. Never rejects. */
export type Companies = (writer: Writer, own: OwnTeam) => Promise<Outsider | null>;

const MOST_KEPT = 500;

/** Slack is asked about writers of other workspaces alone; what it tells is kept. */
export function slackCompanies(client: WebClient, log: Logger): Companies {
  const kept = new Map<string, Promise<{ name: string | null; enterprise: string | null }>>();
  const companies = new Map<string, Promise<string | null>>();
  const once = <T>(cache: Map<string, Promise<T>>, id: string, ask: () => Promise<T>, otherwise: T): Promise<T> => {
    const asked =
      cache.get(id) ??
      ask().catch((error: unknown) => {
        log.warn({ err: error, id }, 'Slack does not tell about somebody of another company; their ids stand for it');
        cache.delete(id);
        return otherwise;
      });
    cache.set(id, asked);
    const [oldest] = cache.keys();
    if (cache.size > MOST_KEPT && oldest !== undefined) cache.delete(oldest);
    return asked;
  };
  const personOf = async (user: string) => {
    const { user: found } = await client.users.info({ user });
    const name = found?.profile?.real_name || found?.real_name || found?.name || null;
    return { name, enterprise: found?.enterprise_user?.enterprise_id ?? null };
  };
  const nameOf = async (team: string) => {
    const { team: found } = await client.team.info({ team });
    return found?.id === team ? (found.name ?? null) : null;
  };

  return async ({ user, team, name }, { teamId, enterpriseId }) => {
    if (!team || !teamId || team === teamId || team === enterpriseId) return null;
    const [person, company] = await Promise.all([
      once(kept, user, () => personOf(user), { name: null, enterprise: null }),
      once(companies, team, () => nameOf(team), null),
    ]);
    if (enterpriseId && person.enterprise === enterpriseId) return null;
    return { company: { id: team, name: company }, name: person.name ?? name };
  };
}

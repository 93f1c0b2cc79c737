import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { answersOf } from '../cache';
import type { Outsider } from '../domain/outsider';
import { DeadlineError, within } from '../services/deadline';

/** Who did something, as Slack tells of it. */
export interface Writer {
  readonly user: string;
  /** The workspace they belong to; null when Slack does not say. */
  readonly team: string | null;
  /** What Slack calls them there. */
  readonly name: string | null;
}
/** The workspace that Warmline is installed in, and its organization where it has one. */
export interface OwnTeam {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  readonly name?: string | undefined;
}

/** Which company someone belongs to. */
export interface Companies {
  /**
   * What Slack knows of someone of another company; null for our own people. `told`: whose Warmline this is by the
   * request, for where Slack does not answer; requests from shared channels may name the other workspace. Never rejects.
   */
  of(writer: Writer, told: OwnTeam): Promise<Outsider | null>;
  /** Whose Warmline this is, as Slack says; null where it does not answer. Never rejects. */
  ours(): Promise<OwnTeam | null>;
  /** What a workspace is called; null where Slack does not tell. Never rejects. */
  nameOf(team: string): Promise<string | null>;
}

/** People and workspaces. */
const MOST_KEPT = 1000;
/** So long someone's click waits for what Slack knows of them, ms: without it, ids stand for names. */
const PATIENCE_MS = 800;

/** Slack is asked about people of other workspaces alone; what it tells is kept. */
export function slackCompanies(client: WebClient, log: Logger): Companies {
  const kept = answersOf({ now: () => new Date(), most: MOST_KEPT });
  const once = <T>(id: string, ask: () => Promise<T>, otherwise: T): Promise<T> => {
    const told = kept.once(id, ask).catch((error: unknown) => {
      log.warn(
        { err: error, id },
        'Slack does not say which company a person belongs to; what the request says is used',
      );
      return otherwise;
    });
    // What comes later is kept anyway.
    return within(PATIENCE_MS, told).catch((error: unknown) => {
      if (error instanceof DeadlineError) return otherwise;
      throw error;
    });
  };
  const personOf = async (user: string) => {
    const { user: found } = await client.users.info({ user });
    const name = found?.profile?.real_name || found?.real_name || found?.name || null;
    return { name, enterprise: found?.enterprise_user?.enterprise_id ?? null };
  };
  const companyOf = async (team: string) => {
    const { team: found } = await client.team.info({ team });
    return found?.id === team ? (found.name ?? null) : null;
  };
  const ourTeam = async (): Promise<OwnTeam> => {
    const { team_id: teamId, enterprise_id: enterpriseId, team: name } = await client.auth.test();
    return { teamId, enterpriseId, name };
  };
  const nameOf = (team: string) => once<string | null>(team, () => companyOf(team), null);
  const ours = () => once<OwnTeam | null>('own', ourTeam, null);

  return {
    async of({ user, team, name }, told) {
      if (!team) return null;
      const { teamId = told.teamId, enterpriseId = told.enterpriseId } = (await ours()) ?? told;
      if (!teamId || team === teamId || team === enterpriseId) return null;
      const [person, company] = await Promise.all([
        once(user, () => personOf(user), { name: null, enterprise: null }),
        nameOf(team),
      ]);
      if (enterpriseId && person.enterprise === enterpriseId) return null;
      return { company: { id: team, name: company }, name: person.name ?? name };
    },
    ours,
    nameOf,
  };
}

import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { answersOf } from '../cache';
import type { Outsider } from '../domain/outsider';
import { DeadlineError, within } from '../services/deadline';
import { nameIn } from './names';

/** Who did something, according to Slack. */
export interface Writer {
  readonly user: string;
  /** Their workspace; null if Slack does not say. */
  readonly team: string | null;
  /** Their name there, according to Slack. */
  readonly name: string | null;
}
/** The workspace that Warmline is installed in, and its organization, if any. */
export interface OwnTeam {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  readonly name?: string | undefined;
}

/** Slack does not say whether someone of another workspace belongs to our organization. */
export class UnknownCompanyError extends Error {}

/** Which company someone belongs to. */
export interface Companies {
  /**
   * Someone of another company; null for our own people. `told`: our workspace according to the request, in case Slack
   * does not answer; requests from shared channels may name the other workspace. Rejects only with UnknownCompanyError.
   */
  of(writer: Writer, told: OwnTeam): Promise<Outsider | null>;
  /** Our workspace, according to Slack; null if it does not answer. Never rejects. */
  ours(): Promise<OwnTeam | null>;
  /** A workspace's name; null if Slack does not return it. Never rejects. */
  nameOf(team: string): Promise<string | null>;
}

interface Person {
  readonly name: string | null;
  readonly team: string | null;
  /** Their organization, if any. */
  readonly enterprise: string | null;
}

/** People and workspaces. */
const MOST_KEPT = 1000;
/** How long a click waits for Slack's answer about someone, ms; after that, the id is used instead of a name. */
const PATIENCE_MS = 800;

/** Asks Slack only about people who may be of other workspaces, and caches the answers. */
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
    // A late answer is cached anyway.
    return within(PATIENCE_MS, told).catch((error: unknown) => {
      if (error instanceof DeadlineError) return otherwise;
      throw error;
    });
  };
  const personOf = async (user: string): Promise<Person> => {
    const { user: found } = await client.users.info({ user });
    const { enterprise_user: ofGrid, team_id: team = null } = found ?? {};
    return { name: nameIn(found ?? {}), team, enterprise: ofGrid?.enterprise_id ?? null };
  };
  const companyOf = async (team: string) => {
    const { team: found } = await client.team.info({ team });
    return found?.id === team ? (found.name ?? null) : null;
  };
  const ourTeam = async (): Promise<OwnTeam> => {
    const { team_id: teamId, enterprise_id: enterpriseId, team: name } = await client.auth.test();
    return { teamId, enterpriseId, name };
  };
  const whoIs = (user: string) => once<Person | null>(user, () => personOf(user), null);
  const nameOf = (team: string) => once<string | null>(team, () => companyOf(team), null);
  const ours = () => once<OwnTeam | null>('own', ourTeam, null);

  return {
    async of({ user, team: given, name }, told) {
      // Slack says nothing about the team of someone who adds an emoji.
      const team = given ?? (await whoIs(user))?.team;
      if (!team) return null;
      const { teamId = told.teamId, enterpriseId = told.enterpriseId } = (await ours()) ?? told;
      if (!teamId || team === teamId || team === enterpriseId) return null;
      const [person, company] = await Promise.all([whoIs(user), nameOf(team)]);
      if (enterpriseId && !person)
        throw new UnknownCompanyError(`Slack does not say which company ${user} belongs to.`);
      if (enterpriseId && person?.enterprise === enterpriseId) return null;
      return { company: { id: team, name: company }, name: person?.name ?? name };
    },
    ours,
    nameOf,
  };
}

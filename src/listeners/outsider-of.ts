import type { Outsider } from '../domain/outsider';
import { isRefusedGuest } from '../services/guests';
import type { OwnTeam, Writer } from '../slack/companies';
import type { ListenerDeps } from './deps';

/**
 * What is known about a person of another company, or a guest who may do nothing. Null for everyone else. Rejects if
 * the store is unreachable, or with UnknownCompanyError if Slack does not say which company they belong to.
 */
export async function outsiderOf(deps: ListenerDeps, writer: Writer, told: OwnTeam): Promise<Outsider | null> {
  const partner = await deps.companies.of(writer, told);
  if (partner) return partner;
  const { user, name } = writer;
  return (await isRefusedGuest(deps, user)) ? { company: null, name: name ?? (await nameOf(deps, user)) } : null;
}

/** Messages do not contain their author's name. */
const nameOf = ({ slack }: ListenerDeps, user: string): Promise<string | null> =>
  slack.userById(user).then(
    (found) => found?.name ?? null,
    () => null,
  );

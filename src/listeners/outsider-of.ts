import type { Outsider } from '../domain/outsider';
import { isRefusedGuest } from '../services/guests';
import type { OwnTeam, Writer } from '../slack/companies';
import type { ListenerDeps } from './deps';

/** What is known of someone who takes no part: of another company, or a guest whom no one lets in. Null for everyone else. */
export async function outsiderOf(deps: ListenerDeps, writer: Writer, told: OwnTeam): Promise<Outsider | null> {
  const partner = await deps.companies.of(writer, told);
  if (partner) return partner;
  const { user, name } = writer;
  return (await isRefusedGuest(deps, user)) ? { company: null, name: name ?? (await nameOf(deps, user)) } : null;
}

/** Messages do not say what their author is called. */
const nameOf = ({ slack }: ListenerDeps, user: string): Promise<string | null> =>
  slack.userById(user).then(
    (found) => found?.name ?? null,
    () => null,
  );

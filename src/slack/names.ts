import type { WebClient } from '@slack/web-api';
import { pagesOf } from './pages';

const PAGE = 200;

export interface NamedUser {
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly real_name?: string; readonly display_name?: string };
}
/** A person's name as people know it; of a deactivated one, only the profile has it. Null if there is none. */
export const nameIn = ({ profile, real_name: real, name }: NamedUser): string | null =>
  profile?.real_name || real || profile?.display_name || name || null;

/** Everyone's name by Slack id, including deactivated people. Rejects if Slack is unreachable. */
export async function namesOf(client: WebClient): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { members = [] } of pagesOf((from) => client.users.list({ limit: PAGE, ...from })))
    for (const member of members) if (member.id) names.set(member.id, nameIn(member) ?? member.id);
  return names;
}

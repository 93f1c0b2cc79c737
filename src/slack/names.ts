import type { WebClient } from '@slack/web-api';
import { pagesOf } from './pages';

const PAGE = 200;

/** Everyone's name by Slack id, including deactivated people. Rejects if Slack is unreachable. */
export async function namesOf(client: WebClient): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const { members = [] } of pagesOf((from) => client.users.list({ limit: PAGE, ...from })))
    for (const { id, name, profile } of members)
      if (id) names.set(id, profile?.real_name || profile?.display_name || name || id);
  return names;
}

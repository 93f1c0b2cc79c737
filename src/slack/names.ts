import type { WebClient } from '@slack/web-api';

const PAGE = 200;

/** Everyone's name by Slack id, including deactivated people. Rejects if Slack is unreachable. */
export async function namesOf(client: WebClient): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await client.users.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const { id, name, profile } of page.members ?? [])
      if (id) names.set(id, profile?.real_name || profile?.display_name || name || id);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return names;
}

import type { WebClient } from '@slack/web-api';

/** One message with its metadata, in a thread or not; null if it is gone. Rejects if Slack refuses or is unreachable. */
export async function readOne(
  client: Pick<WebClient, 'conversations'>,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<unknown> {
  // Bounded by its own ts, it is found wherever it is in its thread.
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts,
    oldest: ts,
    latest: ts,
    inclusive: true,
    limit: 1,
    include_all_metadata: true,
  });
  return messages.find((message) => message.ts === ts) ?? null;
}

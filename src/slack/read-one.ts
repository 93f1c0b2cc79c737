import type { WebClient } from '@slack/web-api';
import { refusalOf } from './refusal';

/** Slack's codes for a message that is gone. */
const GONE = new Set(['thread_not_found', 'message_not_found']);

/** One message with its metadata, in a thread or not; null if it is gone. Rejects if Slack refuses or is unreachable. */
export async function readOne(
  client: Pick<WebClient, 'conversations'>,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<unknown> {
  // Bounded by its own ts, it is found wherever it is in its thread.
  const bounds = { oldest: ts, latest: ts, inclusive: true, limit: 1 };
  try {
    const { messages = [] } = await client.conversations.replies({
      ...{ channel, ts, ...bounds },
      include_all_metadata: true,
    });
    const found = messages.find((message) => message.ts === ts) as { readonly subtype?: unknown } | undefined;
    return found && found.subtype !== 'tombstone' ? found : null;
  } catch (error) {
    if (GONE.has(refusalOf(error) ?? '')) return null;
    throw error;
  }
}

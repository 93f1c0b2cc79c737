import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { limitOf } from '../slack/clients';

export interface PrivatePlace {
  readonly client: webApi.WebClient;
  readonly user: string;
  /** The channel the person is looking at, or null. */
  readonly channel: string | null;
  /** Answers right where they acted, if Slack gave a way to. */
  readonly answer?: ((text: string, blocks?: KnownBlock[]) => Promise<unknown>) | null;
}

/** Says something to one person only: beside what they did, or by DM where that is not possible. */
export async function tellPrivately(
  { client, user, channel, answer }: PrivatePlace,
  text: string,
  blocks?: KnownBlock[],
): Promise<void> {
  const said = blocks ? { text, blocks } : { text };
  const ways = [
    ...(answer ? [() => answer(text, blocks)] : []),
    ...(channel ? [() => client.chat.postEphemeral({ channel, user, ...said })] : []),
    () => client.chat.postMessage({ channel: user, unfurl_links: false, unfurl_media: false, ...said }),
  ];
  for (const [i, way] of ways.entries()) {
    try {
      await way();
      return;
    } catch (error) {
      if (i === ways.length - 1 || !isRefused(error)) throw error;
    }
  }
}

/** Slack says that it did not say it: another way may do. What may have been said is not said twice. */
function isRefused(error: unknown): boolean {
  const { data, statusCode } = error as { data?: { error?: string }; statusCode?: number };
  return limitOf(error) !== null || data !== undefined || (statusCode !== undefined && statusCode < 500);
}

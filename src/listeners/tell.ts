import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { limitOf } from '../slack/clients';

export interface PrivatePlace {
  readonly client: webApi.WebClient;
  readonly user: string;
  /** The channel the person is looking at, or null. */
  readonly channel: string | null;
  /** Answers right where they acted, if Slack allows it. */
  readonly answer?: ((text: string, blocks?: KnownBlock[]) => Promise<unknown>) | null;
}

/** Tells one person only: where they acted, or by DM if that is impossible. */
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

/** Slack refused it, so another way may work. If it may have been sent, it is not sent twice. */
function isRefused(error: unknown): boolean {
  const { data, statusCode } = error as { data?: { error?: string }; statusCode?: number };
  return limitOf(error) !== null || data !== undefined || (statusCode !== undefined && statusCode < 500);
}

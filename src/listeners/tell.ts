import type { webApi } from '@slack/bolt';

export interface PrivatePlace {
  readonly client: webApi.WebClient;
  readonly user: string;
  /** The channel the person is looking at, or null. */
  readonly channel: string | null;
}

/** Says something to one person only: beside what they pressed, or by DM where that is not possible. */
export async function tellPrivately({ client, user, channel }: PrivatePlace, text: string): Promise<void> {
  const shown =
    channel &&
    (await client.chat.postEphemeral({ channel, user, text }).then(
      () => true,
      (error: { data?: { error?: string } }) => {
        if (error.data) return false;
        throw error;
      },
    ));
  if (!shown) await client.chat.postMessage({ channel: user, text });
}

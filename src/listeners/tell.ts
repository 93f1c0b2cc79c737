import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Message } from '../blocks/message';
import type { Fault } from '../domain/forms/form';
import type { CardPlace } from '../domain/mailbox';
import { limitOf } from '../slack/clients';

export interface PrivatePlace {
  readonly client: webApi.WebClient;
  readonly user: string;
  /** The channel the person is looking at, or null. */
  readonly channel: string | null;
  /** Answers right where they acted, if Slack allows it. */
  readonly answer?: ((text: string, blocks?: KnownBlock[]) => Promise<unknown>) | null;
}

/** The answer to a submission whose window stays, with each fault next to its field. */
export const withFaults = (faults: readonly Fault[]) => ({
  response_action: 'errors' as const,
  errors: Object.fromEntries(faults.map(({ question, message }) => [question, message])),
});

/** Tells one person only: where they acted, or by DM if that is impossible. */
export async function tellPrivately(place: PrivatePlace, text: string, blocks?: KnownBlock[]): Promise<void> {
  await toldPrivately(place, text, blocks);
}

/** The same; returns where the DM is, or null if they were told where they acted. */
export async function toldPrivately(
  { client, user, channel, answer }: PrivatePlace,
  text: string,
  blocks?: KnownBlock[],
): Promise<CardPlace | null> {
  const said = blocks ? { text, blocks } : { text };
  const there = [
    ...(answer ? [() => answer(text, blocks)] : []),
    ...(channel ? [() => client.chat.postEphemeral({ channel, user, ...said })] : []),
  ];
  for (const way of there) {
    try {
      await way();
      return null;
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  }
  const dm = await client.chat.postMessage({ channel: user, unfurl_links: false, unfurl_media: false, ...said });
  return dm.channel && dm.ts ? { channel: dm.channel, ts: dm.ts } : null;
}

/** Slack refused it, so another way may work. If it may have been sent, it is not sent twice. */
function isRefused(error: unknown): boolean {
  const { data, statusCode } = error as { data?: { error?: string }; statusCode?: number };
  return limitOf(error) !== null || data !== undefined || (statusCode !== undefined && statusCode < 500);
}

/** Changes a message; if Slack refuses that, the person is told privately what it would show. */
export async function changeOrTell(place: PrivatePlace, at: CardPlace, { text, blocks }: Message): Promise<void> {
  try {
    await place.client.chat.update({ ...at, text, blocks: [...blocks] });
  } catch (error) {
    if (!isRefused(error)) throw error;
    await tellPrivately(place, text, [...blocks]);
  }
}

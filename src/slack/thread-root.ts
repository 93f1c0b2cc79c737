import type { WebClient } from '@slack/web-api';
import { parseReference } from '../domain/kinds';
import { readOne } from './read-one';

/**
 * The references of the cases in a message of Warmline's, by the deliveries in its metadata; empty for other messages.
 * Rejects if Slack is unreachable.
 */
export async function casesOfThread(client: Asked, channel: string, ts: string): Promise<readonly string[]> {
  const ids = await deliveriesOf(client, channel, ts);
  return [...new Set(ids.flatMap((id) => parseReference(id.split(':')[0] ?? '') ?? []))];
}

/** Whether a message is a case's card, by its metadata. Rejects if Slack is unreachable. */
export const isCard = async (client: Asked, channel: string, ts: string): Promise<boolean> =>
  (await deliveriesOf(client, channel, ts)).some((id) => id.split(':')[1] === 'card');

type Asked = Pick<WebClient, 'conversations'>;

async function deliveriesOf(client: Asked, channel: string, ts: string): Promise<readonly string[]> {
  const { metadata, bot_id: bot } = ((await readOne(client, { channel, ts })) ?? {}) as {
    metadata?: { event_payload?: { delivery_id?: unknown } };
    bot_id?: unknown;
  };
  return bot ? String(metadata?.event_payload?.delivery_id ?? '').split(' ') : [];
}

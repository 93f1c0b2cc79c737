import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { LinkTo } from '../domain/mailbox';

/** Addresses put together from the workspace's own, which is asked for once: a list of cards costs no call a card. */
export function cardLinks(client: Pick<WebClient, 'auth'>, log: Logger): LinkTo {
  let known: Promise<string | null> | null = null;
  const workspace = async () => {
    try {
      return (await client.auth.test()).url ?? null;
    } catch (error) {
      log.warn({ err: error }, 'Slack does not return the address of the workspace; cards are shown without links');
      known = null;
      return null;
    }
  };
  return async ({ channel, ts }) => {
    known ??= workspace();
    const url = await known;
    return url && `${url.replace(/\/?$/, '/')}archives/${channel}/p${ts.replace('.', '')}`;
  };
}

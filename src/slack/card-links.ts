import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { LinkTo } from '../domain/mailbox';

/** Links built from the workspace's own address, which is fetched once: a list of cards needs no call per card. */
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

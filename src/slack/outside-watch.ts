import type { Logger } from 'pino';
import type { Lookup } from './lookup';

/** So long a message waits for what Slack says of its channel, ms. */
const PATIENCE_MS = 2000;

/**
 * Whether people of another company read a channel, at most a minute old. While Slack does not tell, what it told last
 * stands, and that a channel is our own where it never told: it was when it was chosen. Never rejects.
 */
export function outsideWatch(
  lookup: Pick<Lookup, 'channelById'>,
  log: Pick<Logger, 'warn'>,
): (channel: string) => Promise<boolean> {
  const last = new Map<string, boolean>();
  return async (channel) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE_MS} ms.`)), PATIENCE_MS);
    });
    try {
      const found = await Promise.race([lookup.channelById(channel), late]);
      last.set(channel, Boolean(found?.sharedWith));
    } catch (error) {
      log.warn({ err: error, channel }, 'Slack does not tell whether a channel is shared; what it told last stands');
    } finally {
      clearTimeout(timer);
    }
    return last.get(channel) ?? false;
  };
}

import type { MessageSource } from '../domain/case';
import { within } from '../services/deadline';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';

/** A submission also waits for the store, so a late link is left out. */
const PERMALINK_MS = 700;

/** The message that a report was started from, with its link if Slack returns one. */
export async function sourceOf(
  { log, clients }: ListenerDeps,
  source: FormMetadata['source'],
): Promise<MessageSource | null> {
  if (!source) return null;
  const { channel, ts, author } = source;
  const permalink = await within(PERMALINK_MS, clients.lookups.chat.getPermalink({ channel, message_ts: ts })).then(
    (found) => found.permalink ?? null,
    (error: unknown) => {
      log.warn({ err: error, channel, ts }, 'the message a report was begun from has no address');
      return null;
    },
  );
  return { channel, ts, author: author ?? null, permalink };
}

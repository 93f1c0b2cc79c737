import type { WebClient } from '@slack/web-api';
import { pagesOf } from './pages';
import { lacksMethod, refusalOf } from './refusal';

/** A message as Slack stores it, and its channel. */
export interface Missed {
  readonly channel: string;
  readonly message: Loose;
}
type Loose = Readonly<Record<string, unknown>>;

/** People rarely write in the threads of older cards, ms. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;
/** Messages in a page, and pages read of one channel. */
const [PAGE, MOST_PAGES] = [200, 50];
/** Slack's codes for a conversation that Warmline cannot read. */
const UNREADABLE = new Set([
  'channel_not_found',
  'not_in_channel',
  'missing_scope',
  'is_archived',
  'user_not_found',
  'user_disabled',
]);

/**
 * What people wrote in a channel since then: replies to apps' messages and to deleted ones; in direct messages, all. Each
 * thread is oldest first. Yields nothing if the app cannot read the channel. Rejects if Slack cannot be asked.
 */
export async function* missedMessages(
  client: WebClient,
  channel: string,
  since: Date,
  isDirect = false,
): AsyncGenerator<Missed> {
  try {
    const roots: Loose[] = [];
    for await (const message of history(client, channel, since)) roots.push(message);
    for (const root of roots.reverse()) {
      const isByApp = typeof root.bot_id === 'string';
      if (isDirect && !isByApp && isAfter(root.ts, since)) yield { channel, message: root };
      // Of a deleted card, Slack only shows that there was a message.
      if (!(isDirect || isByApp || root.subtype === 'tombstone') || !hasReplies(root, since)) continue;
      for await (const message of replies(client, channel, String(root.ts), since)) yield { channel, message };
    }
  } catch (error) {
    if (!UNREADABLE.has(refusalOf(error) ?? '') && !lacksMethod(error)) throw error;
  }
}

const secondsOf = (at: Date) => String(+at / 1000);
const isAfter = (ts: unknown, at: Date) => Number(ts) * 1000 > +at;
/** Without `latest_reply`, any thread with replies may have new ones. */
const hasReplies = ({ reply_count: count, latest_reply: latest }: Loose, since: Date) =>
  Number(count) > 0 && (latest === undefined || isAfter(latest, since));

/** Newest first. */
async function* history(client: WebClient, channel: string, since: Date): AsyncGenerator<Loose> {
  const oldest = secondsOf(new Date(+since - LOOK_BACK_MS));
  let pages = 0;
  for await (const { messages = [] } of pagesOf((from) =>
    client.conversations.history({ channel, oldest, limit: PAGE, ...from }),
  )) {
    yield* messages as Loose[];
    if (++pages === MOST_PAGES) return;
  }
}

async function* replies(client: WebClient, channel: string, ts: string, since: Date): AsyncGenerator<Loose> {
  const oldest = secondsOf(since);
  const pages = pagesOf((from) => client.conversations.replies({ channel, ts, oldest, limit: PAGE, ...from }));
  for await (const { messages = [] } of pages)
    yield* (messages as Loose[]).filter((message) => message.ts !== ts && isAfter(message.ts, since));
}

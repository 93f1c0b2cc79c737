import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Message } from '../../../blocks/message';
import type { DrawnChart } from '../../../charts/chart';
import { isPerson } from '../../../domain/targets';
import { lacksMethod, refusalOf } from '../../../slack/refusal';
import type { Posted } from '../target';
import { StrayError } from './faults';
import { inThread, mustStand, shareCopy, type Thread } from './share';

export interface Place {
  readonly channel: string;
  readonly threadTs: string | null;
  /** Shown beside the thread as well. */
  readonly broadcast?: boolean;
}
/** The Web API as delivery needs it. Every method rejects with the client's coded errors; none of them retries. */
export interface Sender {
  /** One message for one delivery, or for several that go out together. Nothing stands anywhere when it throws StrayError: the thread is gone. */
  post(place: Place, message: Message, ...deliveryIds: readonly string[]): Promise<Posted>;
  update(posted: Posted, message: Message): Promise<Posted>;
  /** Shares a copy of a file, by its id, where nobody outside the thread's channel can see it. */
  share(thread: Thread, file: string, title: string): Promise<Posted>;
  /** Shares pictures in a thread, in one message, each with its title and the words for those who cannot see it. */
  upload(thread: Thread, pictures: readonly DrawnChart[]): Promise<void>;
  /** The message an earlier attempt left behind, if it arrived after `since`; a shared file is known by its title. */
  find(place: Place, deliveryId: string, since: Date, title?: string): Promise<Posted | null>;
  /** The same for several deliveries, which may have gone out together or not: those that arrived, by id. */
  findAll(
    place: Place,
    deliveryIds: readonly string[],
    since: Date,
    title?: string,
  ): Promise<ReadonlyMap<string, Posted>>;
  /** The address of a message; null where this server cannot tell. */
  linkTo(posted: Posted): Promise<string | null>;
  /** The channel id to post to: DMs are opened, channels are what they are. */
  channelOf(lane: string): Promise<string>;
}

const EVENT_TYPE = 'warmline_delivery';
const PAGE = 200;

/**
 * A sender on a client of its own, without built-in retries: those would post again what may have arrived (Slack has no
 * idempotency key). `warn` hears of a Web API method that this server lacks.
 */
export function slackSender(token: string, options: WebClientOptions, warn: (method: string) => void): Sender {
  const client = new WebClient(token, {
    ...options,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
  });
  const dms = new Map<string, string>();

  const findAll: Sender['findAll'] = async ({ channel, threadTs }, deliveryIds, since, title) => {
    const found = new Map<string, Posted>();
    const oldest = String(+since / 1000);
    let cursor: string | undefined;
    do {
      const query = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
      const page = await (threadTs
        ? client.conversations.replies({ ...query, ts: threadTs })
        : client.conversations.history(query)
      ).catch(async (error: unknown) => {
        if (threadTs && refusalOf(error) === 'thread_not_found')
          await withdrawStrays(channel, deliveryIds, since, title);
        if (!lacksMethod(error)) throw error;
        warn(threadTs ? 'conversations.replies' : 'conversations.history');
        return null;
      });
      for (const message of page?.messages ?? []) {
        const isIt = (id: string) => idsOf(message).includes(id) || (title && titlesOf(message).includes(title));
        for (const id of deliveryIds) if (message.ts && isIt(id)) found.set(id, { channel, ts: message.ts });
      }
      cursor = page?.response_metadata?.next_cursor || undefined;
    } while (cursor && found.size < deliveryIds.length);
    return found;
  };

  /** What was meant for a thread that is gone stands at the top of the channel: it is taken back. */
  async function withdrawStrays(channel: string, ids: readonly string[], since: Date, title?: string): Promise<void> {
    const strays = await findAll({ channel, threadTs: null }, ids, since, title);
    for (const { ts } of strays.values()) await takenBack({ channel, ts });
  }

  /** What could not be deleted is looked for again before anything else is sent: its error says that nothing is known. */
  async function takenBack({ channel, ts }: Posted): Promise<void> {
    await client.chat.delete({ channel, ts }).catch((error: unknown) => {
      throw new Error(`what is outside its thread could not be deleted: ${String(error)}`, { cause: error });
    });
  }

  /** For a thread that is gone Slack gives no error: only the answer tells that the message stands in the channel. */
  async function orTakeBack(there: Posted, threadTs: string): Promise<void> {
    try {
      await mustStand(client, { channel: there.channel, threadTs });
    } catch (error) {
      if (!(error instanceof StrayError))
        throw new Error(`its thread could not be looked at: ${String(error)}`, { cause: error });
      await takenBack(there);
      throw error;
    }
  }

  return {
    async post({ channel, threadTs, broadcast }, { text, blocks }, ...deliveryIds) {
      const posted = await client.chat.postMessage({
        channel,
        text,
        ...(blocks.length ? { blocks: [...blocks] } : {}),
        mrkdwn: false, // the text is what notifications say: a name in it is no style
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: EVENT_TYPE, event_payload: payload(deliveryIds) },
        ...(threadTs && (broadcast ? { thread_ts: threadTs, reply_broadcast: true } : { thread_ts: threadTs })),
      });
      const there = { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
      if (threadTs && posted.message && posted.message.thread_ts !== threadTs) await orTakeBack(there, threadTs);
      return there;
    },

    async update({ channel, ts }, { text, blocks }) {
      await client.chat.update({ channel, ts, text, blocks: [...blocks] });
      return { channel, ts };
    },

    async share(thread, file, title) {
      await shareCopy(client, thread, file, title);
      return { channel: thread.channel, ts: thread.threadTs };
    },

    async upload({ channel, threadTs }, pictures) {
      await inThread(client, { channel, threadTs }, async () => {
        const uploaded = await client.filesUploadV2({
          channel_id: channel,
          thread_ts: threadTs,
          file_uploads: pictures.map(({ title, alt, png }, i) => ({
            file: png,
            filename: `chart-${i + 1}.png`,
            title,
            alt_text: alt,
          })),
        });
        const completed = (uploaded.files ?? []) as { files?: { id?: string }[] }[];
        return completed.flatMap(({ files = [] }) => files.flatMap(({ id }) => id ?? []));
      });
    },

    find: async (place, deliveryId, since, title) =>
      (await findAll(place, [deliveryId], since, title)).get(deliveryId) ?? null,
    findAll,

    async linkTo({ channel, ts }) {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts }).catch((error: unknown) => {
        warn(`chat.getPermalink: ${String(error)}`);
        return { permalink: undefined };
      });
      return permalink ?? null;
    },

    async channelOf(lane) {
      if (!isPerson(lane)) return lane;
      const known = dms.get(lane);
      if (known) return known;
      const opened = await client.conversations.open({ users: lane }).catch((error: unknown) => {
        if (!lacksMethod(error)) throw error;
        warn('conversations.open');
        return null;
      });
      const id = opened?.channel?.id ?? lane;
      dms.set(lane, id);
      return id;
    },
  };
}

/** Titles of the files that Warmline shared in a message; people's own files do not count. */
function titlesOf(message: unknown): (string | undefined)[] {
  const { files = [], bot_id: bot } = message as { files?: { title?: string }[]; bot_id?: string };
  return bot ? files.map(({ title }) => title) : [];
}

/** Slack finds nothing by metadata: it is read back. The ids of a message that carries several come as one text. */
const payload = (deliveryIds: readonly string[]) => ({ delivery_id: deliveryIds.join(' ') });
function idsOf(message: unknown): readonly string[] {
  const { metadata } = message as { metadata?: { event_payload?: { delivery_id?: unknown } } };
  const id = String(metadata?.event_payload?.delivery_id ?? '');
  return [id, ...id.split(' ')];
}

import { WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Message } from '../../../blocks/message';
import type { DrawnChart } from '../../../charts/chart';
import { isPerson } from '../../../domain/targets';
import { lacksMethod } from '../../../slack/refusal';
import type { Posted } from '../target';
import { type FindAll, finder, marked, orTakeBack, type Place } from './find';
import { inThread, shareCopy, type Thread } from './share';

/** The Web API as delivery needs it. Every method rejects with the client's coded errors; none of them retries. */
export interface Sender {
  /** One message for one delivery, or several combined. Throws StrayError, with nothing posted, without the thread. */
  post(place: Place, message: Message, ...deliveryIds: readonly string[]): Promise<Posted>;
  update(posted: Posted, message: Message): Promise<Posted>;
  /** Shares a copy of a file, by its id, only in the thread's channel. */
  share(thread: Thread, file: string, title: string): Promise<Posted>;
  /** Shares pictures in a thread, in one message, each with its title and alternative text. */
  upload(thread: Thread, pictures: readonly DrawnChart[]): Promise<void>;
  /** The message of an earlier attempt, if it arrived after `since`; a shared file is found by its title. */
  find(place: Place, deliveryId: string, since: Date, title?: string): Promise<Posted | null>;
  /** The same for several deliveries, sent together or not: those that arrived, by id. */
  readonly findAll: FindAll;
  /** The channel id to post to: DMs are opened, channels stay as they are. */
  channelOf(to: string): Promise<string>;
}

/**
 * A sender with its own client without built-in retries, which would repeat what may have arrived (Slack has no
 * idempotency key). `warn` is called with a Web API method that this server lacks.
 */
export function slackSender(token: string, options: WebClientOptions, warn: (method: string) => void): Sender {
  const client = new WebClient(token, {
    ...options,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
  });
  const findAll = finder(client, warn);
  return {
    post: (place, message, ...deliveryIds) => post(client, place, message, deliveryIds),

    async update({ channel, ts }, { text, blocks }) {
      await client.chat.update({ channel, ts, text, blocks: [...blocks] });
      return { channel, ts };
    },

    async share(thread, file, title) {
      await shareCopy(client, thread, file, title);
      return { channel: thread.channel, ts: thread.threadTs };
    },

    upload: (thread, pictures) => inThread(client, thread, () => upload(client, thread, pictures)),

    find: async (place, deliveryId, since, title) =>
      (await findAll(place, [deliveryId], since, title)).get(deliveryId) ?? null,
    findAll,

    channelOf: channels(client, warn),
  };
}

async function post(
  client: WebClient,
  { channel, threadTs, broadcast }: Place,
  { text, blocks }: Message,
  deliveryIds: readonly string[],
): Promise<Posted> {
  const posted = await client.chat.postMessage({
    channel,
    text,
    ...(blocks.length ? { blocks: [...blocks] } : {}),
    mrkdwn: false, // the text is for notifications: names in it are not markup
    unfurl_links: false,
    unfurl_media: false,
    metadata: marked(deliveryIds),
    ...(threadTs && (broadcast ? { thread_ts: threadTs, reply_broadcast: true } : { thread_ts: threadTs })),
  });
  if (!posted.ts) throw new Error('Slack did not say where the message is'); // unknown, so it is looked for
  const there = { channel: posted.channel ?? channel, ts: posted.ts };
  if (threadTs && posted.message && posted.message.thread_ts !== threadTs) await orTakeBack(client, there, threadTs);
  return there;
}

/** Returns the ids of the files. */
async function upload(client: WebClient, { channel, threadTs }: Thread, pictures: readonly DrawnChart[]) {
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
}

/** Slack gives someone's DM another id now and then, as when the workspace moves. */
const DMS = { max: 10_000, ttl: 60 * 60_000 } as const;

/** The channel to post to; a DM is opened the first time, and again after an hour. */
function channels(client: WebClient, warn: (method: string) => void): Sender['channelOf'] {
  const dms = new LRUCache<string, string>(DMS);
  return async (to) => {
    if (!isPerson(to)) return to;
    const known = dms.get(to);
    if (known) return known;
    const opened = await client.conversations.open({ users: to }).catch((error: unknown) => {
      if (!lacksMethod(error)) throw error;
      warn('conversations.open');
      return null;
    });
    const id = opened?.channel?.id ?? to;
    dms.set(to, id);
    return id;
  };
}

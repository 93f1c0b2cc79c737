import type { WebClient } from '@slack/web-api';
import { pagesOf } from '../../../slack/pages';
import { lacksMethod, refusalOf } from '../../../slack/refusal';
import type { Posted } from '../target';
import { StrayError } from './faults';
import { requireThread } from './share';

/** Where a message goes, or is looked for. */
export interface Place {
  readonly channel: string;
  readonly threadTs: string | null;
  /** Also shown in the channel. */
  readonly broadcast?: boolean;
}

/** The messages of earlier attempts that arrived after `since`, by id; a shared file is found by its title. */
export type FindAll = (
  place: Place,
  deliveryIds: readonly string[],
  since: Date,
  title?: string,
) => Promise<ReadonlyMap<string, Posted>>;

const EVENT_TYPE = 'warmline_delivery';
const PAGE = 200;

/** Slack cannot search by metadata: it is read back. The ids of a combined message are one text. */
export const marked = (deliveryIds: readonly string[]) => ({
  event_type: EVENT_TYPE,
  event_payload: { delivery_id: deliveryIds.join(' ') },
});
function idsOf(message: unknown): readonly string[] {
  const { metadata } = message as { metadata?: { event_payload?: { delivery_id?: unknown } } };
  const id = String(metadata?.event_payload?.delivery_id ?? '');
  return [id, ...id.split(' ')];
}

/** Titles of the files that Warmline shared in a message; people's own files do not count. */
function titlesOf(message: unknown): (string | undefined)[] {
  const { files = [], bot_id: bot } = message as { files?: { title?: string }[]; bot_id?: string };
  return bot ? files.map(({ title }) => title) : [];
}

/** Looks for what an earlier attempt left. `warn` is called with a Web API method that this server lacks. */
export function finder(client: WebClient, warn: (method: string) => void): FindAll {
  return async function findAll({ channel, threadTs }, deliveryIds, since, title) {
    const found = new Map<string, Posted>();
    const ask = async (from: From) => {
      try {
        return await pageOf(client, { channel, threadTs }, since, from);
      } catch (error) {
        if (threadTs && refusalOf(error) === 'thread_not_found') {
          // A message for a thread that is gone ends up in the channel itself: delete it.
          const strays = await findAll({ channel, threadTs: null }, deliveryIds, since, title);
          for (const stray of strays.values()) await takenBack(client, stray);
        }
        if (!lacksMethod(error)) throw error;
        warn(threadTs ? 'conversations.replies' : 'conversations.history');
        return {};
      }
    };
    for await (const { messages = [] } of pagesOf(ask)) {
      for (const message of messages) {
        const isIt = (id: string) => idsOf(message).includes(id) || (title && titlesOf(message).includes(title));
        for (const id of deliveryIds)
          if (message.ts && isIt(id)) found.set(id, { channel, ts: message.ts, isFound: true });
      }
      if (found.size >= deliveryIds.length) break;
    }
    return found;
  };
}

interface From {
  readonly cursor?: string;
}
interface Found {
  readonly messages?: readonly { readonly ts?: string }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

function pageOf(client: WebClient, { channel, threadTs }: Place, since: Date, from: From): Promise<Found> {
  const oldest = String(+since / 1000);
  const query = { channel, oldest, limit: PAGE, include_all_metadata: true, ...from };
  return threadTs ? client.conversations.replies({ ...query, ts: threadTs }) : client.conversations.history(query);
}

/** If the thread is gone, Slack returns no error: only the answer shows that the message is in the channel. */
export async function orTakeBack(client: WebClient, there: Posted, threadTs: string): Promise<void> {
  try {
    await requireThread(client, { channel: there.channel, threadTs });
  } catch (error) {
    if (!(error instanceof StrayError))
      throw new Error(`its thread could not be looked at: ${String(error)}`, { cause: error });
    await takenBack(client, there);
    throw error;
  }
}

/** If it could not be deleted, its error is "unknown", so that it is looked for before anything else is sent. */
async function takenBack(client: WebClient, { channel, ts }: Posted): Promise<void> {
  await client.chat.delete({ channel, ts }).catch((error: unknown) => {
    throw new Error(`what is outside its thread could not be deleted: ${String(error)}`, { cause: error });
  });
}

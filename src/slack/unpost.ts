import type { WebClient } from '@slack/web-api';
import type { Unpost } from '../domain/mailbox';
import { limitOf } from './clients';
import { pagesOf } from './pages';
import { refusalOf } from './refusal';

const PAGE = 200;
/** Slack's codes for what is already gone. */
const GONE = new Set(['message_not_found', 'thread_not_found', 'file_not_found', 'file_deleted']);

interface Message {
  readonly ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly files?: readonly { readonly id?: string }[];
}

/** Deletes cards with Warmline's messages in their threads; people's messages stay. */
export function unposter(client: WebClient): Unpost {
  let self: Promise<{ user: string | undefined; bot: string | undefined }> | null = null;
  const whoAmI = () => {
    self ??= client.auth.test().then(({ user_id: user, bot_id: bot }) => ({ user, bot }));
    self.catch(() => {
      self = null;
    });
    return self;
  };
  return async ({ channel, ts }) => {
    const { user, bot } = await whoAmI();
    const isOwn = (one: Message) => (bot && one.bot_id === bot) || (user && one.user === user);
    try {
      const own = (await threadOf(client, channel, ts)).filter(isOwn);
      // The card last: while it is there, its thread can be found.
      for (const message of own.reverse()) {
        for (const { id } of message.files ?? []) if (id) await orGone(client.files.delete({ file: id }));
        if (message.ts) await orGone(client.chat.delete({ channel, ts: message.ts }));
      }
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null || limitOf(error) !== null) throw error;
      return GONE.has(refusal) ? null : refusal;
    }
  };
}

/** The card and its thread, oldest first. */
async function threadOf(client: WebClient, channel: string, ts: string): Promise<Message[]> {
  const all: Message[] = [];
  const pages = pagesOf((from) => client.conversations.replies({ channel, ts, limit: PAGE, ...from }));
  for await (const { messages = [] } of pages) all.push(...(messages as Message[]));
  return all;
}

async function orGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!GONE.has(refusalOf(error) ?? '')) throw error;
  }
}

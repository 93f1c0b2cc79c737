import { z } from 'zod';

const Message = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,30}$/)
    .optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  files: z.array(z.looseObject({ name: z.string().optional(), permalink: z.string().optional() })).optional(),
});
type Message = z.infer<typeof Message>;

const MessageEvent = z.discriminatedUnion('is', [
  z.looseObject({ is: z.literal('new'), channel: z.string(), message: Message }),
  z.looseObject({ is: z.literal('changed'), channel: z.string(), message: Message }),
  z.looseObject({ is: z.literal('deleted'), channel: z.string(), message: Message }),
]);

/** A person's reply in a thread as it is now; `text` is null once it was deleted. */
export interface Reply {
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
  readonly author: string;
  readonly text: string | null;
  readonly edited: boolean;
}

const HUMAN_SUBTYPES = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Reads a `message` event: a person's reply in a thread, its edit or its deletion; null for everything else. */
export function readReply(event: unknown): Reply | null {
  const parsed = MessageEvent.safeParse(shaped(event));
  if (!parsed.success) return null;
  const { is, channel, message } = parsed.data;
  const { ts, thread_ts: threadTs, user, bot_id: bot, subtype } = message;
  if (!threadTs || threadTs === ts || !user || bot || !HUMAN_SUBTYPES.has(subtype)) return null;
  return {
    channel,
    threadTs,
    ts,
    author: user,
    text: is === 'deleted' ? null : textOf(message),
    edited: is === 'changed',
  };
}

/** Slack nests the message of an edit or a deletion; here it lies in one place. */
function shaped(event: unknown): unknown {
  const { subtype, channel, message, previous_message: previous } = (event ?? {}) as Record<string, unknown>;
  if (subtype === 'message_deleted') return { is: 'deleted', channel, message: previous };
  if (subtype !== 'message_changed') return { is: 'new', channel, message: event };
  // A reply that itself has replies or was removed under a thread turns into a tombstone.
  const gone = (message as { subtype?: unknown } | undefined)?.subtype === 'tombstone';
  return gone ? { is: 'deleted', channel, message: previous } : { is: 'changed', channel, message };
}

/** Slack sends the three characters of its own markup escaped; a note holds what the person typed. */
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The text, and the names of attached files, which stay in Slack. */
function textOf({ text, files }: Message): string {
  const attached = (files ?? []).map((file) => `[file: ${file.name ?? 'unnamed'}]`);
  return [unescaped(text ?? ''), ...attached].filter(Boolean).join('\n');
}

const MessageShortcutBody = z.looseObject({
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), user: z.string().optional(), text: z.string().optional() }),
});

/** The message a shortcut was used on: where it is, who wrote it, and its words as they were typed. */
export function readSource(body: unknown): { channel: string; ts: string; author: string | null; text: string } {
  const { channel, message } = MessageShortcutBody.parse(body);
  return { channel: channel.id, ts: message.ts, author: message.user ?? null, text: unescaped(message.text ?? '') };
}

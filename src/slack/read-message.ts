import { z } from 'zod';
import { revisionOf } from '../domain/notes';
import { isPerson, isSlackId } from '../domain/targets';

const Ts = z.string().regex(/^\d{1,12}\.\d{1,12}$/);
const SlackId = z.string().refine(isSlackId);
const UserId = z.string().refine(isPerson);
const text = z.string().optional().catch(undefined);

const Message = z.looseObject({
  ts: Ts,
  thread_ts: Ts.nullish(),
  parent_user_id: text,
  user: UserId.nullish(),
  bot_id: text,
  subtype: text,
  edited: z.looseObject({ ts: Ts }).optional().catch(undefined),
  room: z.looseObject({ created_by: UserId }).optional().catch(undefined),
  user_team: text,
  source_team: text,
  team: text,
  user_profile: z.looseObject({ real_name: text, display_name: text }).optional().catch(undefined),
});

const MessageEvent = z.looseObject({
  channel: SlackId,
  channel_type: text,
  event_ts: Ts.optional().catch(undefined),
  subtype: text,
  message: z.unknown().optional(),
  previous_message: z.unknown().optional(),
});

/** A version of a person's message, or its deletion. */
export interface Heard {
  readonly channel: string;
  /** Whether it is a direct message to the app. */
  readonly isDirect: boolean;
  readonly ts: string;
  /** The message it replies to; null if it is not in a thread. */
  readonly threadTs: string | null;
  /** Who wrote that message; null if Slack does not say. */
  readonly under: string | null;
  readonly author: string;
  /** An app wrote it, perhaps on the person's behalf. */
  readonly byApp: boolean;
  readonly version: 'new' | 'edited' | 'changed' | 'deleted';
  /** See `revisionOf`. */
  readonly revision: string;
  /** The event left the text as it was: a link preview was added, for example. */
  readonly sameWords: boolean;
  /** The id of the writer's workspace; null if Slack does not say. */
  readonly team: string | null;
  /** The writer's name, if the message includes it. */
  readonly name: string | null;
  /** Whether it mentions Warmline. */
  readonly mentionsUs: boolean;
  /** The message as Slack sent it, for `messageWords`. */
  readonly message: unknown;
}

/** Messages by Slack itself, and by other apps under their own name. */
const NOT_BY_A_PERSON =
  /^(channel_|group_|pinned_|unpinned_|bot_add|bot_remove|message_|tombstone|assistant_|ekm_|reminder_)/;

/** Warmline itself, as Slack names it. */
export interface OwnIds {
  readonly botId?: string | undefined;
  readonly botUserId?: string | undefined;
}

/** Reads a `message` event; null if no person wrote it, or Warmline itself did. */
export function readHeard(event: unknown, { botId, botUserId }: OwnIds): Heard | null {
  const parsed = MessageEvent.safeParse(event);
  if (!parsed.success) return null;
  const { channel, channel_type: type, event_ts: eventTs } = parsed.data;
  const { version, inner, previous } = shaped(parsed.data, event);
  const read = Message.safeParse(inner);
  if (!read.success) return null;
  const message = read.data;
  const { ts, thread_ts: thread, bot_id: bot, subtype = '', edited } = message;
  const author = subtype === 'huddle_thread' ? (message.room?.created_by ?? message.user) : message.user;
  // When the app shares a file, Slack names only its user.
  const isOwn = (bot !== undefined && bot === botId) || author === botUserId;
  if (!author || author === 'USLACKBOT' || isOwn || NOT_BY_A_PERSON.test(subtype)) return null;
  return {
    channel,
    isDirect: type === 'im' || (type === undefined && channel.startsWith('D')),
    ts,
    threadTs: thread && thread !== ts ? thread : null,
    under: message.parent_user_id ?? null,
    author,
    byApp: bot !== undefined,
    version: version === 'changed' && edited ? 'edited' : version,
    revision: revisionOf({ ts, editedTs: edited?.ts ?? null, eventTs: version === 'new' ? null : (eventTs ?? null) }),
    sameWords: version === 'changed' && previous !== undefined && saidBy(inner) === saidBy(previous),
    team: message.user_team ?? message.source_team ?? message.team ?? null,
    mentionsUs: botUserId !== undefined && String(message.text ?? '').includes(`<@${botUserId}`),
    name: message.user_profile?.real_name || message.user_profile?.display_name || null,
    message: inner,
  };
}

const Deleted = z.looseObject({ subtype: z.literal('message_deleted'), channel: SlackId, deleted_ts: Ts });
const Tombstone = z.looseObject({
  subtype: z.literal('message_changed'),
  channel: SlackId,
  message: z.looseObject({ subtype: z.literal('tombstone'), ts: Ts }),
});
/** Which message was deleted, even if Slack says nothing else about it; null for any other event. */
export function readGone(event: unknown): { channel: string; ts: string } | null {
  const { data: deleted } = Deleted.safeParse(event);
  if (deleted) return { channel: deleted.channel, ts: deleted.deleted_ts };
  const { data: buried } = Tombstone.safeParse(event);
  return buried ? { channel: buried.channel, ts: buried.message.ts } : null;
}

/** Flattens an event: Slack nests the message in an edit or a deletion. */
function shaped(
  { subtype, message, previous_message: previous }: z.infer<typeof MessageEvent>,
  event: unknown,
): { version: 'new' | 'changed' | 'deleted'; inner: unknown; previous: unknown } {
  if (subtype === 'message_deleted') return { version: 'deleted', inner: previous, previous };
  if (subtype !== 'message_changed') return { version: 'new', inner: event, previous };
  // Slack leaves a tombstone when a message with replies is deleted.
  const isGone = (message as { subtype?: unknown } | null | undefined)?.subtype === 'tombstone';
  return isGone ? { version: 'deleted', inner: previous, previous } : { version: 'changed', inner: message, previous };
}

/** A message's content as one string, to compare versions. */
function saidBy(message: unknown): string {
  const { text: said, edited, blocks, files, attachments, room } = (message ?? {}) as Record<string, unknown>;
  const shared = Array.isArray(attachments)
    ? attachments.filter(
        (one) => (one as Partial<Link> | null)?.from_url === undefined || (one as Partial<Link>).is_share,
      )
    : [];
  return JSON.stringify([said, edited, blocks, files, shared, room]);
}
interface Link {
  readonly from_url: unknown;
  readonly is_share: unknown;
}

const MessageShortcutBody = z.looseObject({
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().nullish(), user: z.string().nullish() }),
});

/** The message on which someone used a shortcut. */
export function readSource(body: unknown): {
  channel: string;
  ts: string;
  /** The ts of its thread's first message, which may be this one. */
  threadTs: string;
  author: string | null;
  message: unknown;
} {
  const { channel, message } = MessageShortcutBody.parse(body);
  const { ts, user, thread_ts: threadTs } = message;
  return { channel: channel.id, ts, threadTs: threadTs ?? ts, author: user && isSlackId(user) ? user : null, message };
}

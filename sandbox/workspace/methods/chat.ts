import { z } from 'zod';
import { MESSAGE_TEXT_MAX, UPDATE_TEXT_MAX, validateMessage } from '../../block-kit';
import type { JsonObject } from '../../client-protocol';
import { SlackError } from '../errors';
import { isObject } from '../json';
import type { Message } from '../message-log';
import { change, type Draft, post, postEphemeral, remove } from '../messages';
import type { Channel } from '../model';
import { messageObject } from '../shapes';
import { type Call, flag, json, method, optionalJson, optionalText, text, visibleChannel } from './method';

const content = { text: optionalText, blocks: optionalJson, attachments: optionalJson, metadata: optionalJson };

/** Throws unless Slack would accept this text, these blocks, attachments and metadata. */
function judge(args: { text?: string | undefined; blocks?: unknown; attachments?: unknown; metadata?: unknown }): void {
  const verdict = validateMessage(args);
  if (!verdict.ok) throw new SlackError(verdict.error, verdict.messages);
}

/** Where a post goes: a channel's id or name, or a person's id (their DM with the app, opened as needed). */
function destination(call: Call, id: string): Channel {
  const { core } = call;
  const person = id.startsWith('U') ? core.store.users.get(id) : undefined;
  if (person?.id === core.app.bot.id) throw new SlackError('channel_not_found');
  const channel = person
    ? core.store.im(core.team.id, core.app.bot.id, person.id, core.nowSec())
    : visibleChannel(call, id);
  if (channel.type === 'im') return checkedDm(call, channel);
  if (!channel.members.has(core.app.bot.id) && !core.scopes.has('chat:write.public'))
    throw new SlackError('not_in_channel');
  if (channel.archived) throw new SlackError('is_archived');
  return channel;
}

function checkedDm({ core }: Call, channel: Channel): Channel {
  if (core.manifest.features?.app_home?.messages_tab_enabled === false) throw new SlackError('messages_tab_disabled');
  for (const id of channel.members) if (core.store.users.get(id)?.deleted) throw new SlackError('user_disabled');
  return channel;
}

/** The thread of an existing message; for a missing parent, Slack returns no error, but posts in the channel. */
function threadOf(channel: Channel, ts: string | undefined): string | undefined {
  const parent = ts === undefined ? undefined : channel.log.get(ts);
  if (!parent) return undefined;
  if (parent.threadTs !== undefined && parent.threadTs !== parent.ts) throw new SlackError('cannot_reply_to_message');
  return ts;
}

function ownMessage(
  call: Call,
  channelId: string,
  ts: string,
  otherwise: string,
): { channel: Channel; message: Message } {
  const channel = visibleChannel(call, channelId);
  const message = channel.log.get(ts);
  if (!message || message.tombstone) throw new SlackError('message_not_found');
  if (!message.byApp) throw new SlackError(otherwise);
  if (channel.archived) throw new SlackError('is_archived');
  return { channel, message };
}

const draftOf = (
  call: Call,
  args: { text?: string | undefined; blocks?: unknown; attachments?: unknown; metadata?: unknown },
): Draft => ({
  user: call.core.app.bot.id,
  byApp: true,
  text: (args.text ?? '').slice(0, MESSAGE_TEXT_MAX),
  blocks: json(args.blocks),
  attachments: json(args.attachments),
  metadata: isObject(args.metadata) ? args.metadata : undefined,
});

const own = (call: Call, message: Message): JsonObject => messageObject(call.core, message, true);

export const chatMethods = [
  method({
    name: 'chat.postMessage',
    tier: 'none',
    scopes: ['chat:write'],
    args: z.object({
      channel: text,
      ...content,
      thread_ts: optionalText,
      reply_broadcast: flag,
      username: optionalText,
    }),
    run(call, args) {
      const channel = destination(call, args.channel);
      judge(args);
      const threadTs = threadOf(channel, args.thread_ts);
      if (args.username !== undefined) call.need('chat:write.customize');
      const waitMs = call.core.limits.post(channel.id);
      if (waitMs > 0) throw new SlackError('ratelimited', [], { waitMs });
      const draft = { ...draftOf(call, args), threadTs, broadcast: threadTs !== undefined && args.reply_broadcast };
      const { message } = post(call.core, channel, { ...draft, username: args.username });
      return { channel: channel.id, ts: message.ts, message: own(call, message) };
    },
  }),
  method({
    name: 'chat.update',
    tier: 't3',
    scopes: ['chat:write'],
    args: z.object({ channel: text, ts: text, ...content }),
    run(call, args) {
      const { channel, message } = ownMessage(call, args.channel, args.ts, 'cant_update_message');
      judge(args);
      if ((args.text ?? '').length > UPDATE_TEXT_MAX) throw new SlackError('msg_too_long');
      const draft = draftOf(call, args);
      const blocks = draft.blocks ?? (args.text === undefined ? undefined : []);
      const metadata = isObject(args.metadata) ? args.metadata : undefined;
      void change(call.core, channel, message, call.core.app.bot.id, {
        text: draft.text,
        blocks,
        attachments: draft.attachments,
        metadata,
      });
      return { channel: channel.id, ts: message.ts, text: message.text, message: own(call, message) };
    },
  }),
  method({
    name: 'chat.delete',
    tier: 't3',
    scopes: ['chat:write'],
    args: z.object({ channel: text, ts: text }),
    run(call, args) {
      const { channel, message } = ownMessage(call, args.channel, args.ts, 'cant_delete_message');
      void remove(call.core, channel, message, call.core.app.bot.id);
      return { channel: channel.id, ts: message.ts };
    },
  }),
  method({
    name: 'chat.postEphemeral',
    tier: 't4',
    scopes: ['chat:write'],
    args: z.object({ channel: text, user: text, ...content, thread_ts: optionalText }),
    run(call, args) {
      const channel = destination(call, args.channel);
      if (!call.core.store.users.has(args.user)) throw new SlackError('user_not_found');
      if (!channel.members.has(args.user)) throw new SlackError('user_not_in_channel');
      judge(args);
      const threadTs = threadOf(channel, args.thread_ts);
      return { message_ts: postEphemeral(call.core, channel, args.user, { ...draftOf(call, args), threadTs }).ts };
    },
  }),
  method({
    name: 'chat.getPermalink',
    tier: 'special',
    args: z.object({ channel: text, message_ts: text }),
    run(call, args) {
      const channel = visibleChannel(call, args.channel);
      const message = channel.log.get(args.message_ts);
      if (!message) throw new SlackError('message_not_found');
      const thread =
        message.threadTs !== undefined && message.threadTs !== message.ts
          ? `?thread_ts=${message.threadTs}&cid=${channel.id}`
          : '';
      const domain = `https://${call.core.team.domain}.slack.com`;
      return {
        channel: channel.id,
        permalink: `${domain}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
      };
    },
  }),
];

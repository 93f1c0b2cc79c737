import type { ClientChannel, ClientFile, ClientMessage, ClientUser, ClientView } from '../client-protocol';
import type { Core } from './core';
import { isObject, objects, str } from './json';
import type { Message } from './message-log';
import type { Channel, FileRecord, StoredView, User } from './model';
import type { Person } from './person';

/** The workspace's objects as the browser page shows them to one person. */

export const clientUser = ({ id, name, realName, email, tz, role, isBot, deleted }: User): ClientUser => ({
  id,
  name,
  realName,
  email,
  tz,
  role,
  isBot,
  deleted,
});

export function clientChannel(channel: Channel, person: Person): ClientChannel {
  const isMember = channel.members.has(person.id);
  return {
    id: channel.id,
    name: channel.name,
    type: channel.type,
    archived: channel.archived,
    isMember,
    memberCount: channel.members.size,
    user: channel.type === 'im' ? ([...channel.members].find((id) => id !== person.id) ?? null) : null,
    topic: channel.topic,
    unread: isMember ? channel.log.countAfter(channel.lastRead.get(person.id)) : 0,
    latest: channel.log.latest?.ts ?? null,
  };
}

export function clientMessage(core: Core, message: Message, person: Person): ClientMessage {
  const replies = core.store.channels.get(message.channel)?.log.replies(message.ts) ?? [];
  const latestReply = replies.at(-1)?.ts;
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    text: message.text,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.files
      ? { files: message.files.flatMap((id) => core.store.files.get(id) ?? []).map((file) => clientFile(file, person)) }
      : {}),
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    ...(latestReply === undefined
      ? {}
      : { replyCount: replies.length, replyUsers: [...new Set(replies.map(({ user }) => user))], latestReply }),
    ...(message.edited ? { editedTs: message.edited.ts } : {}),
    ...(message.ephemeralFor === undefined ? {} : { ephemeral: true }),
    ...(message.reactions
      ? { reactions: Object.entries(message.reactions).map(([name, users]) => ({ name, users })) }
      : {}),
    ...(message.tombstone ? { deleted: true } : {}),
  };
}

export const clientFile = ({ id, name, mimetype, size, title }: FileRecord, person: Person): ClientFile => ({
  id,
  name,
  mimetype,
  size,
  title,
  url: `/client/file/${id}?user=${person.id}`,
});

const textObject = (value: unknown) => (isObject(value) ? value : null);
export const clientView = (view: StoredView): ClientView => ({
  id: view.id,
  type: view.type,
  callbackId: str(view.payload.callback_id) ?? '',
  title: textObject(view.payload.title),
  submit: textObject(view.payload.submit),
  close: textObject(view.payload.close),
  blocks: objects(view.payload.blocks),
  hash: view.hash,
  values: view.values,
});

import { withBlockIds } from '../block-kit';
import type { JsonObject } from '../client-protocol';
import { CHANNEL_TYPE, tellApp } from './app-events';
import type { Core } from './core';
import { randomId } from './ids';
import { plain } from './json';
import type { Message } from './message-log';
import type { Channel } from './model';
import { messageObject } from './shapes';

/** What is posted; the workspace adds the rest (ts, ids). */
export interface Draft {
  readonly user: string;
  readonly text: string;
  readonly blocks?: JsonObject[] | undefined;
  readonly attachments?: JsonObject[] | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly files?: string[] | undefined;
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean | undefined;
  readonly byApp?: boolean | undefined;
  readonly username?: string | undefined;
}

/** A message and when its event was acknowledged (or its first attempt failed). */
export interface Posted {
  readonly message: Message;
  readonly told: Promise<void>;
}

/** Adds a message to a channel and tells everyone, including the app. */
export function post(core: Core, channel: Channel, draft: Draft): Posted {
  const message = compose(core, channel, draft);
  channel.log.add(message);
  channel.lastRead.set(draft.user, message.ts);
  for (const id of message.files ?? []) core.store.files.get(id)?.sharedIn.push(channel.id);
  core.bus.emit({ type: 'message', message });
  const parent = message.threadTs === undefined ? undefined : channel.log.get(message.threadTs);
  if (parent) core.bus.emit({ type: 'message_changed', message: parent });
  const event = {
    ...messageObject(core, message),
    ...eventFields(channel, message.ts),
    ...(draft.byApp ? {} : { client_msg_id: randomId(20) }),
  };
  const told = [tellApp(core, event, channel, message.user)];
  if (message.text.includes(`<@${core.app.bot.id}>`) && channel.type !== 'im')
    told.push(tellApp(core, { ...event, type: 'app_mention' }, channel, message.user));
  return { message, told: Promise.all(told).then(() => undefined) };
}

/** Shows a message to one person only; it is in no history and causes no event. */
export function postEphemeral(core: Core, channel: Channel, to: string, draft: Draft): Message {
  const message: Message = { ...compose(core, channel, draft), ephemeralFor: to };
  core.store.addEphemeral(message);
  core.bus.emit({ type: 'message', message });
  return message;
}

/** Changes a message. Absent parts stay, empty ones are removed; only one without blocks gets the edited mark. */
export function change(
  core: Core,
  channel: Channel,
  message: Message,
  by: string,
  parts: {
    text: string;
    blocks?: JsonObject[] | undefined;
    attachments?: JsonObject[] | undefined;
    metadata?: JsonObject | undefined;
  },
): Promise<void> {
  const previous = messageObject(core, message);
  message.text = parts.text;
  if (parts.blocks) setPart(message, 'blocks', withBlockIds(parts.blocks));
  if (parts.attachments) setPart(message, 'attachments', parts.attachments);
  if (parts.metadata) setPart(message, 'metadata', parts.metadata);
  if (!message.blocks) message.edited = { user: by, ts: core.ts.next() };
  core.bus.emit({ type: 'message_changed', message });
  if (message.ephemeralFor !== undefined) return Promise.resolve();
  return tellChanged(core, channel, message, previous, by);
}

/** Deletes a message; a thread's parent leaves a tombstone so that its replies stay. */
export function remove(core: Core, channel: Channel, message: Message, by: string): Promise<void> {
  const previous = messageObject(core, message);
  if (message.ephemeralFor !== undefined) {
    core.store.removeEphemeral(message);
    core.bus.emit({ type: 'message_deleted', message });
    return Promise.resolve();
  }
  if (channel.log.replies(message.ts).length > 0) {
    message.tombstone = true;
    message.text = 'This message was deleted.';
    for (const part of ['blocks', 'attachments', 'files', 'reactions', 'metadata'] as const) delete message[part];
    core.bus.emit({ type: 'message_changed', message });
    return tellChanged(core, channel, message, previous, by);
  }
  channel.log.remove(message);
  core.bus.emit({ type: 'message_deleted', message });
  const parent = message.threadTs === undefined ? undefined : channel.log.get(message.threadTs);
  if (parent) core.bus.emit({ type: 'message_changed', message: parent });
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: previous,
  };
  return tellApp(core, { ...event, ...eventFields(channel, core.ts.next()) }, channel, by);
}

/** Adds or removes a reaction; returns false if nothing changed. */
export function react(
  core: Core,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
  on: boolean,
): Promise<void> | false {
  const users = message.reactions?.[name] ?? [];
  if (users.includes(user) === on) return false;
  const left = on ? [...users, user] : users.filter((other) => other !== user);
  const { [name]: _gone, ...others } = message.reactions ?? {};
  message.reactions = left.length > 0 ? { ...others, [name]: left } : others;
  core.bus.emit({ type: 'message_changed', message });
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  const type = on ? 'reaction_added' : 'reaction_removed';
  return tellApp(
    core,
    { type, user, reaction: name, item, item_user: message.user, event_ts: core.ts.next() },
    channel,
    user,
  );
}

function tellChanged(core: Core, channel: Channel, message: Message, previous: JsonObject, by: string): Promise<void> {
  const event = {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messageObject(core, message),
    previous_message: previous,
  };
  return tellApp(core, { ...event, ...eventFields(channel, core.ts.next()) }, channel, by);
}

const eventFields = (channel: Channel, ts: string): JsonObject => ({
  channel: channel.id,
  channel_type: CHANNEL_TYPE[channel.type],
  ts,
  event_ts: ts,
});

function compose(core: Core, channel: Channel, draft: Draft): Message {
  const { blocks, attachments, files, metadata, ...rest } = draft;
  const { user, text } = rest;
  const optional = plainParts({
    threadTs: rest.threadTs,
    broadcast: rest.broadcast,
    byApp: rest.byApp,
    username: rest.username,
  });
  return {
    ts: core.ts.next(),
    channel: channel.id,
    user,
    text,
    ...optional,
    ...(blocks && blocks.length > 0 ? { blocks: withBlockIds(blocks) } : {}),
    ...(attachments && attachments.length > 0 ? { attachments } : {}),
    ...(files && files.length > 0 ? { files } : {}),
    ...(metadata && Object.keys(metadata).length > 0 ? { metadata: plain(metadata) } : {}),
  };
}

type Optional = Partial<Pick<Message, 'threadTs' | 'broadcast' | 'byApp' | 'username'>>;
function plainParts(parts: {
  threadTs?: string | undefined;
  broadcast?: boolean | undefined;
  byApp?: boolean | undefined;
  username?: string | undefined;
}): Optional {
  return {
    ...(parts.threadTs === undefined ? {} : { threadTs: parts.threadTs }),
    ...(parts.broadcast ? { broadcast: true } : {}),
    ...(parts.byApp ? { byApp: true } : {}),
    ...(parts.username === undefined ? {} : { username: parts.username }),
  };
}

function setPart(
  message: Message,
  part: 'blocks' | 'attachments' | 'metadata',
  value: JsonObject[] | JsonObject,
): void {
  if (Object.keys(value).length === 0) delete message[part];
  else Object.assign(message, { [part]: value });
}

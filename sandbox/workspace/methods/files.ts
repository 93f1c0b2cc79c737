import { z } from 'zod';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { freshId } from '../ids';
import { post, remove } from '../messages';
import type { FileRecord } from '../model';
import { fileObject } from '../shapes';
import { type Call, method, optionalJson, optionalText, text, visibleChannel } from './method';

const MIME: { [extension: string]: string } = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  html: 'text/html',
};

/** Registers a file that someone is about to upload. */
export function newFile(core: Core, name: string, size: number, user: string): FileRecord {
  const mimetype = MIME[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const file: FileRecord = {
    id: freshId('F'),
    name,
    title: name,
    mimetype,
    size,
    user,
    created: core.nowSec(),
    sharedIn: [],
    givenToApp: false,
    complete: false,
  };
  core.store.files.set(file.id, file);
  return file;
}

/** Whether the app may read a file: its own, one from a form, or one shared where it is a member. */
export const appMayRead = (core: Core, file: FileRecord): boolean =>
  file.user === core.app.bot.id ||
  file.givenToApp ||
  file.sharedIn.some((id) => core.store.channels.get(id)?.members.has(core.app.bot.id));

/** Deletes a message that contained only the file. */
function withdraw(core: Core, channelId: string, file: string): void {
  const channel = core.store.channels.get(channelId);
  for (const message of [...(channel?.log.all() ?? [])]) {
    if (!channel || !message.files?.includes(file)) continue;
    message.files = message.files.filter((id) => id !== file);
    if (message.files.length === 0 && !message.text && !message.blocks)
      void remove(core, channel, message, message.user);
    else core.bus.emit({ type: 'message_changed', message });
  }
}

const toComplete = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

function completed(call: Call, raw: unknown): FileRecord[] {
  const parsed = toComplete.safeParse(raw);
  if (!parsed.success) throw new SlackError('invalid_arguments', ['[ERROR] files must be a list of {id, title}']);
  return parsed.data.map(({ id, title }) => {
    const file = call.core.store.files.get(id);
    if (!file || !call.core.store.fileContents.has(id)) throw new SlackError('file_not_found');
    file.title = title ?? file.title;
    file.complete = true;
    return file;
  });
}

export const fileMethods = [
  method({
    name: 'files.getUploadURLExternal',
    tier: 't4',
    scopes: ['files:write'],
    args: z.object({ filename: text, length: z.coerce.number().int().positive() }),
    run({ core }, args) {
      const file = newFile(core, args.filename, args.length, core.app.bot.id);
      return { upload_url: `${core.url}/upload/${file.id}`, file_id: file.id };
    },
  }),
  method({
    name: 'files.completeUploadExternal',
    tier: 't4',
    scopes: ['files:write'],
    args: z.object({
      files: optionalJson,
      channel_id: optionalText,
      thread_ts: optionalText,
      initial_comment: optionalText,
    }),
    run(call, args) {
      const { core } = call;
      const channel = args.channel_id === undefined ? undefined : visibleChannel(call, args.channel_id);
      if (channel && !channel.members.has(core.app.bot.id)) throw new SlackError('not_in_channel');
      if (channel?.archived) throw new SlackError('is_archived');
      const files = completed(call, args.files);
      const draft = {
        user: core.app.bot.id,
        byApp: true,
        text: args.initial_comment ?? '',
        files: files.map(({ id }) => id),
        // For a missing parent, Slack returns no error, but shares in the channel.
        threadTs: args.thread_ts !== undefined && channel?.log.get(args.thread_ts) ? args.thread_ts : undefined,
      };
      if (channel) post(core, channel, draft);
      return { files: files.map((file) => fileObject(core, file)) };
    },
  }),
  method({
    name: 'files.delete',
    tier: 't3',
    scopes: ['files:write'],
    args: z.object({ file: text }),
    run({ core }, args) {
      const file = core.store.files.get(args.file);
      if (!file || !appMayRead(core, file)) throw new SlackError('file_not_found');
      if (file.user !== core.app.bot.id) throw new SlackError('cant_delete_file');
      core.store.files.delete(file.id);
      core.store.fileContents.delete(file.id);
      for (const id of file.sharedIn) withdraw(core, id, file.id);
      return {};
    },
  }),
  method({
    name: 'files.info',
    tier: 't4',
    scopes: ['files:read'],
    args: z.object({ file: text }),
    run({ core }, args) {
      const file = core.store.files.get(args.file);
      if (!file || !appMayRead(core, file)) throw new SlackError('file_not_found');
      return { file: fileObject(core, file) };
    },
  }),
];

import { tellApp } from './app-events';
import { Refusal, SlackError } from './errors';
import { join } from './membership';
import type { Message } from './message-log';
import { change, type Posted, post, postEphemeral, react, remove } from './messages';
import { newFile } from './methods/files';
import type { Channel, FileRecord } from './model';
import { DONE, type Outcome, type Person } from './person';
import { respond } from './responses';
import { SLACKBOT } from './store';

/** What a person does outside dialogs: commands, messages, reactions, visits. */

/** Types a slash command. Resolves once the app acknowledged it or failed to, which the person sees. */
export async function typeCommand(
  person: Person,
  channelId: string,
  command: string,
  text: string,
  threadTs?: string,
): Promise<Outcome> {
  const { core } = person;
  const channel = person.writable(channelId);
  const known = core.manifest.features?.slash_commands?.find((entry) => entry.command === command);
  if (!known || !core.scopes.has('commands')) {
    const message = `${command} is not a valid command. In Slack, all commands need to be installed with an app that lists them in its manifest.`;
    return failedCommand(person, channel, 'unknown_command', message);
  }
  const sent = await core.deliveries?.ask('slash_commands', command, person.id, {
    token: 'sandbox-verification',
    team_id: person.user.team ?? core.team.id,
    team_domain: core.team.domain,
    channel_id: channel.id,
    channel_name: channel.type === 'im' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: person.user.name,
    command,
    text: known.should_escape ? escapedMentions(person, text) : text,
    api_app_id: core.app.id,
    is_enterprise_install: 'false',
    response_url: person.responseUrl(channel),
    trigger_id: core.triggers.mint(person.id),
  });
  if (!sent?.ok)
    return failedCommand(
      person,
      channel,
      sent?.error ?? 'dispatch_failed',
      `${command} failed with the error "${sent?.error ?? 'dispatch_failed'}"`,
    );
  if (Object.keys(sent.body).length === 0) return DONE;
  try {
    const target = { channel: channel.id, user: person.id, ...(threadTs === undefined ? {} : { threadTs }) };
    respond(core, target, sent.body);
    return DONE;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return failedCommand(person, channel, error.code, `${command} failed with the error "${error.code}"`);
  }
}

function failedCommand(person: Person, channel: Channel, error: string, message: string): Outcome {
  person.toast(message);
  postEphemeral(person.core, channel, person.id, { user: SLACKBOT.id, text: message });
  return { ok: false, error, message };
}

const escapedMentions = ({ core }: Person, text: string): string =>
  text
    .replace(/<@(U\w+)>|@([\w.-]+)/g, (whole, id?: string, name?: string) => {
      const user = core.store.user(id ?? name ?? '');
      return user ? `<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = core.store.channel(name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });

/** Typed text as Slack stores it: three characters escaped, mentions of people and channels kept. */
const stored = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/&lt;([@#][A-Z]\w+(?:\|[^&]*)?)&gt;/g, '<$1>');

/** Posts a message (in a thread if `threadTs` is given); its files are shared with the channel. */
export function say(
  person: Person,
  channelId: string,
  text: string,
  threadTs?: string,
  files: readonly string[] = [],
): Posted {
  const channel = person.writable(channelId);
  if (text.trim() === '' && files.length === 0) throw new Refusal('no_text', 'There is nothing to send.');
  if (threadTs !== undefined && !channel.log.get(threadTs))
    throw new Refusal('thread_not_found', 'That thread is gone.');
  const owned = files.map((id) => ownFile(person, id).id);
  const root = threadTs === undefined ? undefined : (channel.log.get(threadTs)?.threadTs ?? threadTs);
  return post(person.core, channel, { user: person.id, text: stored(text), threadTs: root, files: owned });
}

/** Edits an own message. Resolves once the app was told. */
export function edit(person: Person, channelId: string, ts: string, text: string): Promise<void> {
  const { channel, message } = ownMessage(person, channelId, ts);
  return change(person.core, channel, message, person.id, { text: stored(text) });
}

/** Deletes an own message. Resolves once the app was told. */
export function deleteMessage(person: Person, channelId: string, ts: string): Promise<void> {
  const { channel, message } = ownMessage(person, channelId, ts);
  return remove(person.core, channel, message, person.id);
}

function ownMessage(person: Person, channelId: string, ts: string): { channel: Channel; message: Message } {
  const found = person.message(person.writable(channelId).id, ts);
  if (found.message.user !== person.id || found.message.tombstone)
    throw new Refusal('cant_update_message', 'Only your own messages can be changed.');
  return found;
}

/** Adds a reaction, or removes an existing one. */
export async function toggleReaction(person: Person, channelId: string, ts: string, name: string): Promise<void> {
  const { channel, message } = person.message(person.writable(channelId).id, ts);
  if (message.ephemeralFor !== undefined)
    throw new Refusal('bad_target', 'A message only you can see takes no reactions.');
  await react(person.core, channel, message, person.id, name, !message.reactions?.[name]?.includes(person.id));
}

export function markRead(person: Person, channelId: string): void {
  const channel = person.visible(channelId);
  const latest = channel.log.latest;
  if (latest) channel.lastRead.set(person.id, latest.ts);
  person.core.bus.emit({ type: 'channel', channel });
}

/** Opens the app's Home or Messages tab; the app is told of every visit. Resolves once it acknowledged. */
export async function visitApp(person: Person, tab: 'home' | 'messages'): Promise<void> {
  person.mustBeActive();
  const { core } = person;
  const home = core.views.home(person.id);
  const event = { type: 'app_home_opened', user: person.id, channel: person.dm.id, tab, event_ts: core.ts.next() };
  await tellApp(
    core,
    home && tab === 'home' ? { ...event, view: core.views.output(home) } : event,
    undefined,
    person.id,
  );
}

/** Opens the direct message with one other person or with the app. */
export function openDm(person: Person, others: readonly string[]): Channel {
  person.mustBeActive();
  const other = person.core.store.user(others[0] ?? '');
  if (!other || others.length !== 1 || other.id === person.id)
    throw new Refusal('user_not_found', 'Choose one person to write to.');
  const channel = person.core.store.im(person.core.team.id, person.id, other.id, person.core.nowSec());
  person.core.bus.emit({ type: 'channel', channel });
  return channel;
}

export function joinChannel(person: Person, channelId: string): Channel {
  person.mustBeActive();
  const channel = person.visible(channelId);
  if (channel.archived) throw new Refusal('is_archived', `#${channel.name} is archived.`);
  join(person.core, channel, person.id);
  return channel;
}

/** Stores a file that no one else can read until it is shared or submitted to the app. */
export function upload(person: Person, name: string, content: Buffer): FileRecord {
  person.mustBeActive();
  const file = newFile(person.core, name, content.length, person.id);
  file.complete = true;
  person.core.store.fileContents.set(file.id, content);
  return file;
}

export function ownFile(person: Person, id: string): FileRecord {
  const file = person.core.store.files.get(id);
  if (file?.user !== person.id) throw new Refusal('file_not_found', `There is no file ${id} of yours.`);
  return file;
}

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { type AppManifest, parseManifest } from '../sandbox/block-kit';
import { withCommands } from '../scripts/manifests/with-commands';
import { CASE_KINDS, KINDS } from '../src/domain/kinds';

const root = join(__dirname, '..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, 'manifests', name), 'utf8'));

function manifest(name: string): AppManifest {
  const result = parseManifest(readJson(name));
  if (!result.ok) throw new Error(`manifests/${name}: ${result.messages.join(', ')}`);
  return result.manifest;
}

/** The manifest without everything that only says how Slack reaches the app. */
function withoutTransport({ features, settings, ...rest }: AppManifest) {
  const { socket_mode_enabled: _mode, event_subscriptions, interactivity, ...others } = settings ?? {};
  const { request_url: _events, ...subscriptions } = event_subscriptions ?? {};
  const { request_url: _actions, ...interactions } = interactivity ?? { is_enabled: false };
  const commands = features?.slash_commands?.map(({ url: _url, ...command }) => command);
  return {
    ...rest,
    features: { ...features, slash_commands: commands },
    settings: { ...others, subscriptions, interactions },
  };
}

const POST = ['chat:write'];
const READ_CONVERSATIONS = ['channels:read', 'groups:read'];
/** Cases are in area channels; the agent's own messages in DMs. Both are searched for posts with an unknown result. */
const READ_MESSAGES = ['channels:history', 'groups:history', 'im:history'];

/** The bot scopes that a Web API method needs for this app's purposes. A method that is not listed fails the test. */
const SCOPES_OF_METHOD: Record<string, readonly string[]> = {
  'apps.connections.open': [],
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.delete': POST,
  'chat.getPermalink': [],
  'chat.postEphemeral': POST,
  'chat.postMessage': POST,
  'chat.update': POST,
  'conversations.history': READ_MESSAGES,
  'conversations.info': READ_CONVERSATIONS,
  'conversations.join': ['channels:join'],
  'conversations.list': READ_CONVERSATIONS,
  'conversations.members': READ_CONVERSATIONS,
  'conversations.open': ['im:write'],
  'conversations.replies': READ_MESSAGES,
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  filesUploadV2: ['files:write'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'team.info': ['team:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': READ_CONVERSATIONS,
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const SCOPES_OF_EVENT: Record<string, readonly string[]> = {
  app_home_opened: [],
  channel_id_changed: READ_CONVERSATIONS,
  channel_shared: READ_CONVERSATIONS,
  channel_unshared: READ_CONVERSATIONS,
  member_joined_channel: READ_CONVERSATIONS,
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
};

const unique = (items: readonly string[]) => [...new Set(items)].sort();
/** TypeScript files under a folder of the source, as paths from the root. */
const filesUnder = (folder: string) =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('src', file))
    .filter((file) => file.startsWith(folder) && file.endsWith('.ts'));
const stems = (folder: string) =>
  filesUnder(folder)
    .map((file) => basename(file, '.ts'))
    .filter((stem) => stem !== 'index');
const captures = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].flatMap((match) => match[1] ?? []);

const source = filesUnder('src/')
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

const isWebApiMethod = (name: string) =>
  typeof name
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], new WebClient()) === 'function';

const FAMILY =
  'apps|auth|bookmarks|bots|canvases|chat|conversations|dnd|emoji|files|pins|reactions|reminders|search|team|usergroups|users|views';
/** Web API methods that the source calls (`client.chat.update(`) or names (`'chat.update'`). */
const methodsInSource = unique(
  [
    ...captures(source, new RegExp(`\\.\\s*((?:${FAMILY})(?:\\s*\\.\\s*\\w+){1,2})\\s*\\(`, 'g')),
    ...captures(source, new RegExp(`['"\`]((?:${FAMILY})(?:\\.\\w+){1,2})['"\`]`, 'g')),
    ...captures(source, /\.\s*(filesUploadV2)\s*\(/g),
  ]
    .map((name) => name.replace(/\s/g, ''))
    .filter(isWebApiMethod),
);

describe('the app manifests', () => {
  const socket = manifest('socket.json');
  const http = manifest('http.json');

  it('are the same app, whichever way Slack reaches it', () => {
    expect(withoutTransport(http)).toEqual(withoutTransport(socket));
  });

  it('have request URLs only over HTTP', () => {
    expect(socket.settings?.socket_mode_enabled).toBe(true);
    expect(http.settings?.socket_mode_enabled).toBe(false);
    expect(JSON.stringify(socket)).not.toContain('/slack/events');
    const urls = [
      http.settings?.event_subscriptions?.request_url,
      http.settings?.interactivity?.request_url,
      ...(http.features?.slash_commands?.map((command) => command.url) ?? []),
    ];
    expect(unique(urls.map(String))).toEqual(['https://warmline.example.com/slack/events']);
  });

  it('let people write to the app and see its Home', () => {
    expect(socket.features?.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it.each([
    ['socket.json', socket],
    ['http.json', http],
  ])("%s has the source's commands and shortcuts: npm run manifests", (_name, { features, ...rest }) => {
    const { slash_commands, shortcuts } = withCommands({ features, ...rest }).features;
    expect(features).toMatchObject({ slash_commands, shortcuts });
  });

  it('list the commands of every kind of case and every tool', () => {
    const listened = [
      ...CASE_KINDS.map((kind) => KINDS[kind].command),
      ...stems('src/listeners/commands/').map((stem) => `/${stem}`),
    ];
    expect(unique(socket.features?.slash_commands?.map(({ command }) => command) ?? [])).toEqual(unique(listened));
  });

  it('subscribe to exactly the events that have a listener', () => {
    const listened = [
      ...stems('src/listeners/events/').map((stem) => stem.replaceAll('-', '_')),
      ...captures(source, /\bapp\.event\(\s*['"`](\w+)['"`]/g),
    ];
    const subscribed = socket.settings?.event_subscriptions?.bot_events?.map((event) => event.split('.')[0] ?? event);
    expect(unique(listened)).toEqual(unique(subscribed ?? []));
  });

  it('cover every Web API method in the source', () => {
    expect(methodsInSource.filter((method) => !(method in SCOPES_OF_METHOD))).toEqual([]);
  });

  it('request exactly the needed scopes', () => {
    const needed = [
      ...(socket.features?.slash_commands || socket.features?.shortcuts ? ['commands'] : []),
      ...(socket.settings?.event_subscriptions?.bot_events ?? []).flatMap(
        (event) => SCOPES_OF_EVENT[event] ?? [`no scope known for the event ${event}`],
      ),
      ...methodsInSource.flatMap((method) => SCOPES_OF_METHOD[method] ?? []),
    ];
    expect(unique(socket.oauth_config?.scopes?.bot ?? [])).toEqual(unique(needed));
  });
});

import { parseManifest } from '.';
import { chars } from './examples.fixture';

const url = 'https://warmline.example.com/slack/events';
const name = { name: 'Warmline' };
const about = (over: object) => ({ display_information: { ...name, ...over } });
const withCommand = (over: object) => ({
  display_information: name,
  features: { slash_commands: [{ command: '/sp-feedback', description: 'x', url, ...over }] },
});
const withCommands = (count: number) => ({
  display_information: name,
  features: {
    slash_commands: Array.from({ length: count }, (_, index) => ({ command: `/c${index}`, description: 'x', url })),
  },
});
const withShortcuts = (count: number, over: object = {}) => ({
  display_information: name,
  features: {
    shortcuts: Array.from({ length: count }, () => ({
      type: 'global',
      name: 'x',
      callback_id: 'x',
      description: 'x',
      ...over,
    })),
  },
});
const withEvents = (count: number) => ({
  display_information: name,
  settings: {
    event_subscriptions: { request_url: url, bot_events: Array.from({ length: count }, () => 'message.im') },
  },
});
const withBot = (display_name: string) => ({ display_information: name, features: { bot_user: { display_name } } });

it.each<[string, number, (n: number) => unknown]>([
  ['characters of the name', 35, (n) => about({ name: chars(n) })],
  ['characters of the description', 140, (n) => about({ description: chars(n) })],
  ['characters of the long description', 4000, (n) => about({ long_description: chars(n) })],
  ["characters of the bot's name", 80, (n) => withBot(chars(n))],
  ['commands', 50, withCommands],
  ['characters of a command', 32, (n) => withCommand({ command: `/${chars(n - 1)}` })],
  ["characters of a command's description", 2000, (n) => withCommand({ description: chars(n) })],
  ["characters of a command's hint", 1000, (n) => withCommand({ usage_hint: chars(n) })],
  ['shortcuts', 10, withShortcuts],
  ['characters of a shortcut', 24, (n) => withShortcuts(1, { name: chars(n) })],
  ["characters of a shortcut's id", 255, (n) => withShortcuts(1, { callback_id: chars(n) })],
  ["characters of a shortcut's description", 150, (n) => withShortcuts(1, { description: chars(n) })],
  ['bot events', 100, withEvents],
])('accepts at most this many %s: %i', (_what, limit, build) => {
  expect(parseManifest(build(limit))).toMatchObject({ ok: true });
  expect(parseManifest(build(limit + 1))).toMatchObject({ ok: false });
});

it('requires a long description of 175 characters or none', () => {
  expect(parseManifest(about({})).ok).toBe(true);
  expect(parseManifest(about({ long_description: chars(175) })).ok).toBe(true);
  expect(parseManifest(about({ long_description: chars(174) }))).toEqual({
    ok: false,
    messages: ['[ERROR] must be more than 174 characters [json-pointer:/display_information/long_description]'],
  });
});

it.each<[string, unknown, string]>([
  ['nothing', {}, 'missing required field: display_information [json-pointer:/display_information]'],
  ['no object', 'x', 'must provide an object [json-pointer:]'],
  [
    'a color name',
    about({ background_color: 'red' }),
    'must be a color like #fff or #ffffff [json-pointer:/display_information/background_color]',
  ],
  ['an unknown key', { ...about({}), setings: {} }, 'invalid additional property: setings [json-pointer:]'],
  [
    'a command without slash',
    withCommand({ command: 'warm' }),
    'must start with / [json-pointer:/features/slash_commands/0/command]',
  ],
  [
    'a command without a URL',
    withCommand({ url: undefined }),
    'missing required field while socket mode is off [json-pointer:/features/slash_commands/0/url]',
  ],
  [
    'events without a URL',
    { ...about({}), settings: { event_subscriptions: { bot_events: ['message.im'] } } },
    'missing required field while socket mode is off [json-pointer:/settings/event_subscriptions/request_url]',
  ],
  [
    'interactivity without a URL',
    { ...about({}), settings: { interactivity: { is_enabled: true } } },
    'missing required field while socket mode is off [json-pointer:/settings/interactivity/request_url]',
  ],
])('refuses %s', (_what, json, message) => {
  expect(parseManifest(json)).toEqual({ ok: false, messages: [`[ERROR] ${message}`] });
});

it('refuses a command listed twice', () => {
  const { features, ...rest } = withCommands(1);
  const twice = [...features.slash_commands, ...features.slash_commands];
  expect(parseManifest({ ...rest, features: { slash_commands: twice } })).toEqual({
    ok: false,
    messages: ['[ERROR] command /c0 is listed twice [json-pointer:/features/slash_commands/1/command]'],
  });
});

it('needs no URL in Socket Mode', () => {
  const manifest = {
    ...withCommand({ url: undefined }),
    settings: {
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
      event_subscriptions: { bot_events: ['message.im'] },
    },
  };
  expect(parseManifest(manifest)).toEqual({ ok: true, manifest });
});

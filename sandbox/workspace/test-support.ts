import { App, type BlockAction, type Logger, LogLevel, SocketModeReceiver, type types } from '@slack/bolt';
import type { JsonObject } from '../client-protocol';
import { startWorkspace, type Timing, type Workspace, type WorkspaceOptions } from './index';

const SCOPES = [
  'channels:history',
  'channels:read',
  'channels:join',
  'channels:manage',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
  'app_mentions:read',
];
const EVENTS = [
  'app_home_opened',
  'app_mention',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
];

/** A manifest for tests; `without` leaves out scopes or events. */
export function testManifest(mode: 'socket' | 'http', without: readonly string[] = []): JsonObject {
  const url = mode === 'http' ? { request_url: 'https://app.example.com/slack/events' } : {};
  const command = (name: string, more: JsonObject = {}): JsonObject => ({
    command: name,
    description: 'For tests',
    usage_hint: '[words]',
    ...(mode === 'http' ? { url: 'https://app.example.com/slack/events' } : {}),
    ...more,
  });
  const kept = (list: readonly string[]): string[] => list.filter((item) => !without.includes(item));
  return {
    display_information: { name: 'Probe' },
    features: {
      bot_user: { display_name: 'Probe' },
      app_home: {
        home_tab_enabled: !without.includes('home'),
        messages_tab_enabled: !without.includes('messages_tab'),
      },
      slash_commands: [command('/probe'), command('/escaped', { should_escape: true })],
      shortcuts: [
        { name: 'From anywhere', type: 'global', callback_id: 'global_probe', description: 'For tests' },
        { name: 'From message', type: 'message', callback_id: 'message_probe', description: 'For tests' },
      ],
    },
    oauth_config: { scopes: { bot: kept(SCOPES) } },
    settings: {
      socket_mode_enabled: mode === 'socket',
      interactivity: { is_enabled: true, ...url },
      event_subscriptions: { bot_events: kept(EVENTS), ...url },
    },
  };
}

export interface Rig {
  readonly workspace: Workspace;
  readonly app: App;
  stop(): Promise<void>;
}

/** Tests cut connections and leave payloads unacknowledged on purpose, so the SDK's log is silenced. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
const clients: { retryConfig: { retries: number }; rejectRateLimitedCalls: boolean } = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
};

/** A workspace and a real Bolt app connected to it; `wire` adds the listeners. */
export async function startRig(
  mode: 'socket' | 'http',
  wire: (app: App) => void,
  options: Partial<WorkspaceOptions> & { timing?: Partial<Timing>; without?: readonly string[] } = {},
): Promise<Rig> {
  const { without = [], ...rest } = options;
  const workspace = await startWorkspace({ manifest: testManifest(mode, without), ...rest });
  const shared = {
    token: workspace.botToken,
    clientOptions: { slackApiUrl: workspace.apiUrl, ...clients },
    logger: silent,
  };
  const app =
    mode === 'socket'
      ? new App({
          ...shared,
          receiver: new SocketModeReceiver({
            appToken: workspace.appToken,
            clientPingTimeout: 1000,
            logger: silent,
            installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl, ...clients } },
          }),
        })
      : new App({ ...shared, signingSecret: workspace.signingSecret });
  wire(app);
  const server = await app.start(0);
  if (mode === 'http') workspace.setAppUrl(`http://127.0.0.1:${portOf(server)}`);
  await workspace.waitForApp();
  return {
    workspace,
    app,
    async stop() {
      await app.stop();
      await workspace.stop();
    },
  };
}

function portOf(server: unknown): number {
  if (typeof server === 'object' && server !== null && 'address' in server && typeof server.address === 'function') {
    const address: unknown = server.address();
    if (typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number')
      return address.port;
  }
  throw new Error('The Bolt app listens on no port.');
}

/** A modal with one text input, for tests that need any modal. */
export const textModal = (more: JsonObject = {}, input: JsonObject = {}): JsonObject => ({
  type: 'modal',
  callback_id: 'note',
  title: { type: 'plain_text', text: 'Note' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input',
      block_id: 'words',
      label: { type: 'plain_text', text: 'Words' },
      element: { type: 'plain_text_input', action_id: 'words' },
      ...input,
    },
  ],
  ...more,
});

/** An app that takes whatever comes and records the name and the payload of each, in order. */
export interface Notes {
  heard: { name: string; body: JsonObject }[];
  /** How it answers a submission; by default, it acknowledges. */
  answer?: (() => 'clear' | 'silence' | { update: JsonObject } | { errors: { [block: string]: string } }) | undefined;
}

/** Listens to everything. */
export function noteAll(notes: Notes): (app: App) => void {
  const note = (name: string, body: object) => notes.heard.push({ name, body: JSON.parse(JSON.stringify(body)) });
  return (app) => {
    app.command(/.*/, async ({ ack, body }) => {
      note('command', body);
      await ack();
    });
    app.view({ callback_id: /.*/, type: 'view_submission' }, async ({ ack, body }) => {
      note('submission', body);
      const how = notes.answer?.();
      if (how === 'silence') return;
      if (how === 'clear') return ack({ response_action: 'clear' });
      if (how === undefined) return ack();
      if ('errors' in how) return ack({ response_action: 'errors', errors: how.errors });
      const view: types.ModalView = JSON.parse(JSON.stringify(how.update));
      await ack({ response_action: 'update', view });
    });
    app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack, body }) => {
      note('closed', body);
      await ack();
    });
    app.action<BlockAction>(/.*/, async ({ ack, body }) => {
      note('action', body);
      await ack();
    });
    app.options(/.*/, async ({ ack, body }) => {
      note('options', body);
      await ack({ options: [{ text: { type: 'plain_text', text: `Match ${body.value}` }, value: 'm' }] });
    });
  };
}

/** Calls the Web API without an SDK. */
export async function call(
  workspace: Workspace,
  method: string,
  args: JsonObject = {},
  token: string | null = workspace.botToken,
): Promise<{ status: number; headers: Headers; body: JsonObject }> {
  const response = await fetch(`${workspace.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(args),
  });
  const body: JsonObject = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body };
}

/** A workspace without Slack's rate limits. */
export const quickWorkspace = (options: Partial<Parameters<typeof startWorkspace>[0]> = {}): Promise<Workspace> =>
  startWorkspace({
    manifest: testManifest('socket'),
    timing: { tierPerMinute: 'off', postIntervalMs: 0 },
    ...options,
  });

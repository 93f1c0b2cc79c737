import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { argumentsOf, type Json, type Posted, postSigned, stateOf, type View } from './other-slack-payloads';
/** What may be wrong with Slack when the app wants a socket. */
export type Trouble =
  | '503'
  | '502 with HTML'
  | 'reset'
  | 'no answer'
  | 'not JSON'
  | 'invalid_auth'
  | 'internal_error'
  | 'rate limit'
  | 'refused socket'
  | 'closed at once'
  | 'no hello'
  | 'black hole';

const SIGNING_SECRET = 'another-signing-secret';
const TEAM = { id: 'T0OTHER', domain: 'other' };

/**
 * A server with just enough of Slack's API to work with, written only from Slack's documentation: six methods of the
 * Web API over Socket Mode or signed HTTP. It answers every other method with `unknown_method`.
 */
export class OtherSlack {
  readonly messages: Posted[] = [];
  /** What was sent to a command's `response_url`. */
  readonly answers: Json[] = [];
  /** Methods that were called and do not exist. */
  readonly lacking = new Set<string>();
  /** How it says that a method is not there. */
  lackingIs: 'unknown_method' | '404' = 'unknown_method';
  readonly credentials = { bot: 'xoxb-other-1', app: 'xapp-other-1', signingSecret: SIGNING_SECRET };
  /** In HTTP mode, the app's address. */
  appUrl: string | null = null;

  /** The fault of `apps.connections.open` and the sockets, or of every method. */
  trouble: { is: Trouble; with: 'sockets' | 'everything' } | null = null;
  /** When the app asked for a socket, by `performance.now()`. */
  readonly asked: number[] = [];

  private readonly views = new Map<string, View>();
  private readonly changed = new EventEmitter().setMaxListeners(0);
  private readonly sockets = new WebSocketServer({ noServer: true });
  private socket: WebSocket | null = null;
  private serial = 1000;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtherSlack> {
    const server = createServer();
    const slack = new OtherSlack(server);
    server.on('request', async (request, response) => {
      const method = (request.url ?? '').replace('/api/', '');
      const args = await argumentsOf(request);
      if (method === 'apps.connections.open') slack.asked.push(performance.now());
      if (!slack.isTroubled(method) || !slack.upset(response)) {
        const answer = slack.call(method, args);
        const isThere = answer.error !== 'unknown_method' || slack.lackingIs === 'unknown_method';
        response.writeHead(isThere ? 200 : 404, { 'content-type': isThere ? 'application/json' : 'text/html' });
        response.end(isThere ? JSON.stringify(answer) : '<html>nothing here</html>');
      }
      slack.changed.emit('change');
    });
    server.on('upgrade', (request, socket, head) => {
      const trouble = slack.trouble?.is;
      if (trouble === 'refused socket') return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      slack.sockets.handleUpgrade(request, socket, head, (opened) => {
        if (trouble === 'black hole') opened.pause();
        if (trouble !== 'no hello') opened.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
        if (trouble === 'closed at once') opened.close(1000);
        if (!trouble) slack.socket = opened;
        opened.on('close', () => slack.changed.emit('change'));
        slack.changed.emit('change');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return slack;
  }

  get apiUrl(): string {
    return `http://${this.origin}/api/`;
  }

  /** Looks now and after each call of the app until `look` returns something. */
  async until<T>(look: () => T | undefined, patienceMs = 10_000): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await once(this.changed, 'change', { signal: AbortSignal.timeout(patienceMs) });
    }
  }

  /** Cuts every socket without notice. */
  cut(): void {
    this.socket = null;
    for (const socket of this.sockets.clients) socket.terminate();
  }

  /** Stops receiving and sending on the open sockets. */
  goSilent(): void {
    this.socket = null;
    for (const socket of this.sockets.clients) socket.pause();
  }

  /** Sends a frame over the newest socket as it is. */
  say(frame: unknown): void {
    if (!this.socket) throw new Error('The app has no socket open.');
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The app's current socket, once there is one other than `before`. */
  newSocket(before: WebSocket | null = null): Promise<WebSocket> {
    return this.until(() => (this.socket && this.socket !== before ? this.socket : undefined), 40_000);
  }

  /** The newest view that fits, once the app opened or changed one accordingly. */
  view(fits: (words: string) => boolean): Promise<View> {
    return this.until(() => [...this.views.values()].findLast((view) => fits(JSON.stringify(view))));
  }

  /** Types a command, e.g. `/sp-feedback ACC100 556677`. */
  command(user: string, line: string): Promise<Json> {
    const [command = '', ...rest] = line.split(' ');
    return this.deliver('slash_commands', {
      ...this.common(user),
      command,
      text: rest.join(' '),
      user_id: user,
      user_name: user.toLowerCase(),
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      channel_id: 'C0FLOOR',
      channel_name: 'floor',
      response_url: `http://${this.origin}/response`,
    });
  }

  /** Chooses or types an answer in a view by its label, and tells the app if the field asks for that. */
  async answer(user: string, view: View, answers: Record<string, string>, label: string): Promise<Json> {
    const block = view.blocks.find((candidate) => candidate.label?.text === label);
    const { block_id = '', element } = block ?? {};
    if (!element) throw new Error(`There is no field "${label}".`);
    const values = stateOf(view, answers);
    const action = { ...values[block_id]?.[element.action_id], action_id: element.action_id, block_id };
    return this.act(user, action, {
      view: { ...view, state: { values } },
      container: { type: 'view', view_id: view.id },
    });
  }

  /** Presses a button of a message by its text. */
  async press(user: string, { channel, ts, blocks }: Posted, text: string): Promise<Json> {
    const all = blocks.flatMap(({ block_id = '', elements = [] }) =>
      elements.map((element) => ({ ...element, block_id })),
    );
    const button = all.find((element) => element.text?.text === text);
    if (!button) throw new Error(`There is no button "${text}".`);
    const container = { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false };
    return this.act(user, button, {
      container,
      channel: { id: channel, name: 'a-channel' },
      message: { type: 'message', ts },
    });
  }

  /** Submits a view; returns the app's acknowledgment. */
  submit(user: string, view: View, answers: Record<string, string>): Promise<Json> {
    const filled = { ...view, state: { values: stateOf(view, answers) } };
    return this.deliver('interactive', { type: 'view_submission', ...this.common(user), view: filled });
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private get origin(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private common(user: string): Json {
    return {
      token: 'legacy',
      api_app_id: 'A0OTHER',
      team: TEAM,
      user: { id: user, username: user.toLowerCase(), team_id: TEAM.id },
      trigger_id: `trigger-${++this.serial}`,
    };
  }

  private act(user: string, action: Json, place: Json): Promise<Json> {
    const actions = [{ ...action, action_ts: this.nextTs() }];
    return this.deliver('interactive', { type: 'block_actions', ...this.common(user), ...place, actions });
  }

  private nextTs(): string {
    return `${Math.floor(Date.now() / 1000)}.${String(++this.serial).padStart(6, '0')}`;
  }

  private isTroubled(method: string): boolean {
    return this.trouble?.with === 'everything' || (this.trouble !== null && method === 'apps.connections.open');
  }

  /** Answers with the current fault; false if it does not apply. */
  private upset(response: ServerResponse): boolean {
    const json = (status: number, body: Json, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const html = (status: number) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>bad</html>');
    switch (this.trouble?.is) {
      case '503':
        return Boolean(json(503, { ok: false, error: 'service_unavailable' }));
      case '502 with HTML':
        return Boolean(html(502));
      case 'not JSON':
        return Boolean(html(200));
      case 'reset':
        return Boolean(response.socket?.destroy());
      case 'no answer':
        return true;
      case 'invalid_auth':
      case 'internal_error':
        return Boolean(json(200, { ok: false, error: this.trouble.is }));
      case 'rate limit':
        return Boolean(json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' }));
      default:
        return false;
    }
  }

  private call(method: string, args: Json): Json {
    switch (method) {
      case '/response':
        this.answers.push(args);
        return { ok: true };
      case 'auth.test':
        return { ok: true, team_id: TEAM.id, user_id: 'U0APP', bot_id: 'B0APP', user: 'app', team: 'Other' };
      case 'apps.connections.open':
        return { ok: true, url: `ws://${this.origin}/link` };
      case 'views.open':
        return this.show(`V${++this.serial}`, args.view as View);
      case 'views.update':
        return this.show(String(args.view_id), args.view as View);
      case 'chat.postMessage': {
        const { channel, text, blocks, thread_ts } = args as Posted;
        const posted = { channel, text, blocks, ts: this.nextTs(), edited: false, ...(thread_ts ? { thread_ts } : {}) };
        this.messages.push(posted);
        return { ok: true, channel, ts: posted.ts };
      }
      case 'chat.update': {
        const message = this.messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts);
        if (!message) return { ok: false, error: 'message_not_found' };
        Object.assign(message, { text: args.text, blocks: args.blocks, edited: true });
        return { ok: true, channel: message.channel, ts: message.ts };
      }
      default:
        this.lacking.add(method);
        return { ok: false, error: 'unknown_method' };
    }
  }

  private show(id: string, view: View): Json {
    const shown = { ...view, id, hash: String(++this.serial) };
    this.views.delete(id);
    this.views.set(id, shown);
    return { ok: true, view: shown };
  }

  /** Sends a payload to the app; returns its acknowledgment. */
  private async deliver(type: 'slash_commands' | 'interactive', payload: Json): Promise<Json> {
    if (this.appUrl) return postSigned(SIGNING_SECRET, this.appUrl, type, payload);
    const socket = this.socket;
    if (!socket) throw new Error('The app has no socket open.');
    const envelopeId = randomUUID();
    const acknowledged = new Promise<Json>((resolve) => {
      const listen = (data: unknown) => {
        const frame = JSON.parse(String(data)) as { envelope_id?: string; payload?: Json };
        if (frame.envelope_id !== envelopeId) return;
        socket.off('message', listen);
        resolve(frame.payload ?? {});
      };
      socket.on('message', listen);
    });
    socket.send(JSON.stringify({ envelope_id: envelopeId, type, accepts_response_payload: true, payload }));
    return acknowledged;
  }
}

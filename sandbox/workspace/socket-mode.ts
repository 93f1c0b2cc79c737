import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import { type DeliveryKind, gate, notAcked, type Sent, type Transport } from './deliveries';
import { SlackError } from './errors';
import { randomId } from './ids';
import { isObject, str } from './json';

const MOST_CONNECTIONS = 10;
const PING_MS = 10_000;
/** How long a client may take to answer a close frame. */
const CLOSE_MS = 1000;
const CONNECTION_LIFE_SEC = 18_060;

interface Connection {
  readonly socket: WebSocket;
  /** Who waits for an acknowledgment, by envelope id. */
  readonly pending: Map<string, (sent: Sent) => void>;
}

const CLOSED: Sent = {
  ok: false,
  error: 'dispatch_failed',
  reason: 'connection_failed',
  summary: 'the socket closed before an ack',
};
const NOBODY: Sent = {
  ok: false,
  error: 'dispatch_failed',
  reason: 'connection_failed',
  summary: 'no socket is connected',
};

/** The app's web sockets (up to ten); payloads go to them in turn. */
export class SocketMode implements Transport {
  private readonly tickets = new Set<string>();
  private connections: Connection[] = [];
  private turn = 0;
  private next = gate();

  constructor(private readonly core: Core) {}

  get connected(): boolean {
    return this.open.length > 0;
  }

  /** How many of the app's sockets are open. */
  get count(): number {
    return this.open.length;
  }

  /** Without those whose client is closing: no one reads there anymore. */
  private get open(): Connection[] {
    return this.connections.filter(({ socket }) => socket.readyState === socket.OPEN);
  }

  /** The one-use address that `apps.connections.open` returns. */
  ticketUrl(): string {
    if (this.connections.length >= MOST_CONNECTIONS) throw new SlackError('too_many_websockets');
    const ticket = randomId(24);
    this.tickets.add(ticket);
    return `${this.core.url.replace(/^http/, 'ws')}/link?ticket=${ticket}&app_id=${this.core.app.id}`;
  }

  /** Accepts a socket with a valid ticket; others are closed at once. */
  accept(socket: WebSocket, ticket: string): void {
    if (!this.tickets.delete(ticket)) {
      socket.close(1008, 'unknown ticket');
      return;
    }
    const connection: Connection = { socket, pending: new Map() };
    this.connections.push(connection);
    const pings = setInterval(() => socket.ping('Ping from Slack'), PING_MS);
    pings.unref();
    socket.on('message', (data) => this.acknowledged(connection, String(data)));
    socket.on('error', (error) => this.core.traffic.note('socket', 'error', error.message));
    socket.on('close', (code) => {
      clearInterval(pings);
      this.connections = this.connections.filter((other) => other !== connection);
      for (const settle of connection.pending.values()) settle(CLOSED);
      this.core.traffic.note('socket', 'close', `closed with ${code}`);
      this.core.bus.emit({ type: 'app', connected: this.connected });
    });
    const debug = { host: 'sandbox', approximate_connection_time: CONNECTION_LIFE_SEC };
    this.frame(connection, {
      type: 'hello',
      num_connections: this.connections.length,
      connection_info: { app_id: this.core.app.id },
      debug_info: debug,
    });
    this.core.traffic.note('socket', 'hello', `${this.connections.length} connected`);
    this.core.bus.emit({ type: 'app', connected: true });
    this.next.open();
    this.next = gate();
  }

  async whenConnected(): Promise<void> {
    if (!this.connected) await this.next.opened;
  }

  async send(kind: DeliveryKind, payload: JsonObject, retry?: { attempt: number; reason: string }): Promise<Sent> {
    this.turn += 1;
    const { open } = this;
    const connection = open[this.turn % Math.max(1, open.length)];
    if (!connection) return NOBODY;
    const envelopeId = randomUUID();
    return new Promise((resolve) => {
      const settle = (sent: Sent): void => {
        clearTimeout(timer);
        connection.pending.delete(envelopeId);
        resolve(sent);
      };
      const timer = setTimeout(() => settle(notAcked(this.core.timing.ackMs)), this.core.timing.ackMs);
      connection.pending.set(envelopeId, settle);
      this.frame(connection, {
        envelope_id: envelopeId,
        type: kind,
        accepts_response_payload: kind !== 'events_api',
        payload,
        ...(retry ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}),
      });
    });
  }

  /** Asks the app to reconnect (`warning`, `refresh_requested` …) as Slack does, and lets it close. */
  disconnect(reason: string): void {
    for (const connection of this.connections)
      this.frame(connection, { type: 'disconnect', reason, debug_info: { host: 'sandbox' } });
  }

  /** Cuts every socket without notice. */
  drop(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  /** Closes every socket properly, and cuts those that do not answer. Resolves once all are gone. */
  async close(): Promise<void> {
    await Promise.all(
      this.connections.map(async ({ socket }) => {
        const closed = once(socket, 'close');
        const cut = setTimeout(() => socket.terminate(), CLOSE_MS);
        socket.close(1000);
        await closed;
        clearTimeout(cut);
      }),
    );
  }

  private frame({ socket }: Connection, frame: JsonObject): void {
    socket.send(JSON.stringify(frame));
  }

  private acknowledged(connection: Connection, text: string): void {
    const frame = parsed(text);
    const settle = connection.pending.get(str(frame?.envelope_id) ?? '');
    if (!frame || !settle) this.core.traffic.note('socket', 'frame', 'a frame that acknowledges nothing');
    else settle({ ok: true, body: isObject(frame.payload) ? frame.payload : {} });
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

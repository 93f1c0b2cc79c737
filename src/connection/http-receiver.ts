import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import { Server } from 'node:http';
import type { Socket } from 'node:net';
import { parse as parseForm } from 'node:querystring';
import { HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt';
import type { Logger } from 'pino';

/** What one client may cost the receiver. */
export interface Bounds {
  /** How long a client may take to send a request, ms: Slack sends it at once. */
  readonly requestMs: number;
  /** How much of a body is read, bytes: Slack's largest view submission, form-encoded. */
  readonly bodyBytes: number;
  /** How much of all incoming bodies is held, bytes. */
  readonly heldBytes: number;
  /** How many connections may be open at once; beyond that, one without a current request is closed. */
  readonly connections: number;
}
export const BOUNDS: Bounds = {
  requestMs: 10_000,
  bodyBytes: 2 * 1024 * 1024,
  heldBytes: 64 * 1024 * 1024,
  connections: 500,
};

/** Longer than that of proxies in front, which would otherwise send a request into a closing connection. */
const KEEP_ALIVE_MS = 65_000;
const REQUESTS_PER_CONNECTION = 1000;
/** How far a request's signature may be off either way: clocks differ, and a recording must not be replayed later. */
const SIGNED_FOR_S = 5 * 60;
/** Slack's certificate check is unsigned, and this short. */
const UNSIGNED_BYTES = 1024;
/** A refused body is drained for this long, so that its sender reads the answer instead of getting a reset, ms. */
const LINGER_MS = 1000;
/** How long a stop waits for requests in progress, ms: Slack waits 3 seconds for an answer. */
const LONGEST_STOP_MS = 4000;
/** Deeper than any payload of Slack's, and shallow enough for the stack. */
const MOST_NESTED = 100;
const FORM = 'application/x-www-form-urlencoded';

interface Options
  extends Pick<HTTPReceiverOptions, 'port' | 'customRoutes' | 'logger' | 'unhandledRequestTimeoutMillis'> {
  readonly signingSecret: string;
  readonly log: Logger;
  readonly bounds?: Partial<Bounds>;
  /** False while nothing can be handled yet: Slack is then asked to retry. */
  readonly takesWork: () => boolean;
}

/**
 * Bolt's receiver behind a gate: an unauthorized request, or one without a payload, is answered before anything is read
 * or done, however slowly or however much it sends. Bolt reads a body of any speed and depth, accepts a signature from
 * the future, and ends the process on a body that is JSON `null`.
 */
export function httpReceiver({ log, bounds: given, takesWork, ...options }: Options): HTTPReceiver {
  const bounds = { ...BOUNDS, ...given };
  const receiver = new HTTPReceiver({
    ...options,
    bodyLimit: bounds.bodyBytes,
    processEventErrorHandler: async ({ error, response }) => {
      log.warn({ err: error }, 'a signed request had no payload that Warmline knows');
      if (!response.headersSent) response.writeHead(400).end();
      return false;
    },
  });
  const { requestListener, start, stop } = receiver;
  let listening: Server | null = null;
  const held = { bytes: 0 };

  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST') return requestListener(request, response);
    // Nothing else is posted here, and Bolt would read `/./slack/events` or `//x/slack/events` as this path, too.
    if (pathOf(request) !== '/slack/events') return refuse(request, response, 404);
    if (!takesWork()) return refuse(request, response, 503);
    void admit(request, response);
  };
  receiver.start = (async (port?: number) => {
    const server = await start.call(receiver, port ?? options.port ?? 0, timeouts(bounds));
    if (server instanceof Server) {
      bound(server, bounds.connections);
      listening = server;
    }
    return server;
  }) as HTTPReceiver['start'];
  receiver.stop = async () => {
    const stopped = stop.call(receiver);
    // From here on Node looks at no request's time anymore.
    const cut = setTimeout(() => listening?.closeAllConnections(), Math.min(LONGEST_STOP_MS, bounds.requestMs));
    await stopped.finally(() => clearTimeout(cut));
  };
  return receiver;

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const signature = signatureOf(request);
      if (signature === 'stale') return refuse(request, response, 401, { signedSecondsAgo: signedAgo(request) });
      const body = await bodyOf(request, signature ? bounds.bodyBytes : UNSIGNED_BYTES, bounds, held);
      if (typeof body === 'number') return refuse(request, response, signature ? body : 401);
      if (!signature)
        return isCertificateCheck(request, body) ? void response.writeHead(200).end() : refuse(request, response, 401);
      if (!isSigned(body, signature, options.signingSecret)) return refuse(request, response, 401);
      // With a charset after it, Bolt takes a form for JSON.
      if (isForm(request)) request.headers['content-type'] = FORM;
      if (!isPayload(request, body)) return refuse(request, response, 400);
      requestListener(Object.assign(request, { rawBody: body }), response);
    } catch (error) {
      log.warn({ err: error }, 'a request could not be read');
      refuse(request, response, 400);
    }
  }

  function refuse(request: IncomingMessage, response: ServerResponse, status: number, about: object = {}): void {
    log.warn({ status, from: request.socket.remoteAddress, ...about }, 'a request was refused at the door');
    if (response.headersSent || response.destroyed) return;
    if (request.complete) return void response.writeHead(status).end();
    response.writeHead(status, { connection: 'close', 'content-length': 0 });
    response.flushHeaders();
    const close = () => {
      clearTimeout(timer);
      response.end(() => request.destroy());
    };
    const timer = setTimeout(close, LINGER_MS);
    request.once('end', close).once('error', close).resume();
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

const timeouts = ({ requestMs }: Bounds): ServerOptions => ({
  headersTimeout: requestMs,
  requestTimeout: 2 * requestMs,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: Math.min(5_000, requestMs),
});

/** A client that opens idle connections keeps no one out: those are closed first, the oldest first. */
function bound(server: Server, most: number): void {
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION;
  const open = new Set<Socket>();
  const busy = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
    });
    if (open.size <= most) return;
    for (const other of open) if (!busy.has(other) && other !== socket) return void other.destroy();
    socket.destroy();
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      // A connection that was busy when the server closed would be kept open as always.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
    });
  });
}

interface Signature {
  readonly timestamp: string;
  readonly signature: string;
}
/** A request's signature, or null; `stale` if it was not signed recently. */
function signatureOf({ headers }: IncomingMessage): Signature | 'stale' | null {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return null;
  const isNow = /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) <= SIGNED_FOR_S;
  return isNow ? { timestamp, signature } : 'stale';
}

/** Seconds since a request was signed, by this machine's clock; negative: that will be in the future. */
const signedAgo = ({ headers }: IncomingMessage): number =>
  Math.round(Date.now() / 1000 - Number(headers['x-slack-request-timestamp']));

function isSigned(body: Buffer, { timestamp, signature }: Signature, secret: string): boolean {
  const right = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
  return signature.length === right.length && timingSafeEqual(Buffer.from(signature), Buffer.from(right));
}

/** The whole body; or the status if it is too large (413), too slow (408), incomplete (400), or one too many (503). */
function bodyOf(
  request: IncomingMessage,
  most: number,
  { requestMs, heldBytes }: Bounds,
  held: { bytes: number },
): Promise<Buffer | number> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(413);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle(408), requestMs);
    const settle = (outcome: Buffer | number) => {
      clearTimeout(timer);
      held.bytes -= size;
      request.off('data', take).off('end', ended).off('error', failed).off('close', failed);
      resolve(outcome);
    };
    const take = (piece: Buffer) => {
      size += piece.length;
      held.bytes += piece.length;
      if (size > most) settle(413);
      else if (held.bytes > heldBytes) settle(503);
      else pieces.push(piece);
    };
    const ended = () => settle(Buffer.concat(pieces));
    const failed = () => settle(400);
    request.on('data', take).on('end', ended).on('error', failed).on('close', failed);
  });
}

const isForm = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === FORM;

/** Slack checks the certificate with an unsigned request. */
const isCertificateCheck = (request: IncomingMessage, body: Buffer): boolean =>
  isForm(request) && parseForm(body.toString()).ssl_check === '1';

/** Whether a body has the shape that Bolt relies on before it looks for a listener. */
function isPayload(request: IncomingMessage, body: Buffer): boolean {
  const text = body.toString();
  if (!isForm(request)) return isShaped(jsonOf(text));
  const form = parseForm(text);
  if (form.payload === undefined) return Object.values(form).every((value) => typeof value === 'string');
  return typeof form.payload === 'string' && isShaped(jsonOf(form.payload));
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isShaped(body: unknown): boolean {
  if (!isObject(body)) return false;
  const { event, actions, view, user, team, type } = body;
  if (event !== undefined) return isObject(event) && typeof event.type === 'string';
  if (typeof type !== 'string') return false;
  if (actions !== undefined && !(Array.isArray(actions) && isObject(actions[0]))) return false;
  if (type.startsWith('view_') && !isObject(view)) return false;
  return (user === undefined || isObject(user)) && (team === undefined || team === null || isObject(team));
}

/** Parsed JSON; undefined if it is invalid, or nested too deeply to be Slack's. */
function jsonOf(text: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > MOST_NESTED) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** What Slack sends for the app: a command, a click, an event. */
export interface Envelope {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The number of the delivery attempt and the reason for retrying, for events. */
  readonly retry: { readonly retryNum?: number; readonly retryReason?: string };
}
/** Acknowledges an envelope, with an answer. False: the socket is gone, and Slack did not receive it. */
export type Acknowledge = (answer: unknown) => boolean;

/** One web socket with Slack, from its hello to its end. */
export interface Link {
  /** Resolves when Slack asks for a new one, or it is gone. */
  readonly ending: Promise<string>;
  /** Resolves when it is gone, with why and when Slack was last heard from (`performance.now()`). */
  readonly gone: Promise<{ why: string; heardAt: number }>;
  /** Lets running work be acknowledged, then closes. Resolves when it is gone. */
  retire(): Promise<void>;
}

export interface LinkOptions {
  readonly onEnvelope: (envelope: Envelope, acknowledge: Acknowledge) => void;
  /** A frame without meaning. */
  readonly onOddity: (what: string) => void;
  /** How long Slack may take for its hello, ms. */
  readonly helloMs: number;
  /** How often Slack is pinged, ms. */
  readonly pingMs: number;
  /** Aborts a socket that is not open yet. */
  readonly signal: AbortSignal;
}

/** After this many pings without any sign of life, the socket counts as dead. */
const UNANSWERED = 3;
/** How long Slack waits for an acknowledgment, ms. */
const ACKNOWLEDGED_MS = 3_000;
/** How long the other side may take to close, ms. */
const GOODBYE_MS = 1_000;
const NORMAL = 1000;

const Frame = z.object({
  type: z.string(),
  reason: z.string().optional(),
  envelope_id: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
});
type Frame = z.infer<typeof Frame>;

/**
 * Opens a web socket at an address from `apps.connections.open`. It counts as open once Slack said hello and answered a
 * ping, because a server that merely accepts connections is useless. Rejects with the reason otherwise.
 */
export async function openLink(url: string, options: LinkOptions): Promise<Link> {
  const { helloMs, pingMs, signal } = options;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const hand = handOf(socket);
  const pulse = pulseOf(socket);
  /** Why it ends, if this side knows better than a close code. */
  let fault: string | null = null;
  const ending = promised<string>();
  const gone = promised<{ why: string; heardAt: number }>();
  const cut = (why: string) => {
    fault ??= why;
    socket.terminate();
  };
  const beat = () => {
    if (!pulse.beat()) cut(`it answered none of ${UNANSWERED} pings`);
  };

  return new Promise((resolve, reject) => {
    const greeted = { hello: false, pong: false };
    const greet = (part: Partial<typeof greeted>) => {
      Object.assign(greeted, part);
      if (!greeted.hello || !greeted.pong) return;
      settled();
      resolve({ ending: ending.promise, gone: gone.promise, retire: () => retire(socket, hand, gone.promise) });
    };
    const patience = setTimeout(() => cut(greeted.hello ? 'it answers no ping' : 'it sent no hello'), helloMs);
    const stopped = () => cut('it is no longer needed');
    const settled = () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', stopped);
    };
    let pings: NodeJS.Timeout | undefined;
    signal.addEventListener('abort', stopped);
    if (signal.aborted) stopped();

    socket.on('open', () => {
      beat();
      pings = setInterval(beat, pingMs);
    });
    socket.on('ping', pulse.heard);
    socket.on('pong', () => {
      pulse.heard();
      greet({ pong: true });
    });
    socket.on('message', (data, isBinary) => {
      pulse.heard();
      const frame = isBinary ? null : frameIn(String(data));
      if (!frame) options.onOddity('a frame that cannot be read');
      else if (frame.type === 'hello') greet({ hello: true });
      else if (frame.type === 'disconnect') ending.resolve(frame.reason ?? 'Slack asks for it');
      // Once this side has started closing, nothing can be acknowledged: Slack sends it again, or tells the person.
      else if (socket.readyState === WebSocket.OPEN)
        options.onEnvelope(envelopeIn(frame), hand.take(frame.envelope_id));
    });
    socket.on('error', ({ message }) => {
      fault ??= message;
    });
    socket.on('close', (code) => {
      settled();
      clearInterval(pings);
      const why = fault ?? `it was closed with code ${code}`;
      gone.resolve({ why, heardAt: pulse.heardAt() });
      ending.resolve(why);
      reject(new Error(why));
    });
  });
}

/** What a socket received and did not acknowledge yet. */
function handOf(socket: WebSocket) {
  const held = new Set<string>();
  let emptied: () => void = () => undefined;
  return {
    /** Returns the function that acknowledges it; without an id, none is needed. */
    take(id: string | undefined): Acknowledge {
      if (id === undefined) return () => true;
      held.add(id);
      return (answer) => {
        held.delete(id);
        if (!held.size) emptied();
        if (socket.readyState !== WebSocket.OPEN) return false;
        socket.send(JSON.stringify({ envelope_id: id, payload: answerOf(answer) }));
        return true;
      };
    },
    /** Resolves once everything is acknowledged. */
    empty: () =>
      new Promise<void>((resolve) => {
        emptied = resolve;
        if (!held.size) resolve();
      }),
  };
}

/** A socket's signs of life. */
function pulseOf(socket: WebSocket) {
  let heardAt = performance.now();
  let unanswered = 0;
  return {
    heardAt: () => heardAt,
    heard() {
      heardAt = performance.now();
      unanswered = 0;
    },
    /** Sends a ping; false if too many were not answered. */
    beat(): boolean {
      if (socket.readyState !== WebSocket.OPEN) return true;
      if (unanswered >= UNANSWERED) return false;
      unanswered += 1;
      socket.ping();
      return true;
    },
  };
}

/** See `Link.retire`. */
async function retire(socket: WebSocket, hand: ReturnType<typeof handOf>, gone: Promise<unknown>): Promise<void> {
  const enough = promised<void>();
  const acknowledged = setTimeout(enough.resolve, ACKNOWLEDGED_MS);
  await Promise.race([hand.empty(), gone, enough.promise]);
  clearTimeout(acknowledged);
  socket.close(NORMAL);
  const goodbye = setTimeout(() => socket.terminate(), GOODBYE_MS);
  await gone;
  clearTimeout(goodbye);
}

function envelopeIn({ type, payload = {}, retry_attempt: retryNum, retry_reason: retryReason }: Frame): Envelope {
  const retry = { ...(retryNum !== undefined && { retryNum }), ...(retryReason !== undefined && { retryReason }) };
  return { type, payload, retry };
}

function frameIn(text: string): Frame | null {
  try {
    return Frame.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Bolt's answer as Slack wants it over a socket: always an object. */
const answerOf = (answer: unknown): object =>
  typeof answer === 'string' ? { text: answer } : typeof answer === 'object' && answer !== null ? answer : {};

/** A promise that its holder resolves. */
function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

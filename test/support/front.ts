import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
export interface Answer {
  readonly status?: number;
  readonly body: Json;
}
/** Answers a call of the app itself, or lets it pass (null). `forward` makes the call and returns its result. */
export type Rule = (args: Json, forward: () => Promise<Json>) => Promise<Answer | null> | Answer | null;

/** A proxy between the app and the Web API: it passes calls on, and answers some of them itself. */
export interface Front {
  readonly apiUrl: string;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** From now on, calls of a method are answered by this rule; null removes it. */
  on(method: string, rule: Rule | null): void;
  /** Serves `/files/...` of the proxy. */
  serve(handler: (response: ServerResponse) => void): void;
  /** Makes a call itself, past the rules. */
  call(method: string, token: string, args: Record<string, string>): Promise<Json>;
  /** Calls of a method so far. */
  count(method: string): number;
  close(): Promise<void>;
}

export const refused = (error: string): Answer => ({ body: { ok: false, error } });

/** Puts a front between a world's app and workspace, and gives it to the test. */
export const frontFor =
  (take: (front: Front) => void) =>
  async (apiUrl: string): Promise<Front> => {
    const front = await startFront(apiUrl);
    take(front);
    return front;
  };

export async function startFront(apiUrl: string): Promise<Front> {
  const rules = new Map<string, Rule>();
  const counts = new Map<string, number>();
  let files: (response: ServerResponse) => void = (response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/files/')) return files(response);
    void pass(path.replace('/api/', ''), request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function pass(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    counts.set(method, (counts.get(method) ?? 0) + 1);
    const headers = { ...request.headers } as Record<string, string>;
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[name];
    const call = () => fetch(apiUrl + method, { method: 'POST', headers, body });
    const args = Object.fromEntries(new URLSearchParams(body.toString()));
    const answer = await rules.get(method)?.(args, async () => (await (await call()).json()) as Json);
    if (answer) {
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
      return;
    }
    const real = await call();
    const retryAfter = real.headers.get('retry-after');
    response.writeHead(real.status, {
      'content-type': real.headers.get('content-type') ?? 'application/json',
      ...(retryAfter ? { 'retry-after': retryAfter } : {}),
    });
    response.end(Buffer.from(await real.arrayBuffer()));
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${origin}/api/`,
    origin,
    on(method, rule) {
      if (rule) rules.set(method, rule);
      else rules.delete(method);
    },
    serve(handler) {
      files = handler;
    },
    async call(method, token, args) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(apiUrl + method, {
        method: 'POST',
        headers,
        body: new URLSearchParams(args).toString(),
      });
      return (await answer.json()) as Json;
    },
    count: (method) => counts.get(method) ?? 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The app's next update of a window goes through once `release` is called; those after it wait for it. */
export function heldUpdate(front: Front): { readonly sent: Promise<void>; release(): void } {
  let release = (): void => undefined;
  let reached = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sent = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let first: Promise<Json> | null = null;
  front.on('views.update', async (_args, forward) => {
    reached();
    if (!first) {
      first = released.then(forward);
      return { body: await first };
    }
    await first;
    return { body: await forward() };
  });
  return { release: () => release(), sent };
}

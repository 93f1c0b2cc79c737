import type {
  BootResponse,
  ClientChannel,
  ClientFile,
  ClientMail,
  ClientMessage,
  ClientView,
  ClockInfo,
  FaultSettings,
  JsonObject,
  Push,
  TrafficEntry,
} from '../../client-protocol';

/** Where a block is: in a view (modal or Home) or in a message. */
export type Container = { viewId: string } | { channel: string; ts: string };

/** The server said no, or could not be reached; `message` is for the person. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

const unreachable = () =>
  new Refused('unreachable', 'The workspace does not answer. What you typed is still here; try again in a moment.');

async function call<Result>(user: string | null, path: string, init: RequestInit = {}): Promise<Result> {
  const headers = new Headers(init.headers);
  if (user) headers.set('x-user', user);
  const response = await fetch(path, { ...init, headers }).catch(() => null);
  if (!response) throw unreachable();
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== 'object' || body === null) throw unreachable();
  if (response.ok && 'ok' in body && body.ok === true) return body as Result;
  const fault = body as { error?: string; message?: string };
  throw new Refused(fault.error ?? 'failed', fault.message ?? `The workspace refused this (${response.status}).`);
}

/** Every request of the protocol, made as one user. All of them throw `Refused`, and only that. */
export function apiFor(user: string | null) {
  const get = <Result>(path: string, query: Record<string, string | number> = {}) => {
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    return call<Result>(user, search.size ? `${path}?${search}` : path);
  };
  const post = <Result = unknown>(path: string, body: object) =>
    call<Result>(user, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    boot: () => get<BootResponse>('/client/boot'),
    history: (channel: string, before?: string) =>
      get<{ messages: ClientMessage[]; hasMore: boolean }>('/client/history', {
        channel,
        limit: 100,
        ...(before ? { before } : {}),
      }),
    replies: (channel: string, ts: string) => get<{ messages: ClientMessage[] }>('/client/replies', { channel, ts }),
    mails: () => get<{ mails: ClientMail[] }>('/client/mails'),
    traffic: (after: number) => get<{ entries: TrafficEntry[] }>('/client/traffic', { after, limit: 500 }),
    read: (channel: string) => post('/client/read', { channel }),
    send: (body: { channel: string; text: string; threadTs?: string; files?: string[] }) =>
      post<{ ts: string }>('/client/message', body),
    edit: (channel: string, ts: string, text: string) => post('/client/edit', { channel, ts, text }),
    remove: (channel: string, ts: string) => post('/client/delete', { channel, ts }),
    react: (channel: string, ts: string, name: string) => post('/client/react', { channel, ts, name }),
    command: (body: { channel: string; command: string; text: string; threadTs?: string }) =>
      post('/client/command', body),
    shortcut: (body: { callbackId: string; channel?: string; ts?: string }) => post('/client/shortcut', body),
    input: (body: { viewId: string; blockId: string; actionId: string; value: JsonObject; dispatch?: boolean }) =>
      post('/client/input', body),
    action: (body: { container: Container; blockId: string; actionId: string; value?: JsonObject }) =>
      post('/client/action', body),
    suggest: (body: { container: Container; blockId: string; actionId: string; query: string }) =>
      post<{ options?: JsonObject[]; optionGroups?: JsonObject[] }>('/client/suggest', body),
    submit: (viewId: string, values: ClientView['values']) =>
      post<{ errors?: Record<string, string> }>('/client/submit', { viewId, values }),
    close: (viewId: string, all: boolean) => post('/client/close', { viewId, all }),
    openApp: (tab: 'home' | 'messages') => post('/client/home', { tab }),
    openDm: (users: string[]) => post<{ channel: ClientChannel }>('/client/open', { users }),
    join: (channel: string) => post('/client/join', { channel }),
    upload: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return call<{ file: ClientFile }>(user, '/client/upload', { method: 'POST', body: form });
    },
    clock: (move: { advanceMs: number } | { to: 'next_business_day_9' }) =>
      post<{ clock: ClockInfo }>('/client/clock', move),
    faults: (change: Partial<FaultSettings>) => post<{ faults: FaultSettings }>('/client/faults', change),
    dropSocket: () => post('/client/faults/drop-socket', {}),
  };
}
export type Api = ReturnType<typeof apiFor>;

/**
 * Listens for pushes as one user and reconnects by itself, waiting 0.5 s, 1 s, 2 s ... at most 8 s. `open` is called at
 * every connection, `lost` whenever one ends; pushes between the two were missed.
 */
export function listen(
  user: string,
  on: { push: (push: Push) => void; open: () => void; lost: () => void },
): () => void {
  let socket: WebSocket | null = null;
  let timer = 0;
  let attempt = 0;
  let stopped = false;
  const connect = () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${location.host}/client/socket?user=${encodeURIComponent(user)}`);
    socket.onopen = () => {
      attempt = 0;
      on.open();
    };
    socket.onmessage = (event) => on.push(JSON.parse(String(event.data)) as Push);
    socket.onclose = () => {
      if (stopped) return;
      on.lost();
      timer = window.setTimeout(connect, Math.min(8000, 500 * 2 ** attempt++));
    };
  };
  connect();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}

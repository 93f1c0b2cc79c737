import type { Json, JsonObject, TrafficEntry } from '../client-protocol';

const KEPT = 2000;
const SECRET_KEYS = new Set(['token', 'client_secret', 'ssl_check_token']);

/** The traffic between Slack and the app: the newest 2,000 entries, without tokens. */
export class Traffic {
  private readonly ring: TrafficEntry[] = [];
  private lastId = 0;

  constructor(
    private readonly now: () => Date,
    private readonly told: (entry: TrafficEntry) => void,
  ) {}

  /** Opens an entry; the returned function closes it with status, summary and answer. */
  open(
    kind: TrafficEntry['kind'],
    name: string,
    user: string | null,
    request: JsonObject,
  ): (status: number, summary: string, response?: Json) => void {
    const started = performance.now();
    this.lastId += 1;
    const entry: TrafficEntry = {
      id: this.lastId,
      at: this.now().getTime(),
      kind,
      name,
      user,
      durationMs: null,
      status: 0,
      ok: false,
      summary: 'open',
      request: withoutSecrets(request),
      response: null,
    };
    this.ring[(entry.id - 1) % KEPT] = entry;
    this.told(entry);
    return (status, summary, response = null) => {
      entry.durationMs = Math.round((performance.now() - started) * 100) / 100;
      entry.status = status;
      entry.summary = summary;
      entry.ok = status >= 200 && status < 300 && !(isRefusal(response) && kind === 'api');
      entry.response = response;
      this.told(entry);
    };
  }

  /** Records something that has no answer (a socket opened, a fault). */
  note(kind: TrafficEntry['kind'], name: string, summary: string, request: JsonObject = {}): void {
    this.open(kind, name, null, request)(200, summary);
  }

  /** Entries after `after`, oldest first, at most `limit` of the newest. */
  list(after = 0, limit = KEPT): TrafficEntry[] {
    const first = Math.max(after, this.lastId - KEPT, this.lastId - limit);
    return Array.from(
      { length: Math.max(0, this.lastId - first) },
      (_, index) => this.ring[(first + index) % KEPT],
    ).filter((entry) => entry !== undefined);
  }
}

const isRefusal = (response: Json): boolean =>
  typeof response === 'object' && response !== null && !Array.isArray(response) && response.ok === false;

const withoutSecrets = (request: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(request).filter(([key]) => !SECRET_KEYS.has(key)));

import type { FetchFunction } from '@slack/web-api';
import type { Logger } from 'pino';
import type { RenumberedChannel } from '../domain/renumbered-channel';

/** How old an instance's knowledge may get while it hears from Slack, ms; a refused call refreshes it at once. */
const FRESH_MS = 60_000;
/** Ids are replaced wherever they stand in a request, so what is replaced must be unmistakable. */
const CHANNEL_ID = /^[CG][A-Z0-9]{8,}$/;

/** Channels whose id changed. Both methods reject if the store is unreachable. */
export interface ChannelIdStore {
  all(): Promise<readonly RenumberedChannel[]>;
  /** Changes nothing if a later change is stored. */
  put(channel: RenumberedChannel): Promise<void>;
}

/**
 * Slack gives a private channel another id once someone starts to share it, and no longer answers to the old one.
 * Warmline keeps the first id in cases, configuration and queues; only requests to Slack contain the current one.
 */
export interface ChannelIds {
  /** `fetch` for the Web API: Slack reads and writes its current ids, Warmline those it knows. */
  translating(fetch: FetchFunction): FetchFunction;
  /** A payload of Slack's, with the ids that Warmline knows. */
  known<Payload>(payload: Payload): Payload;
  /** The id that Warmline knows a channel by. */
  knownId(id: string): string;
  /** Slack changed a channel's id at `at`, its `event_ts`. Rejects if the store is unreachable. */
  changed(from: string, to: string, at: string): Promise<void>;
  /** Reads what other instances stored. Rejects if the store is unreachable. */
  refresh(): Promise<void>;
}

export function channelIds(store: ChannelIdStore, log: Logger): ChannelIds {
  let channels: readonly RenumberedChannel[] = [];
  let toKnown = NOTHING;
  let toCurrent = NOTHING;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    askedAt = performance.now();
    channels = await store.all();
    toKnown = replacing(new Map(channels.flatMap(({ id, later }) => later.map((one) => [one, id] as const))));
    toCurrent = replacing(new Map(channels.map(({ id, later }) => [id, later.at(-1) ?? id])));
  }
  /** Never throws: what was read last is used. */
  const refreshed = (): Promise<void> =>
    refresh().catch((error: unknown) =>
      log.warn({ err: error }, "channels' changed ids could not be read; what was read last is used"),
    );

  return {
    refresh,
    knownId: (id) => toKnown(id),
    known(payload) {
      if (performance.now() - askedAt > FRESH_MS) void refreshed();
      return toKnown === NOTHING ? payload : JSON.parse(toKnown(JSON.stringify(payload)));
    },
    translating: (fetch) => async (url, init) => {
      const body = init?.body;
      if (typeof body !== 'string') return fetch(url, init);
      const ask = async () => answerOf(await fetch(url, { ...init, body: toCurrent(body) }));
      const answer = await ask();
      if (!answer.text.includes('"channel_not_found"')) return answerWith(answer, toKnown);
      const before = toCurrent(body);
      await refreshed();
      return answerWith(toCurrent(body) === before ? answer : await ask(), toKnown);
    },
    async changed(from, to, at) {
      if (from === to || ![from, to].every((id) => CHANNEL_ID.test(id))) return;
      await refresh();
      const known = channels.find(({ id, later }) => id === from || later.includes(from));
      await store.put({ id: known?.id ?? from, later: [...(known?.later ?? []), to], at });
      await refresh();
    },
  };
}

/** A text with other ids in it. */
type Replace = (text: string) => string;
const NOTHING: Replace = (text) => text;
function replacing(ids: ReadonlyMap<string, string>): Replace {
  if (!ids.size) return NOTHING;
  const any = new RegExp([...ids.keys()].join('|'), 'g');
  return (text) => text.replace(any, (id) => ids.get(id) ?? id);
}

type FetchResponse = Awaited<ReturnType<FetchFunction>>;
interface Answer {
  readonly response: FetchResponse;
  readonly text: string;
}

const answerOf = async (response: FetchResponse): Promise<Answer> => ({ response, text: await response.text() });

function answerWith({ response, text }: Answer, replace: Replace): FetchResponse {
  const { status, statusText } = response;
  const headers = [...response.headers.entries()].filter(([name]) => !/^content-(length|encoding)$/i.test(name));
  return new Response(replace(text) || null, { status, statusText, headers }); // some statuses allow no body
}

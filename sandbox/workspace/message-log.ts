import type { JsonObject } from '../client-protocol';

/** A message of a channel, or of its threads. */
export interface Message {
  readonly ts: string;
  channel: string;
  readonly user: string;
  text: string;
  blocks?: JsonObject[];
  attachments?: JsonObject[];
  metadata?: JsonObject;
  /** File ids. */
  files?: string[];
  readonly threadTs?: string;
  /** A thread reply that is also shown in the channel. */
  readonly broadcast?: boolean;
  edited?: { user: string; ts: string };
  /** By reaction name: who reacted, in order. */
  reactions?: { [name: string]: string[] };
  /** Posted by the app through the Web API or a response_url. */
  readonly byApp?: boolean;
  /** Display name chosen by the app (chat:write.customize). */
  readonly username?: string;
  /** The only user who sees it; it is in no history. */
  readonly ephemeralFor?: string;
  /** A deleted thread parent whose replies remain. */
  tombstone?: boolean;
}

/** Position of the first entry with a ts not below `ts` (entries ascend by ts; equal-length strings sort as numbers). */
function lowerBound(list: readonly Message[], ts: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry && compareTs(entry.ts, ts) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Orders two timestamps; accepts the bounds that clients send ("0", "1700000000", "1700000000.000100"). */
export function compareTs(a: string, b: string): number {
  return a.length === 17 && b.length === 17 ? (a < b ? -1 : a > b ? 1 : 0) : Number(a) - Number(b);
}

/** One page of a list: newest `limit` entries strictly inside (or, with `inclusive`, on) the bounds, ascending. */
export interface Window {
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive?: boolean | undefined;
  readonly limit: number;
}

/** The messages of one channel: found by ts at once, paged by binary search. */
export class MessageLog {
  private readonly byTs = new Map<string, Message>();
  private readonly top: Message[] = [];
  private readonly threads = new Map<string, Message[]>();

  get size(): number {
    return this.byTs.size;
  }

  get latest(): Message | undefined {
    return this.top.at(-1);
  }

  add(message: Message): void {
    this.byTs.set(message.ts, message);
    if (message.threadTs === undefined || message.threadTs === message.ts || message.broadcast) this.top.push(message);
    if (message.threadTs !== undefined && message.threadTs !== message.ts) {
      const replies = this.threads.get(message.threadTs);
      if (replies) replies.push(message);
      else this.threads.set(message.threadTs, [message]);
    }
  }

  get(ts: string): Message | undefined {
    return this.byTs.get(ts);
  }

  /** Deletes a message, found by binary search. */
  remove(message: Message): void {
    this.byTs.delete(message.ts);
    take(this.top, message);
    if (message.threadTs !== undefined) take(this.threads.get(message.threadTs) ?? [], message);
  }

  replies(ts: string): readonly Message[] {
    return this.threads.get(ts) ?? [];
  }

  /** All top-level messages (and broadcast replies), oldest first. */
  get channelView(): readonly Message[] {
    return this.top;
  }

  all(): IterableIterator<Message> {
    return this.byTs.values();
  }

  /** How many top-level messages came after `ts`. */
  countAfter(ts: string | undefined): number {
    if (ts === undefined) return this.top.length;
    const at = lowerBound(this.top, ts);
    return this.top.length - at - (this.top[at]?.ts === ts ? 1 : 0);
  }

  /** The newest page inside the window, oldest first, and whether there are older ones inside it. */
  page(window: Window): { messages: Message[]; hasMore: boolean } {
    const from = window.oldest === undefined ? 0 : edge(this.top, window.oldest, !window.inclusive);
    const to = window.latest === undefined ? this.top.length : edge(this.top, window.latest, window.inclusive === true);
    const start = Math.max(from, to - window.limit);
    return { messages: this.top.slice(start, Math.max(start, to)), hasMore: start > from };
  }
}

function edge(list: readonly Message[], ts: string, afterEqual: boolean): number {
  const at = lowerBound(list, ts);
  const entry = list[at];
  return afterEqual && entry && compareTs(entry.ts, ts) === 0 ? at + 1 : at;
}

function take(list: Message[], message: Message): void {
  const at = lowerBound(list, message.ts);
  if (list[at] === message) list.splice(at, 1);
}

import type { Queue } from '../domain/lane-queue';
import type { Trouble } from '../services/ports/lanes';

/** How long a failed message waits for its next try, ms: twice as long each time, up to the longest. */
export interface Waits {
  readonly firstMs: number;
  readonly longestMs: number;
}
export const waitOf = ({ firstMs, longestMs }: Waits, tries: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 30));

/** How long a target keeps trying. */
export interface Patience {
  readonly waits: Waits;
  /** A message that failed this long is given up, ms of business time; null: after many tries (see `Troubles`). */
  readonly forMs: number | null;
  /** One try may take this long, ms; by default, as long as is usual for the target. */
  readonly tryMs?: number;
}

/** What to do with a message that failed for an unknown reason. */
export type Verdict =
  /** Nothing passes it: it may be Slack, and the order is kept. */
  | 'wait'
  /** Try the next message to see whether it is Slack, then this one again. */
  | 'probe'
  /** It is at fault: others continue, and it is tried again later. */
  | 'pass'
  | 'give_up';

/** How many tries a message holds up its queue before others may pass. */
const KEEPS_ORDER = 3;
/** After this many failed tries of its own, it is set aside: about a quarter of an hour with the usual waits. */
export const MOST_TRIES = 20;

interface Failing {
  readonly queue: Queue;
  readonly tries: number;
  readonly blamed: number;
  /** Since when it has failed, or waited for a failing service. */
  readonly since: Date | null;
  /** How many messages had gone out through its service at its last try. */
  readonly seen: number;
  /** Not tried before then, by the steady clock; null while it is the next in its queue. */
  readonly until: number | null;
}

/**
 * Messages that fail for an unknown reason. One that fails while others go out is at fault; while nothing goes out, its
 * service is, and no message is. The target says how long that may take.
 */
export class Troubles {
  private readonly failing = new Map<string, Failing>();
  /** How many messages have gone out, by service. */
  private readonly out = new Map<string, number>();
  /** Since when nothing goes out, by service. */
  private readonly down = new Map<string, Date>();

  /** A message went out through a service, in any lane. */
  sent(service: string, id: string): void {
    this.out.set(service, this.outOf(service) + 1);
    this.down.delete(service);
    this.failing.delete(id);
  }
  private outOf(service: string): number {
    return this.out.get(service) ?? 0;
  }

  /** It is settled. */
  forget(id: string): void {
    this.failing.delete(id);
  }

  /** A try failed at `now`; the message has waited since `at`. `own`: it is at fault, whatever else goes out. */
  failed(
    {
      queue,
      id,
      at,
      service,
    }: { readonly queue: Queue; readonly id: string; readonly at: Date; readonly service: string },
    own: boolean,
    { waits, forMs }: Patience,
    now: Date,
  ): Verdict {
    const before = this.failing.get(id);
    const tries = (before?.tries ?? 0) + 1;
    const out = this.outOf(service);
    const isBlamed = own || (before !== undefined && out > before.seen);
    if (!own && !this.down.has(service)) this.down.set(service, now);
    const since = before?.since ?? this.failingSince(own ? null : service, at, now);
    const blamed = (before?.blamed ?? 0) + (isBlamed ? 1 : 0);
    const passes = own || (isBlamed && tries >= KEEPS_ORDER);
    const until = passes ? performance.now() + waitOf(waits, tries) : null;
    this.failing.set(id, { queue, tries, blamed, since, seen: out, until });
    if (forMs === null ? blamed >= MOST_TRIES : +now - +since >= forMs) return 'give_up';
    if (passes) return 'pass';
    return tries >= KEEPS_ORDER ? 'probe' : 'wait';
  }

  /** A message queued behind others for a failing service has waited as long as the outage. */
  private failingSince(service: string | null, at: Date, now: Date): Date {
    const down = (service !== null && this.down.get(service)) || now;
    return new Date(Math.min(+now, Math.max(+at, +down)));
  }

  /** Whether it waits for its own next try. */
  isAside(id: string): boolean {
    const { until = null } = this.failing.get(id) ?? {};
    return until !== null && until > performance.now();
  }

  /** How many in a queue wait this way, and how long until the first of them is tried again, ms. */
  aside(queue: Queue): { readonly count: number; readonly ms: number } {
    const moments = [...this.failing.values()].flatMap((one) => (one.queue === queue && one.until ? [one.until] : []));
    const now = performance.now();
    return {
      count: moments.filter((until) => until > now).length,
      ms: Math.max(0, Math.min(...moments) - now),
    };
  }

  /** What the last holder of a queue knew, unless this instance knows more. */
  take(queue: Queue, service: string, known: readonly Trouble[]): void {
    for (const { id, tries, blamed, since = null } of known) {
      if ((this.failing.get(id)?.tries ?? 0) >= tries) continue;
      this.failing.set(id, { queue, tries, blamed, since, seen: this.outOf(service), until: null });
    }
  }

  /** What the next holder of the queue needs to know. */
  of(queue: Queue): Trouble[] {
    return [...this.failing].flatMap(([id, { queue: its, tries, blamed, since }]) =>
      its === queue ? [{ id, tries, blamed, ...(since && { since }) }] : [],
    );
  }

  /** Nothing waits in the queue anymore. */
  clear(queue: Queue): void {
    for (const [id, failing] of this.failing) if (failing.queue === queue) this.failing.delete(id);
  }
}

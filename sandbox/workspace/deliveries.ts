import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '../client-protocol';
import type { Faults } from './faults';
import { str } from './json';
import type { Timing } from './timing';
import type { Traffic } from './traffic';

export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api';

/** The result of one delivery. `body`: the app's answer in its acknowledgment ({} for a bare one). */
export type Sent =
  | { ok: true; body: JsonObject }
  | { ok: false; error: 'operation_timeout' | 'dispatch_failed'; reason: string; summary: string; noRetry?: boolean };

/** One way to the app: its sockets, or signed HTTP. */
export interface Transport {
  readonly connected: boolean;
  send(kind: DeliveryKind, payload: JsonObject, retry?: { attempt: number; reason: string }): Promise<Sent>;
  /** Resolves once the app is connected. */
  whenConnected(): Promise<void>;
}

/** A promise and the function that resolves it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** The workspace whose app gets the deliveries. */
interface Sending {
  readonly faults: Faults;
  readonly timing: Timing;
  readonly traffic: Traffic;
}

/** Sends payloads to the app, waits for its acknowledgment, and repeats unacknowledged events. */
export class Deliveries {
  private readonly stopping = new AbortController();

  constructor(
    private readonly core: Sending,
    private readonly transport: Transport,
  ) {}

  get connected(): boolean {
    return this.transport.connected;
  }

  /** A command or an interaction: sent once, and the person sees if it fails. */
  async ask(kind: 'slash_commands' | 'interactive', name: string, user: string, payload: JsonObject): Promise<Sent> {
    if (this.core.faults.duplicate()) void this.attempt(kind, `${name} (duplicate)`, user, payload);
    return this.attempt(kind, name, user, payload);
  }

  /** An event: resolves after the first attempt; unacknowledged ones are repeated in the background. */
  async event(name: string, user: string | null, envelope: JsonObject): Promise<void> {
    if (this.core.faults.duplicate()) void this.attempt('events_api', `${name} (duplicate)`, user, envelope);
    const first = await this.attempt('events_api', name, user, envelope);
    if (!first.ok && !first.noRetry) void this.repeat(name, user, envelope, first.reason);
  }

  /** Drops whatever is still to be repeated. */
  stop(): void {
    this.stopping.abort();
  }

  private async repeat(name: string, user: string | null, envelope: JsonObject, firstReason: string): Promise<void> {
    let reason = firstReason;
    for (const [index, delay] of this.core.timing.retryDelaysMs.entries()) {
      if (!(await this.pause(delay))) return;
      const retry = { attempt: index + 1, reason };
      const sent = await this.attempt('events_api', `${name} (retry ${index + 1})`, user, envelope, retry);
      if (sent.ok || sent.noRetry) return;
      reason = sent.reason;
    }
    this.core.traffic.note('event', name, 'given up: the app never acknowledged it');
  }

  /** Waits for a delay, or less if the app comes back. False if the workspace stops. */
  private async pause(ms: number): Promise<boolean> {
    const { signal } = this.stopping;
    if (signal.aborted) return false;
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    const waits: Promise<unknown>[] = [wait(ms, undefined, { signal: either, ref: false })];
    if (!this.transport.connected) waits.push(this.transport.whenConnected());
    const settled = await Promise.race(
      waits.map((one) =>
        one.then(
          () => true,
          () => false,
        ),
      ),
    );
    done.abort();
    return settled;
  }

  private async attempt(
    kind: DeliveryKind,
    name: string,
    user: string | null,
    payload: JsonObject,
    retry?: { attempt: number; reason: string },
  ): Promise<Sent> {
    const shown = { slash_commands: 'command', interactive: 'interactive', events_api: 'event' } as const;
    const close = this.core.traffic.open(shown[kind], name, user, payload);
    const sent = await this.transport.send(kind, payload, retry);
    if (sent.ok) close(200, ackSummary(sent.body), sent.body);
    else close(sent.error === 'operation_timeout' ? 504 : 502, sent.summary);
    return sent;
  }
}

function ackSummary(body: JsonObject): string {
  const action = str(body.response_action);
  if (action) return `acked with ${action}`;
  return Object.keys(body).length > 0 ? 'acked with an answer' : 'acked';
}

export const notAcked = (ms: number, reason = 'timeout'): Sent => ({
  ok: false,
  error: 'operation_timeout',
  reason,
  summary: `not acked in ${ms / 1000} s`,
});

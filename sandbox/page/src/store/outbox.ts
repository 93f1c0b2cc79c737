import type { JsonObject } from '../../../client-protocol';
import type { Api } from '../api';

/** When a value reaches the app: `now` stores and dispatches, `later` after a pause, `quiet` never dispatches. */
export type Sending = 'now' | 'later' | 'quiet';
const TYPING_PAUSE_MS = 350;

/**
 * Sends a view's values in order. Typing is sent after a pause, but always before anything that follows it, so that the
 * app never sees an older state than the person.
 */
export class Outbox {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly waiting = new Map<string, { timer: number; send: () => void }>();

  constructor(
    private readonly viewId: string,
    private readonly api: () => Api,
    private readonly attempt: (deed: () => Promise<unknown>) => Promise<boolean>,
    private readonly isOpen: () => boolean,
  ) {}

  /** Runs an action after everything before it. */
  follow(deed: () => Promise<unknown>): Promise<boolean> {
    this.flush();
    return this.enqueue(deed);
  }
  /** Resolves once everything entered has arrived; `dropTyping` if the next action carries it anyway. */
  settle(dropTyping = false): Promise<unknown> {
    if (dropTyping) this.forget();
    else this.flush();
    return this.queue;
  }
  put(blockId: string, actionId: string, value: JsonObject, sending: Sending) {
    const key = `${blockId}\n${actionId}`;
    const dispatch = sending !== 'quiet';
    const input = { viewId: this.viewId, blockId, actionId, value, dispatch };
    const send = () => this.enqueue(async () => this.isOpen() && this.api().input(input));
    const early = this.waiting.get(key);
    if (early) window.clearTimeout(early.timer);
    this.waiting.delete(key);
    if (sending === 'now') {
      this.flush();
      send();
      return;
    }
    const timer = window.setTimeout(() => {
      this.waiting.delete(key);
      send();
    }, TYPING_PAUSE_MS);
    this.waiting.set(key, { timer, send });
  }
  private enqueue(deed: () => Promise<unknown>): Promise<boolean> {
    const result = this.queue.then(() => this.attempt(deed));
    this.queue = result;
    return result;
  }
  private flush() {
    const sends = [...this.waiting.values()].map(({ send }) => send);
    this.forget();
    for (const send of sends) send();
  }
  private forget() {
    for (const { timer } of this.waiting.values()) window.clearTimeout(timer);
    this.waiting.clear();
  }
}

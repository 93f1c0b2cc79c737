import type { Queue } from '../domain/lane-queue';

/**
 * The rate of posts in each queue, by a clock that no one sets. A slot counts from the previous slot rather than from
 * when a message went out, so late timers do not slow a full queue down.
 */
export class Pace {
  private readonly slots = new Map<Queue, number>();
  private readonly waits = new Set<() => void>();

  /** Another instance sent last in this queue: its next slot is this many ms ahead. */
  rest(queue: Queue, ms: number): void {
    if (ms > 0) this.slots.set(queue, Math.max(this.slots.get(queue) ?? 0, performance.now() + ms));
  }

  /** How long until the queue's next slot, ms. */
  restMs(queue: Queue): number {
    return Math.max(0, (this.slots.get(queue) ?? 0) - performance.now());
  }

  /** Waits for the queue's next slot; returns whether there was a wait. */
  async waitFor(queue: Queue): Promise<'free' | 'waited'> {
    const ms = this.restMs(queue);
    if (ms <= 0) return 'free';
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waits.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waits.add(done);
    });
    return 'waited';
  }

  /** A message took the queue's slot; the next one is `intervalMs` later. */
  sent(queue: Queue, intervalMs: number): void {
    const slot = this.slots.get(queue) ?? 0;
    const now = performance.now();
    this.slots.set(queue, (now - slot < intervalMs ? slot : now) + intervalMs);
  }

  /** Ends all waits at once. */
  stop(): void {
    for (const done of this.waits) done();
  }
}

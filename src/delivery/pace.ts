/**
 * The rhythm of posts in each lane, by a clock that nobody sets. Slots are counted from the
 * one before and not from when a message got away, so a saturated lane loses nothing to late timers.
 */
export class Pace {
  private readonly slots = new Map<string, number>();
  private readonly waits = new Set<() => void>();

  /** Another instance sent last in this lane: its next slot is so many ms ahead. */
  rest(lane: string, ms: number): void {
    if (ms > 0) this.slots.set(lane, Math.max(this.slots.get(lane) ?? 0, performance.now() + ms));
  }

  /** How long until the lane's next slot, ms. */
  restMs(lane: string): number {
    return Math.max(0, (this.slots.get(lane) ?? 0) - performance.now());
  }

  /** Waits for the lane's next slot; says whether there was anything to wait for. */
  async waitFor(lane: string): Promise<'free' | 'waited'> {
    const ms = this.restMs(lane);
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

  /** A message took the lane's slot; the next one comes `intervalMs` later. */
  sent(lane: string, intervalMs: number): void {
    const slot = this.slots.get(lane) ?? 0;
    const now = performance.now();
    this.slots.set(lane, (now - slot < intervalMs ? slot : now) + intervalMs);
  }

  /** Ends all waits at once. */
  stop(): void {
    for (const done of this.waits) done();
  }
}

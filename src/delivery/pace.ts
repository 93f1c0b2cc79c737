/**
 * The rhythm of posts, a slot every `intervalMs` in each lane, in time that nobody can set. Slots are counted from the
 * one before and not from when a message got away, so a saturated lane loses nothing to late timers.
 */
export class Pace {
  private readonly slots = new Map<string, number>();
  private readonly waits = new Set<() => void>();

  constructor(private readonly intervalMs: number) {}

  /** Another instance sent last in this lane. No slot is further away than an interval, whatever its clock said. */
  notBefore(lane: string, at: Date): void {
    const slot = performance.now() + Math.min(this.intervalMs, +at - Date.now());
    this.slots.set(lane, Math.max(this.slots.get(lane) ?? slot, slot));
  }

  nextAt(lane: string): Date {
    const slot = this.slots.get(lane);
    return new Date(slot === undefined ? 0 : Date.now() + slot - performance.now());
  }

  /** Waits for the lane's next slot; says whether there was anything to wait for. */
  async waitFor(lane: string): Promise<'free' | 'waited'> {
    const ms = (this.slots.get(lane) ?? 0) - performance.now();
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

  /** A message took the lane's slot. */
  sent(lane: string): void {
    const now = performance.now();
    const slot = this.slots.get(lane) ?? now;
    this.slots.set(lane, (now - slot < this.intervalMs ? slot : now) + this.intervalMs);
  }

  /** Ends all waits at once. */
  stop(): void {
    for (const done of this.waits) done();
  }
}

import type { Queue } from '../domain/lane-queue';

/** The clocks of one machine, ms, never compared with another machine's. */
export interface MachineClock {
  /** Never set; may stop while the machine sleeps. */
  steady(): number;
  /** Runs while the machine sleeps; may be set. */
  wall(): number;
}
export const MACHINE: MachineClock = { steady: () => performance.now(), wall: () => Date.now() };

/** A holder stops at this share of the lease, so that a call in progress has time to arrive before others take over. */
const SAFE = 0.75;

/** A time by both clocks. */
export interface Moment {
  readonly steady: number;
  readonly wall: number;
}

/** The queues this instance holds, and what it has seen of others', by its own clocks only. */
export class Holdings {
  /** When each queue was last confirmed as held: the time before the store was asked. */
  private readonly held = new Map<Queue, Moment>();
  /** Others' beats, and since when they have been unchanged. */
  private readonly watched = new Map<Queue, { holder: string; beat: number; since: number }>();

  constructor(
    private readonly leaseMs: number,
    private readonly clock: MachineClock,
  ) {}

  now(): Moment {
    return { steady: this.clock.steady(), wall: this.clock.wall() };
  }

  /** Whether another instance's queue has been unchanged long enough; the first look only starts counting. */
  isStill(queue: Queue, holder: string, beat: number): boolean {
    const seen = this.watched.get(queue);
    if (seen?.holder === holder && seen.beat === beat) return this.clock.steady() - seen.since >= this.leaseMs;
    this.watched.set(queue, { holder, beat, since: this.clock.steady() });
    return false;
  }

  took(queue: Queue, at: Moment): void {
    this.held.set(queue, at);
    this.watched.delete(queue);
  }

  gave(queue: Queue): void {
    this.held.delete(queue);
  }

  /** The store confirmed that this instance holds these queues; it was asked at that time. */
  confirmed(queues: readonly Queue[], at: Moment): void {
    const own = new Set(queues);
    for (const [queue, before] of this.held) {
      if (before.steady > at.steady) continue; // claimed since
      if (own.has(queue)) this.held.set(queue, at);
      else this.held.delete(queue);
    }
  }

  has(queue: Queue): boolean {
    const confirmed = this.held.get(queue);
    if (!confirmed) return false;
    const now = this.now();
    return now.steady - confirmed.steady < SAFE * this.leaseMs && now.wall - confirmed.wall < SAFE * this.leaseMs;
  }
}

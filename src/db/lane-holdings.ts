import type { Queue } from '../domain/lane-queue';

/** The clocks of one machine, ms. Neither is compared with another machine's. */
export interface MachineClock {
  /** Never set; may stand still while the machine sleeps. */
  steady(): number;
  /** Goes on while the machine sleeps; may be set. */
  wall(): number;
}
export const MACHINE: MachineClock = { steady: () => performance.now(), wall: () => Date.now() };

/** A holder stops this much before others may take over: a call that is on its way then has time to arrive. */
const SAFE = 0.75;

/** A moment by both clocks. */
export interface Moment {
  readonly steady: number;
  readonly wall: number;
}

/** Which queues are this instance's own, and what it has seen of those of others, by its own clocks alone. */
export class Holdings {
  /** When each queue was last confirmed to be this instance's own: the moment before the store was asked. */
  private readonly held = new Map<Queue, Moment>();
  /** Beats of others, and since when they have not moved. */
  private readonly watched = new Map<Queue, { holder: string; beat: number; since: number }>();

  constructor(
    private readonly leaseMs: number,
    private readonly clock: MachineClock,
  ) {}

  now(): Moment {
    return { steady: this.clock.steady(), wall: this.clock.wall() };
  }

  /** Whether a queue of another instance has stood still long enough; the first look only begins to count. */
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

  /** The store was asked at that moment which queues are this instance's. */
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

export type Tier = 't1' | 't2' | 't3' | 't4' | 'special' | 'none';

/** Slack's time limits and rates; tests and benchmarks use others. Milliseconds unless the name says otherwise. */
export interface Timing {
  /** How long the app may take to acknowledge a payload. */
  ackMs: number;
  triggerMs: number;
  /** When an unacknowledged event is sent again: after each of these waits. */
  retryDelaysMs: readonly number[];
  /** One `chat.postMessage` per channel in this time (0: unlimited) ... */
  postIntervalMs: number;
  /** ... after this many at once. */
  postBurst: number;
  /** Calls per minute by tier of the method; 'off' lifts them all. */
  tierPerMinute: Partial<Record<Tier, number>> | 'off';
  responseUrlUses: number;
  responseUrlMs: number;
  /** How long to wait for a view update after an acknowledged input if the app's activity is unknown. */
  settleMs: number;
}

export const SLACK_TIMING: Timing = {
  ackMs: 3000,
  triggerMs: 3000,
  retryDelaysMs: [0, 60_000, 300_000],
  postIntervalMs: 1000,
  postBurst: 3,
  tierPerMinute: {},
  responseUrlUses: 5,
  responseUrlMs: 30 * 60_000,
  settleMs: 300,
};

const PER_MINUTE: Record<Tier, number> = {
  t1: 1,
  t2: 20,
  t3: 50,
  t4: 100,
  special: 600,
  none: Number.POSITIVE_INFINITY,
};

/** Token buckets over real time: one per channel for posting, one per method for its tier. */
export class RateLimits {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly timing: Timing) {}

  /** Takes one call of a method; returns 0 if it may proceed, else the ms to wait. */
  method(name: string, tier: Tier): number {
    if (this.timing.tierPerMinute === 'off') return 0;
    const perMinute = this.timing.tierPerMinute[tier] ?? PER_MINUTE[tier];
    return this.take(name, perMinute, 60_000 / perMinute);
  }

  /** Takes one post to a channel; returns 0 if it may proceed, else the ms to wait. */
  post(channel: string): number {
    return this.take(channel, this.timing.postBurst, this.timing.postIntervalMs);
  }

  private take(key: string, capacity: number, msPerToken: number): number {
    if (msPerToken === 0) return 0;
    const now = performance.now();
    const bucket = this.buckets.get(key) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, bucket.tokens + (now - bucket.at) / msPerToken);
    const granted = tokens >= 1;
    this.buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: now });
    return granted ? 0 : (1 - tokens) * msPerToken;
  }
}

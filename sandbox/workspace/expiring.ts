import { randomBytes, randomInt } from 'node:crypto';
import { SlackError } from './errors';
import { randomId } from './ids';
import type { Timing } from './timing';

/** A map whose entries expire after `keepMs`; the oldest are dropped as new ones arrive. */
class Fading<T> {
  private readonly entries = new Map<string, { value: T; at: number }>();
  constructor(private readonly keepMs: number) {}

  set(key: string, value: T): void {
    const now = performance.now();
    for (const [old, { at }] of this.entries) {
      if (now - at < this.keepMs) break;
      this.entries.delete(old);
    }
    this.entries.set(key, { value, at: now });
  }

  get(key: string): { value: T; ageMs: number } | undefined {
    const entry = this.entries.get(key);
    return entry && { value: entry.value, ageMs: performance.now() - entry.at };
  }
}

interface Trigger {
  readonly user: string;
  /** The view it comes from: only such a trigger can push. */
  readonly viewId: string | null;
  used: boolean;
}

/** One-use trigger ids (real time, not the workspace's clock). */
export class Triggers {
  private readonly known: Fading<Trigger>;
  constructor(private readonly timing: Timing) {
    this.known = new Fading(Math.max(60_000, timing.triggerMs * 2));
  }

  mint(user: string, viewId: string | null = null): string {
    const id = `${randomInt(1e12)}.${randomInt(1e12)}.${randomBytes(16).toString('hex')}`;
    this.known.set(id, { user, viewId, used: false });
    return id;
  }

  /** The trigger if it is valid; throws Slack's three codes. Set `used = true` once it was exchanged. */
  check(id: string): Trigger {
    const found = this.known.get(id);
    if (!found) throw new SlackError('invalid_trigger_id');
    if (found.value.used) throw new SlackError('exchanged_trigger_id');
    if (found.ageMs > this.timing.triggerMs) throw new SlackError('expired_trigger_id');
    return found.value;
  }
}

/** Where a response_url leads. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message with the button, if it came from one. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  uses: number;
}

/** response_urls: a few uses within half an hour. */
export class ResponseUrls {
  private readonly known: Fading<ResponseTarget>;
  constructor(private readonly timing: Timing) {
    this.known = new Fading(timing.responseUrlMs);
  }

  /** The secret part of a new URL. */
  mint(target: Omit<ResponseTarget, 'uses'>): string {
    const id = randomId(24);
    this.known.set(id, { ...target, uses: 0 });
    return id;
  }

  /** Counts one use; undefined if the URL is unknown, too old or used up. */
  use(id: string): ResponseTarget | undefined {
    const found = this.known.get(id);
    if (!found || found.ageMs > this.timing.responseUrlMs || found.value.uses >= this.timing.responseUrlUses)
      return undefined;
    found.value.uses += 1;
    return found.value;
  }
}

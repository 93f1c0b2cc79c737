import type { FaultSettings, JsonObject } from '../client-protocol';

const off = (): FaultSettings => ({
  latencyMs: 0,
  rateLimit: { remaining: 0, retryAfterSec: 1 },
  errorBefore: { remaining: 0 },
  errorAfter: { remaining: 0 },
  lostReply: { remaining: 0 },
  slackDown: false,
  duplicateDeliveries: 0,
  databaseDown: false,
});

/** The fault switches and what is left of each. */
export class Faults {
  settings: FaultSettings = off();
  constructor(private readonly changed: () => void) {}

  set(partial: Partial<FaultSettings>): FaultSettings {
    this.settings = { ...this.settings, ...partial };
    this.changed();
    return this.settings;
  }

  /** Switches everything off. */
  clear(): void {
    this.set(off());
  }

  /** Uses one of a switch's "next n" if it is meant for this call. */
  spend(name: 'rateLimit' | 'errorBefore' | 'errorAfter' | 'lostReply', method: string, args: JsonObject): boolean {
    const rule: FaultSettings['rateLimit'] | FaultSettings['errorBefore'] = this.settings[name];
    if (rule.remaining <= 0 || (rule.method !== undefined && rule.method !== method)) return false;
    if ('matching' in rule && rule.matching !== undefined && !JSON.stringify(args).includes(rule.matching))
      return false;
    this.set({ [name]: { ...rule, remaining: rule.remaining - 1 } });
    return true;
  }

  /** Whether this delivery should be sent twice. */
  duplicate(): boolean {
    if (this.settings.duplicateDeliveries <= 0) return false;
    this.set({ duplicateDeliveries: this.settings.duplicateDeliveries - 1 });
    return true;
  }
}

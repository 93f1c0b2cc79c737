import type { SpHold } from '../../domain/sp-hold';

/** SPs on legal hold; changes go through `ConfigStore`. Every method rejects if the store is unreachable. */
export interface SpHolds {
  /** As stored now; null if the SP is not on hold. */
  of(account: string): Promise<SpHold | null>;
  /** Whether it is on hold, for a card: at most five seconds old, or the last known state. */
  isHeld(account: string): Promise<boolean>;
  /** By account, after `after`: a walk over all of them in pages. */
  page(after: string | null, limit: number): Promise<readonly SpHold[]>;
}

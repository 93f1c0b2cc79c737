import type { SpHold } from '../../domain/sp-hold';

/** SPs on legal hold. What changes one is a change of the configuration (`ConfigStore`). Every method rejects when the store cannot be reached. */
export interface SpHolds {
  /** As it is stored now; null where the SP is not on hold. */
  of(account: string): Promise<SpHold | null>;
  /** Whether it is on hold, for a card that shows it: at most five seconds old, and what was last known while the store is away. */
  isHeld(account: string): Promise<boolean>;
  /** By account, those after `after`: a walk over all of them, page by page. */
  page(after: string | null, limit: number): Promise<readonly SpHold[]>;
}

import type { SpHold } from '../../domain/sp-hold';

/** SPs on legal hold. What changes one is a change of the configuration (`ConfigStore`). Every method rejects when the store cannot be reached. */
export interface SpHolds {
  /** As it is stored now; null where the SP is not on hold. */
  of(account: string): Promise<SpHold | null>;
  /** By account, those after `after`: a walk over all of them, page by page. */
  page(after: string | null, limit: number): Promise<readonly SpHold[]>;
}

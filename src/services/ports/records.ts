import type { Actor } from '../../domain/actor';
import type { ImportTally } from '../../domain/configuration';
import type { ContactAttempt } from '../../domain/contact-rule';
import type { CaseKind } from '../../domain/kinds/code';
import type { SpMetrics } from '../../domain/sp-metrics';
import type { WarmTransfer } from '../../domain/transfer';

/** Attempts to contact the SP: records of the SJ, never edited. Every method rejects if the store is unreachable. */
export interface ContactStore {
  /** Stores an attempt under the id of its cause; an existing id changes nothing. Returns what is stored. */
  add(id: string, attempt: ContactAttempt): Promise<ContactAttempt>;
  byId(id: string): Promise<ContactAttempt | null>;
  /** Oldest first. */
  ofSj(sj: string): Promise<readonly ContactAttempt[]>;
}

/** Imported metrics of SPs. Every method rejects if the store is unreachable. */
export interface SpMetricsStore {
  /** The newest periods of an SP, newest first. */
  newest(account: string, limit: number): Promise<readonly SpMetrics[]>;
  /** Each replaces what is there for its SP and period. */
  save(
    metrics: readonly SpMetrics[],
    options: { readonly by: string; readonly at: Date; readonly dryRun: boolean },
  ): Promise<ImportTally>;
}

/** Warm transfers. Every method rejects if the store is unreachable. */
export interface TransferStore {
  /** False if it was already requested. */
  ask(transfer: WarmTransfer): Promise<boolean>;
  /** Deletes one that no one could be told about. */
  withdraw(id: string): Promise<void>;
  byId(id: string): Promise<WarmTransfer | null>;
  /** Takes it unless someone has it; returns its state. */
  claim(id: string, by: Actor, at: Date): Promise<WarmTransfer | null>;
}

/** References such as SPF-000123: never used twice, whatever happens. */
export interface References {
  next(kind: CaseKind): Promise<string>;
}

import type { Actor } from '../../domain/case';
import type { ImportTally } from '../../domain/configuration';
import type { ContactAttempt } from '../../domain/contact-rule';
import type { CaseKind } from '../../domain/kinds';
import type { SpMetrics } from '../../domain/sp-metrics';
import type { WarmTransfer } from '../../domain/transfer';

/** Attempts to contact the SP about a job: records of the SJ, never edited. Every method rejects when the store is out of reach. */
export interface ContactStore {
  /** Keeps an attempt under the id of what recorded it; a second one with that id changes nothing. Gives what is stored under it. */
  add(id: string, attempt: ContactAttempt): Promise<ContactAttempt>;
  byId(id: string): Promise<ContactAttempt | null>;
  /** Oldest first. */
  ofSj(sj: string): Promise<readonly ContactAttempt[]>;
}

/** What was imported about the performance of SPs. Every method rejects when the store cannot be reached. */
export interface SpMetricsStore {
  /** The newest periods of an SP, newest first. */
  newest(account: string, limit: number): Promise<readonly SpMetrics[]>;
  /** Each takes the place of what is there for its SP and period. */
  save(
    metrics: readonly SpMetrics[],
    options: { readonly by: string; readonly at: Date; readonly dryRun: boolean },
  ): Promise<ImportTally>;
}

/** Warm transfers. Every method rejects when the store cannot be reached. */
export interface TransferStore {
  /** False when it was asked for already. */
  ask(transfer: WarmTransfer): Promise<boolean>;
  /** Forgets one that no one could be told of. */
  withdraw(id: string): Promise<void>;
  byId(id: string): Promise<WarmTransfer | null>;
  /** Takes it unless someone has it; gives it as it stands then. */
  claim(id: string, by: Actor, at: Date): Promise<WarmTransfer | null>;
}

/** References such as SPF-000123: never given twice, whatever happens. */
export interface References {
  next(kind: CaseKind): Promise<string>;
}

import type { CaseFacts } from '../../domain/case';
import type { CaseEvent, SealedEvent } from '../../domain/event';
import type { Mailbox } from '../../domain/mailbox';
import type { StoredCase } from './cases';

/** Text outside of cases that people typed. */
export interface KeptText {
  readonly id: string;
  /** The part that may contain words about people. */
  readonly texts: unknown;
}
export const KEPT_BESIDE = ['drafts', 'contacts', 'letters', 'homes'] as const;
export type KeptBeside = (typeof KEPT_BESIDE)[number];

/** A case after erasing. */
export interface Rewritten {
  readonly facts: CaseFacts;
  /** Its whole history, with erased events marked. */
  readonly history: readonly SealedEvent[];
  /** The new events. */
  readonly added: readonly CaseEvent[];
  readonly mailbox: Mailbox;
}

/** Erases words about a person. Every method rejects if the store is unreachable. */
export interface PersonData {
  /** One versioned write, older history first; after a crash, the next run does the rest. False: someone was faster. */
  rewrite(based: StoredCase, next: Rewritten): Promise<boolean>;
  /** By id, after `after`: a walk over all of them in pages. */
  beside(what: KeptBeside, after: string | null, limit: number): Promise<readonly KeptText[]>;
  /** Applies `erased` to the texts of one; a draft is deleted as a whole, and so is a contact's text. */
  clear(what: KeptBeside, id: string, erased: (text: string) => string): Promise<void>;
}

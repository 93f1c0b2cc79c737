import type { CaseEvent, CaseFacts, SealedEvent } from '../../domain/case';
import type { Mailbox } from '../../domain/mailbox';
import type { StoredCase } from './cases';

/** Something kept beside cases that holds what people typed. */
export interface KeptText {
  readonly id: string;
  /** What of it may hold words about people. */
  readonly texts: unknown;
}
export const KEPT_BESIDE = ['drafts', 'contacts', 'letters', 'homes'] as const;
export type KeptBeside = (typeof KEPT_BESIDE)[number];

/** What erasing makes of a case. */
export interface Rewritten {
  readonly facts: CaseFacts;
  /** Its whole history, what was erased marked so. */
  readonly history: readonly SealedEvent[];
  /** Those past it. */
  readonly added: readonly CaseEvent[];
  readonly mailbox: Mailbox;
}

/** Where words about a person are taken out. Every method rejects when the store cannot be reached. */
export interface PersonData {
  /** One versioned write, the older history first: a crash between leaves the rest to the next run. False when someone else was faster. */
  rewrite(based: StoredCase, next: Rewritten): Promise<boolean>;
  /** By id, those after `after`: a walk over all of them, page by page. */
  beside(what: KeptBeside, after: string | null, limit: number): Promise<readonly KeptText[]>;
  /** Takes them out of one with `erased`, which gives a text without them; a draft goes as a whole, a contact's text too. */
  clear(what: KeptBeside, id: string, erased: (text: string) => string): Promise<void>;
}

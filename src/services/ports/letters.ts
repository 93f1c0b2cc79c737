import type { FailedLetter, Letter, PassedOn } from '../../domain/letters';
import type { CardPlace } from '../../domain/mailbox';

/** Letters: messages that belong to no case, each sent once. Every method rejects if the store is unreachable. */
export interface LetterStore {
  /** True if it is new: an existing id changes nothing. `serves`: what it covers, such as an area's day. */
  put(letter: Omit<Letter, 'claims'>, serves?: readonly string[]): Promise<boolean>;
  /** Changes the text and time of an unclaimed one; false if it was claimed. */
  reword(id: string, said: Pick<Letter, 'about' | 'content' | 'at'>): Promise<boolean>;
  /** What a letter is about, sent or not; null if there is none. */
  find(id: string): Promise<Pick<Letter, 'about'> | null>;
  /** Which of these ids exist, sent or not. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these are covered by a letter, sent or not, and the time of the newest such letter. */
  served(whats: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** When a letter about this will be sent, the last one if there are several; null if none waits. */
  pending(about: string): Promise<Date | null>;
  /** Removes unsent letters about this. */
  withdraw(about: string): Promise<void>;
  /** What may be claimed at `now`, earliest first. */
  due(now: Date, limit: number): Promise<readonly Letter[]>;
  /** Letters after `beyond` whose date came from a clock that was ahead may be claimed at `now`; returns how many. */
  bringForward(now: Date, beyond: Date): Promise<number>;
  /** True for the one instance that may send it now; others may claim it again from `until` on. */
  claim(letter: Letter, until: Date): Promise<boolean>;
  /** It was sent, or is no longer needed. Its content is deleted. */
  done(id: string): Promise<void>;
  fail(letter: Letter, fault: string, failedAt: Date): Promise<void>;
  /** The failed ones, newest first. */
  failed(limit: number): Promise<readonly FailedLetter[]>;
  failedCount(atMost: number): Promise<number>;
  /** Sends a failed one as new; false if it is not failed anymore, or its content is gone. */
  retry(id: string, at: Date): Promise<boolean>;
  /** A failed one; null if it is not failed anymore, or its content is gone. */
  givenUp(id: string): Promise<Letter | null>;
  /** Like `retry`, to someone else. */
  redirect(id: string, to: Pick<Letter, 'to' | 'at'> & { readonly passedOn: PassedOn }): Promise<boolean>;
  /** Removes it from the failed ones. */
  dismiss(id: string): Promise<void>;
}

/** The result of sending letters; `later`: try again. */
export type LetterOutcome =
  /** `ids`: those that arrived. Try the others again. `place`: where the message is, if it is in Slack. */
  | { readonly is: 'sent'; readonly ids: readonly string[]; readonly place?: CardPlace }
  | { readonly is: 'refused'; readonly fault: string }
  /** `perhaps`: it may have arrived nevertheless. */
  | { readonly is: 'later'; readonly fault: string; readonly perhaps: boolean };

/**
 * Sends a letter, or several to one person as one message: the first has the text of all. `again`: an earlier attempt
 * may have arrived, so look for it first. Never rejects because of Slack.
 */
export type SendLetter = (letter: Letter, again: boolean, ids: readonly string[]) => Promise<LetterOutcome>;

import type { FailedLetter, Letter, PassedOn } from '../../domain/letters';

/** Letters: messages that belong to no case, each sent once. Every method rejects when the store cannot be reached. */
export interface LetterStore {
  /**
   * True when it is new: writing one whose id is there already changes nothing. `serves`: what is told with it, such as an
   * area's day.
   */
  put(letter: Omit<Letter, 'claims'>, serves?: readonly string[]): Promise<boolean>;
  /** Lets one that no one has claimed yet say something else, at another moment; false when someone has. */
  reword(id: string, said: Pick<Letter, 'about' | 'content' | 'at'>): Promise<boolean>;
  /** What a letter is about, sent or not; null when there is no such letter. */
  find(id: string): Promise<Pick<Letter, 'about'> | null>;
  /** Which of these ids are there, sent or not. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these are told with a letter, sent or not, and the moment of the newest such letter. */
  served(whats: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** When a letter about this is to be sent, or null when none waits. */
  pending(about: string): Promise<Date | null>;
  /** Takes back what waits about this. */
  withdraw(about: string): Promise<void>;
  /** What may be claimed at `now`, earliest first. */
  due(now: Date, limit: number): Promise<readonly Letter[]>;
  /** Letters that wait until after `beyond` for no reason but a clock that was ahead may be claimed at `now`; how many. */
  bringForward(now: Date, beyond: Date): Promise<number>;
  /** True for the one instance that may send it now; others may claim it again from `until` on. */
  claim(letter: Letter, until: Date): Promise<boolean>;
  /** It is sent, or wanted no more. What it said is forgotten. */
  done(id: string): Promise<void>;
  /** It is given up, for this reason. */
  fail(letter: Letter, fault: string, failedAt: Date): Promise<void>;
  /** What was given up, newest first. */
  failed(limit: number): Promise<readonly FailedLetter[]>;
  failedCount(atMost: number): Promise<number>;
  /** Sends one that was given up as if it were new; false when it is none of these anymore, or no one knows what it said. */
  retry(id: string, at: Date): Promise<boolean>;
  /** One that was given up; null when it is none of these anymore, or no one knows what it said. */
  givenUp(id: string): Promise<Letter | null>;
  /** As `retry`, to someone else. */
  redirect(id: string, to: Pick<Letter, 'to' | 'at'> & { readonly passedOn: PassedOn }): Promise<boolean>;
  /** No one is to look at its failure anymore. */
  dismiss(id: string): Promise<void>;
}

/** What came of sending letters; `later`: they may be tried again. */
export type LetterOutcome =
  /** `ids`: those that have arrived. Others may be tried again. */
  | { readonly is: 'sent'; readonly ids: readonly string[] }
  | { readonly is: 'later' | 'refused'; readonly fault: string };

/**
 * Sends a letter, or several to one person as one message: the first says what all of them say. `again`: an earlier
 * attempt may have arrived, so it is looked for first. Never rejects for a fault of Slack.
 */
export type SendLetter = (letter: Letter, again: boolean, ids: readonly string[]) => Promise<LetterOutcome>;

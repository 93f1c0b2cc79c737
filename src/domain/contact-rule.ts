import { codeFacts, type ExceptionCode } from './exception-codes';

/** One attempt to contact the SP about a job, as `/sp-contact` records it (domain section 6). Never edited. */
export interface ContactAttempt {
  readonly sj: string;
  readonly at: Date;
  /** Slack user id of the agent. */
  readonly by: string;
  readonly reached: boolean;
  /** Reached, and the matter is settled. */
  readonly resolved: boolean;
  /** What the SP said, if reached. */
  readonly outcome: string | null;
  readonly voicemail: boolean;
  readonly noteOnJob: boolean;
  readonly publicWithEmail: boolean;
}

/** Elapsed time, in ms, so days on which clocks change count alike. */
export const CONTACT_WAIT_MS = 24 * 60 * 60 * 1000;

/** The state of an SJ under the contact rule. */
export interface ContactStanding {
  readonly first: ContactAttempt | null;
  readonly second: ContactAttempt | null;
  /** When the second attempt counts from; null without a first attempt. */
  readonly opensAt: Date | null;
  /** Whether an exception may be opened now without an override. */
  readonly mayOpen: boolean;
  /** What the agent has to do next. `nothing` with `resolved`: there is nothing left to escalate. */
  readonly needs: 'first attempt' | 'wait' | 'second attempt' | 'nothing';
  /** The attempt that settled the matter, if none came after it. */
  readonly resolved: ContactAttempt | null;
  /** While the second attempt is missing: the newest one after the first, which came too early or was incomplete. */
  readonly uncounted: ContactAttempt | null;
}

/** Whether a code needs no contact attempts. */
export const isExempt = (code: string | null | undefined): boolean => codeFacts(code)?.exempt === true;

/**
 * The contact rule (domain section 6): the agent tries the SP first; 24 hours later a second attempt counts; then the
 * exception opens. An attempt that settled the matter ends the count, and one after it starts over. `attempts`: those
 * of one SJ, in any order; `code`: the exception's code if known.
 */
export function contactRule(
  attempts: readonly ContactAttempt[],
  now: Date,
  code: ExceptionCode | null = null,
): ContactStanding {
  const inOrder = [...attempts].sort((a, b) => +a.at - +b.at);
  const settled = inOrder.findLastIndex(({ reached, resolved }) => reached && resolved);
  const counting = inOrder.slice(settled + 1);
  const [first = null] = counting;
  const resolved = first ? null : (inOrder[settled] ?? null);
  const opensAt = first && new Date(+first.at + CONTACT_WAIT_MS);
  const second = counting.find((attempt) => opensAt && attempt.at >= opensAt && isComplete(attempt)) ?? null;

  const uncounted = second || counting.length < 2 ? null : (counting.at(-1) ?? null);
  const known = { first, second, opensAt, resolved, uncounted };
  if (isExempt(code)) return { ...known, mayOpen: true, needs: 'nothing' };
  if (resolved) return { ...known, mayOpen: false, needs: 'nothing' };
  const needs = nextStep(opensAt, second, now);
  return { ...known, mayOpen: needs === 'nothing', needs };
}

function nextStep(opensAt: Date | null, second: ContactAttempt | null, now: Date): ContactStanding['needs'] {
  if (!opensAt) return 'first attempt';
  if (second) return 'nothing';
  return now < opensAt ? 'wait' : 'second attempt';
}

/** A second attempt that did not reach the SP needs a second voicemail and the *Public with Email* note. */
const isComplete = ({ reached, voicemail, publicWithEmail }: ContactAttempt) =>
  reached || (voicemail && publicWithEmail);

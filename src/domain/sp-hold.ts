import type { Actor } from './actor';

/** An SP's legal hold: all cases of the account are kept, however old they are (domain section 10). */
export interface SpHold {
  readonly account: string;
  readonly by: Actor;
  /** ISO text, as it is stored in the history. */
  readonly at: string;
  readonly reason: string;
  /** Someone asks to lift it; a second person has to agree. */
  readonly lifting: { readonly by: Actor; readonly at: string; readonly reason: string } | null;
}

/** What someone does with an SP's hold. */
export type HoldAnswer =
  | { readonly is: 'put' | 'ask'; readonly reason: string }
  /** `refuse`: the hold stays; this is also how the person who asked takes the request back. */
  | { readonly is: 'agree' | 'refuse' };

/**
 * The SP's hold after someone's answer, or null if it is lifted; or why that is not possible now, in words for the
 * person. Lifting takes two people, as with a case's hold.
 */
export function heldAfter(
  hold: SpHold | null,
  account: string,
  answer: HoldAnswer,
  { by, at }: { readonly by: Actor; readonly at: Date },
): { readonly hold: SpHold | null } | { readonly refused: string } {
  const now = at.toISOString();
  if (answer.is === 'put')
    return hold
      ? { refused: `SP ${account} is on legal hold already.` }
      : { hold: { account, by, at: now, reason: answer.reason, lifting: null } };
  if (!hold) return { refused: `SP ${account} is no longer on legal hold.` };
  if (answer.is === 'ask')
    return hold.lifting
      ? { refused: 'Someone has asked for that already: open the window again to see why.' }
      : { hold: { ...hold, lifting: { by, at: now, reason: answer.reason } } };
  if (!hold.lifting) return { refused: 'No one is asking to lift it anymore.' };
  if (answer.is === 'refuse') return { hold: { ...hold, lifting: null } };
  return hold.lifting.by === by
    ? { refused: 'You asked for this yourself: another admin has to agree.' }
    : { hold: null };
}

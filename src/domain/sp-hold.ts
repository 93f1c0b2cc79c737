import type { Actor } from './case';

/** What an SP's legal hold says: all cases of the account are kept, however old they are (domain section 10). */
export interface SpHold {
  readonly account: string;
  readonly by: Actor;
  /** As ISO text: it is part of the history as it stands. */
  readonly at: string;
  readonly reason: string;
  /** Someone asks to lift it: a second person has to agree. */
  readonly lifting: { readonly by: Actor; readonly at: string; readonly reason: string } | null;
}

/** What someone does with the hold of an SP. */
export type HoldAnswer =
  | { readonly is: 'put' | 'ask'; readonly reason: string }
  /** `refuse`: the hold stays; the person who asked takes their request back this way. */
  | { readonly is: 'agree' | 'refuse' };

/**
 * The hold of an SP after someone's answer, null where there is none anymore; or why that is not possible now, in words
 * for the person. It takes two people to lift it, as it does with the hold of a case.
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

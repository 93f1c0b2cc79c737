import type { ClockName } from './allowance';
import type { CaseFacts } from './case';
import type { Texts } from './configuration';
import { formOf } from './forms';
import { closingOf } from './forms/engine';
import { hearerOf } from './hearer';
import type { CaseKind } from './kinds/code';
import type { PersonalDatum } from './personal-data';
import { withTexts } from './texts';

/** How a report came to be filed: `same` and `corrected` if an earlier submission of it was stored. */
export type Already = 'no' | 'same' | 'corrected';

/** What the reporter learns at once (domain section 3): only what they may see. */
export interface FiledNotice extends Pick<CaseFacts, 'ref' | 'kind' | 'sj' | 'owner' | 'area' | 'unrouted'> {
  /** The case's id, for the confirmation's buttons. */
  readonly id: string;
  readonly already: Already;
  readonly answerBy: Date | null;
  readonly callbackAt: Date | null;
  readonly reviewBy: Date | null;
  readonly masked: readonly PersonalDatum[];
  /** Whom the agent may tell its state; null if no one on the line knows about it. */
  readonly hearer: 'customer' | 'SP' | null;
  /** What to read out; null if its kind has no closing text. */
  readonly closing: string | null;
  /** A form that fits better to continue with. */
  readonly goesOn: CaseKind | null;
}

export interface FiledAround {
  readonly masked?: readonly PersonalDatum[];
  readonly already?: Already;
  readonly goesOn?: CaseKind | null;
  readonly texts?: Texts;
}

/** The notice for a filed report. */
export function filedNotice(
  facts: CaseFacts & { readonly id: string },
  { masked = [], already = 'no', goesOn = null, texts = {} }: FiledAround = {},
): FiledNotice {
  const { id, ref, kind, sj, owner, area, unrouted, clocks, answers } = facts;
  const due = (clock: ClockName) => clocks.find(({ name }) => name === clock)?.dueAt ?? null;
  return {
    id,
    ref,
    kind,
    sj,
    already,
    owner,
    area,
    unrouted,
    answerBy: due('acknowledge'),
    callbackAt: due('callback'),
    reviewBy: due('review'),
    masked,
    hearer: hearerOf(facts),
    closing: closingOf(withTexts(formOf(kind), texts), answers) ?? null,
    goesOn,
  };
}

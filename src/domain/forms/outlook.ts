import type { Actor } from '../actor';
import type { ExceptionCode } from '../exception-codes';
import type { SeenStanding } from '../sp-standing';
import type { Answers } from './form';
import type { FormNotice } from './notice';

/** What a form shows around the answers so far (domain section 3). */
export interface FormOutlook {
  readonly sp: {
    /** `none`: no number typed yet; `unknown`: not in the directory. */
    readonly status: 'none' | 'looking_up' | 'known' | 'unknown';
    readonly name?: string;
    readonly area?: string;
    readonly active?: boolean;
    /** Its standing, whether or not it is in the directory; absent until it was looked up. */
    readonly standing?: SeenStanding;
  };
  /** Who will get it and by when they must respond; null until known. */
  readonly preview: Preview | null;
  readonly openCases: readonly OpenCase[];
  /** An option marked ⚠ is chosen. */
  readonly highRiskHint: boolean;
  /** The answers that the procedure supplies, and what it shows and offers. */
  readonly supplied: Answers;
  readonly told: FormNotice | null;
}

export interface Preview {
  readonly channelId: string | null;
  readonly ownerId: Actor | null;
  readonly respondBy: Date | null;
  /** Why it goes to a fallback channel, as part of a sentence: "SP 123 is not in the directory". */
  readonly fallbackReason?: string;
  /** The name of a place whose link would mean nothing to others: "the risk channel". */
  readonly place?: string;
  /** Where copies go, and whether they are redacted. */
  readonly copies: readonly { readonly channelId: string; readonly place?: string; readonly redacted: boolean }[];
}

/** An open case that may be about the same matter. */
export interface OpenCase {
  readonly ref: string;
  readonly state: string;
  /** How long ago it was filed: "2 days". */
  readonly ageText: string;
  readonly ownerId: Actor | null;
  /** The codes it shares with the report; empty if it is about the same SJ. */
  readonly sharedCodes: readonly ExceptionCode[];
}

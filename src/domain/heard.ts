import type { Person } from './access';
import type { PersonalDatum } from './personal-data';

/** What Warmline answers to what someone typed in their direct message with it. */
export type HeardReply =
  /** It answered a question of the Admin team. `isCut`: more was typed than an answer holds. */
  | {
      readonly is: 'taken';
      readonly ref: string;
      readonly text: string;
      readonly isCut: boolean;
      readonly masked: readonly PersonalDatum[];
    }
  /** It would have, but for this. */
  | { readonly is: 'refused'; readonly reason: string }
  /** Nothing was taken. `ref`: the case whose message they replied to; the questions that wait for them. */
  | {
      readonly is: 'press';
      readonly ref: string | null;
      readonly questions: readonly { readonly ref: string; readonly text: string }[];
      readonly more: number;
    }
  | { readonly is: 'help'; readonly person: Person }
  /** Words that were taken as an answer were changed afterward. */
  | { readonly is: 'changed'; readonly ref: string }
  | { readonly is: 'outsider' }
  /** Warmline was stopped while it read the message. */
  | { readonly is: 'interrupted' };

import type { Person } from './access';
import type { PersonalDatum } from './personal-data';

/** What Warmline replies to a direct message. */
export type HeardReply =
  /** It answered a question of the Admin team. `isCut`: it was longer than an answer can be. */
  | {
      readonly is: 'taken';
      readonly ref: string;
      readonly text: string;
      readonly isCut: boolean;
      readonly masked: readonly PersonalDatum[];
    }
  /** It would have, but was refused. */
  | { readonly is: 'refused'; readonly reason: string }
  /** Nothing was stored. `ref`: the case whose message they replied to; the questions that wait for them. */
  | {
      readonly is: 'press';
      readonly ref: string | null;
      readonly questions: readonly { readonly ref: string; readonly text: string }[];
      readonly more: number;
    }
  /** They mentioned Warmline in this channel, where it reads only replies under cards. */
  | { readonly is: 'mentioned'; readonly channel: string }
  | { readonly is: 'help'; readonly person: Person }
  /** The text of a stored answer was changed later. */
  | { readonly is: 'changed'; readonly ref: string }
  | { readonly is: 'outsider' }
  /** Warmline was stopped while it read the message. */
  | { readonly is: 'interrupted' };

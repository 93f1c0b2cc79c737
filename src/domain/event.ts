import type { Actor, CaseLink, Clock, Deferred, MessageSource, SpContact } from './case';
import type { ExceptionCode } from './exception-codes';
import type { Answers, Mark } from './forms/form';
import type { CaseKind, Severity, Tone } from './kinds';
import type { OutcomeCode } from './outcomes';
import type { ClockName, RungTarget } from './policy';

/**
 * A note that the threads which show the case in full have not seen: it was written under a card that does not
 * (`true`), or under one that was replaced since (`former`).
 */
export type Aside = true | 'former';

interface EventBase {
  /** 1, 2, 3 … within the case. */
  readonly seq: number;
  readonly at: Date;
  readonly actor: Actor;
  /** What made it, so that a replay of the same press or message changes nothing (a view id, an action's ts ...); null for jobs. */
  readonly key: string | null;
}

/** What happened, by type. Events are appended and never edited (domain section 2). */
export type EventBody =
  | {
      readonly type: 'filed';
      readonly data: {
        readonly ref: string;
        readonly kind: CaseKind;
        readonly reporter: Actor;
        readonly sp: { readonly account: string; readonly name: string | null };
        readonly sj: string;
        readonly answers: Answers;
        readonly title: string;
        readonly severity: Severity;
        readonly severityReason: string;
        readonly tone: Tone;
        readonly codes: readonly ExceptionCode[];
        readonly source: MessageSource | null;
        readonly marks: readonly Mark[];
        readonly subjects: readonly Actor[];
        readonly links: readonly CaseLink[];
        /** Attempts to contact the SP that came before it (domain section 6). */
        readonly contacts?: readonly SpContact[];
      };
    }
  | {
      readonly type: 'routed';
      readonly data: {
        readonly state: 'open' | 'in_review';
        readonly area: string | null;
        readonly owner: Actor | null;
        readonly unrouted: string | null;
        readonly clocks: readonly Clock[];
      };
    }
  | { readonly type: 'acknowledged'; readonly data: { readonly nextUpdateBy: Date; readonly clock: Clock } }
  | { readonly type: 'promise_missed'; readonly data: { readonly promisedFor: Date; readonly clock: Clock | null } }
  | {
      readonly type: 'note_added';
      readonly data: {
        readonly id: string;
        readonly text: string;
        readonly clock: Clock | null;
        readonly aside?: Aside;
        readonly revision?: string;
        /** It was edited before Warmline heard of it. */
        readonly edited?: boolean;
      };
    }
  | {
      readonly type: 'note_edited';
      readonly data: {
        readonly id: string;
        readonly text: string;
        readonly aside?: Aside;
        readonly revision?: string;
        /** False: its app changed it, nobody edited it. */
        readonly edited?: boolean;
      };
    }
  | {
      readonly type: 'note_deleted';
      /** `unheard`: Warmline has not heard of the note before. */
      readonly data: { readonly id: string; readonly unheard?: boolean };
    }
  | {
      readonly type: 'sp_contacted';
      readonly data: {
        readonly reached: boolean;
        readonly text: string;
        readonly clock: Clock | null;
        /** The clock of what the SP promised, if anything. */
        readonly promise?: Clock;
      };
    }
  | { readonly type: 'callback_made'; readonly data: { readonly text: string; readonly clock: Clock | null } }
  | {
      readonly type: 'snoozed';
      readonly data: { readonly until: Date; readonly reason: string; readonly clock: Clock };
    }
  | { readonly type: 'woken'; readonly data: { readonly clocks: readonly Clock[] } }
  | {
      readonly type: 'reassigned';
      readonly data: {
        readonly area: string | null;
        readonly owner: Actor;
        readonly from: Actor | null;
        readonly summary: string;
        readonly clock: Clock | null;
      };
    }
  | {
      readonly type: 'resolved';
      readonly data: {
        readonly outcome: OutcomeCode;
        readonly text: string;
        /** Who asked, where a second pair of eyes had to approve (the actor then is the approver). */
        readonly askedBy: Actor | null;
      };
    }
  | {
      readonly type: 'reopened' | 'disputed';
      readonly data: {
        readonly reason: string;
        readonly clock: Clock | null;
        /** What is owed again beside the acknowledgement. */
        readonly owed?: readonly Clock[];
      };
    }
  | { readonly type: 'approval_asked'; readonly data: { readonly outcome: OutcomeCode; readonly text: string } }
  | { readonly type: 'approval_refused'; readonly data: { readonly reason: string; readonly askedBy: Actor } }
  | {
      readonly type: 'sent_to_manager';
      readonly data: {
        readonly code: ExceptionCode;
        readonly severity: Severity;
        readonly note: string;
        readonly area: string | null;
        readonly owner: Actor | null;
        readonly clock: Clock | null;
      };
    }
  | { readonly type: 'returned'; readonly data: { readonly question: string; readonly clock?: Clock } }
  | { readonly type: 'answered'; readonly data: { readonly text: string; readonly clock: Clock | null } }
  | {
      readonly type: 'severity_changed';
      readonly data: {
        readonly from: Severity;
        readonly to: Severity;
        readonly reason: string;
        readonly clock: Clock | null;
      };
    }
  | { readonly type: 'linked'; readonly data: CaseLink }
  | { readonly type: 'follower_added'; readonly data: { readonly follower: Actor; readonly because: string } }
  | { readonly type: 'merged'; readonly data: { readonly into: string } }
  | { readonly type: 'claimed'; readonly data: { readonly from: Actor | null } }
  | { readonly type: 'escalated'; readonly data: { readonly reason: string } }
  | {
      readonly type: 'police_number_added';
      readonly data: { readonly number: string; readonly agency: string };
    }
  | {
      readonly type: 'transferred';
      readonly data: { readonly connected: boolean; readonly specialist: Actor | null; readonly summary: string };
    }
  | { readonly type: 'voided'; readonly data: { readonly reason: string } }
  /** The clock that this state needs did not run, and was started. */
  | { readonly type: 'clock_started'; readonly data: { readonly clock: Clock } }
  /** The policy of that moment replaced the one its clocks had started under; or they had started by a clock that was ahead. */
  | {
      readonly type: 'policy_applied' | 'clocks_corrected';
      readonly data: { readonly clocks: readonly Clock[]; readonly suspended: readonly Clock[] };
    }
  | {
      readonly type: 'nudged';
      readonly data: {
        readonly clock: ClockName;
        readonly dueAt: Date;
        readonly rung: number;
        readonly to: RungTarget;
        readonly deferred?: readonly Deferred[];
      };
    };

export type CaseEvent = EventBase & EventBody;

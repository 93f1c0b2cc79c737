import type { Answers, Mark } from './forms/form';
import type { CaseKind, ExceptionCode, Severity, Tone } from './kinds';
import type { OutcomeCode } from './outcomes';
import type { ClockName, RungTarget } from './policy';

/** The lifecycle of every kind of case (domain section 2). */
export type CaseState =
  | 'submitted'
  | 'in_review'
  | 'open'
  | 'acknowledged'
  | 'in_progress'
  | 'snoozed'
  | 'returned'
  | 'resolved'
  | 'void';

/** Who or what made an event: a Slack user id, or `system` for jobs. */
export type Actor = string;
export const SYSTEM: Actor = 'system';

/** A clock that runs on a case. Its rungs were computed from the policy in force when it started. */
export interface Clock {
  readonly name: ClockName;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly rungs: readonly { readonly at: Date; readonly to: RungTarget }[];
  /** How many rungs have fired. */
  readonly fired: number;
}

export type Hold =
  | { readonly is: 'none' }
  | {
      readonly is: 'snoozed';
      readonly since: Date;
      readonly until: Date;
      readonly reason: string;
      /** The state to return to, and the clocks that stand still meanwhile. */
      readonly resume: 'open' | 'acknowledged' | 'in_progress';
      readonly suspended: readonly Clock[];
    };

export interface Note {
  /** The Slack ts of the thread reply it mirrors, or the event's number for a note typed in the modal. */
  readonly id: string;
  readonly by: Actor;
  readonly at: Date;
  readonly text: string;
  readonly edited: boolean;
}

export interface SpContact {
  readonly at: Date;
  readonly by: Actor;
  readonly reached: boolean;
  readonly text: string;
}

/** The message a report was filed from, if any. */
export interface MessageSource {
  readonly channel: string;
  readonly ts: string;
  readonly author: string | null;
  readonly permalink: string | null;
}

/** How two cases belong together. `duplicate_of`: the other one goes on in its place. */
export const RELATIONS = ['related', 'duplicate_of', 'has_duplicate', 'continues', 'continued_by', 'cause'] as const;
export interface CaseLink {
  readonly ref: string;
  readonly relation: (typeof RELATIONS)[number];
}

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
      readonly data: { readonly id: string; readonly text: string; readonly clock: Clock | null };
    }
  | { readonly type: 'note_edited'; readonly data: { readonly id: string; readonly text: string } }
  | { readonly type: 'note_deleted'; readonly data: { readonly id: string } }
  | {
      readonly type: 'sp_contacted';
      readonly data: { readonly reached: boolean; readonly text: string; readonly clock: Clock | null };
    }
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
  | { readonly type: 'reopened'; readonly data: { readonly reason: string; readonly clock: Clock | null } }
  | { readonly type: 'disputed'; readonly data: { readonly reason: string; readonly clock: Clock | null } }
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
  | { readonly type: 'returned'; readonly data: { readonly question: string } }
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
  | {
      readonly type: 'nudged';
      readonly data: {
        readonly clock: ClockName;
        readonly dueAt: Date;
        readonly rung: number;
        readonly to: RungTarget;
      };
    };

export type CaseEvent = EventBase & EventBody;

/** Everything true of a case, derived from its events alone: `events.reduce(apply)`. */
export interface CaseFacts {
  readonly ref: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly hold: Hold;
  readonly reporter: Actor;
  readonly filedAt: Date;
  readonly sp: { readonly account: string; readonly name: string | null };
  readonly sj: string;
  readonly answers: Answers;
  readonly title: string;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly tone: Tone;
  readonly codes: readonly ExceptionCode[];
  readonly source: MessageSource | null;
  readonly area: string | null;
  readonly owner: Actor | null;
  /** Why it lies in the unrouted queue, or null. */
  readonly unrouted: string | null;
  readonly clocks: readonly Clock[];
  readonly acknowledged: { readonly by: Actor; readonly at: Date; readonly nextUpdateBy: Date } | null;
  readonly notes: readonly Note[];
  readonly contacts: readonly SpContact[];
  readonly resolution: {
    readonly outcome: OutcomeCode;
    readonly text: string;
    readonly by: Actor;
    readonly at: Date;
  } | null;
  readonly reopened: number;
  readonly marks: readonly Mark[];
  /** People the report is about: it is never routed or shown to them. */
  readonly subjects: readonly Actor[];
  readonly links: readonly CaseLink[];
  /** Who else hears what becomes of it: reporters of its duplicates. */
  readonly followers: readonly Actor[];
  /** The Admin team's question to the agent, while it waits for an answer. */
  readonly question: { readonly text: string; readonly by: Actor; readonly at: Date } | null;
  /** An outcome that waits for a second approver. */
  readonly approval: {
    readonly outcome: OutcomeCode;
    readonly text: string;
    readonly by: Actor;
    readonly at: Date;
  } | null;
  /** The newest event: its number and moment. */
  readonly seq: number;
  readonly changedAt: Date;
}

/** When the next rung of any clock fires, or null. */
export function nextNudgeAt(facts: Pick<CaseFacts, 'clocks'>): Date | null {
  const moments = facts.clocks.flatMap((clock) => clock.rungs[clock.fired]?.at ?? []);
  return moments.length ? new Date(Math.min(...moments.map(Number))) : null;
}

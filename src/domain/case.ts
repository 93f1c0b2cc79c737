import type { Actor } from './actor';
import type { Allowance, ClockName, RungTarget } from './allowance';
import type { ExceptionCode } from './exception-codes';
import type { Answers, Mark } from './forms/form';
import type { CaseKind } from './kinds/code';
import type { OutcomeCode, OutcomeFacts } from './outcomes';
import type { Severity, Tone } from './severity';
import type { LiftingAsked, Sanction } from './sp-standing';

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

/** A reminder that someone gets later because of their quiet hours. */
export interface Deferred {
  readonly to: Actor;
  readonly until: Date;
}

/** A clock of a case. Its rungs were computed from the policy in force when it started. */
export interface Clock {
  readonly name: ClockName;
  /** When it started, or last continued after a snooze. */
  readonly startedAt: Date;
  readonly dueAt: Date;
  /** Whether someone chose the due time; otherwise it follows from the policy. */
  readonly promised: boolean;
  /** The time it counts: the area's opening hours or the wall clock. */
  readonly time: Allowance['time'];
  /** Minutes of that time used before `startedAt`: more than 0 after a snooze. */
  readonly spent: number;
  readonly rungs: readonly { readonly at: Date; readonly to: RungTarget }[];
  /** How many rungs have fired. */
  readonly fired: number;
  /** Who gets the newest one later, and when. */
  readonly deferred?: readonly Deferred[];
}

export type Hold =
  | { readonly is: 'none' }
  | {
      readonly is: 'snoozed';
      readonly since: Date;
      readonly until: Date;
      readonly reason: string;
      /** The state to return to, and the clocks paused meanwhile. */
      readonly resume: 'open' | 'acknowledged' | 'in_progress';
      readonly suspended: readonly Clock[];
    }
  /** Resolved or void. Whatever was still owed is paused, in case it is reopened. */
  | { readonly is: 'closed'; readonly suspended: readonly Clock[] };

export interface Note {
  /** The Slack ts of the thread reply it mirrors, or the event's number if it was typed in the modal. */
  readonly id: string;
  readonly by: Actor;
  readonly at: Date;
  readonly text: string;
  readonly edited: boolean;
  /** Which version of the reply it shows: see `revisionOf`. Absent for notes that do not mirror a reply. */
  readonly revision?: string;
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

/** How two cases are related. `duplicate_of`: the other one replaces it. */
export const RELATIONS = ['related', 'duplicate_of', 'has_duplicate', 'continues', 'continued_by', 'cause'] as const;
export interface CaseLink {
  readonly ref: string;
  readonly relation: (typeof RELATIONS)[number];
}

/** Someone who may not read a need-to-know case has asked to (domain section 10). */
export interface AccessRequest {
  readonly person: Actor;
  readonly hours: number;
}
/** Someone may read the case until then; the team that reads it granted it. `seq`: the granting event. */
export interface AccessGrant {
  readonly person: Actor;
  readonly by: Actor;
  readonly until: Date;
  readonly seq: number;
}

interface Outcome extends OutcomeFacts {
  readonly outcome: OutcomeCode;
  readonly text: string;
  readonly by: Actor;
  readonly at: Date;
}

/** The totals of what the facts keep only in part. */
export interface Totals {
  readonly notes: number;
  readonly contacts: number;
  readonly links: number;
  readonly followers: number;
}

/** A case that must not be deleted, however old it is (domain section 10). */
export interface LegalHold {
  readonly by: Actor;
  readonly at: Date;
  readonly reason: string;
  /** Someone asks to lift it; a second person has to agree. */
  readonly lifting: LiftingAsked | null;
}

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
  /** Why it is in the unrouted queue, or null. */
  readonly unrouted: string | null;
  readonly clocks: readonly Clock[];
  readonly acknowledged: { readonly by: Actor; readonly at: Date; readonly nextUpdateBy: Date } | null;
  /** When it was first acknowledged, and since when an Area Manager had it if it was reviewed. */
  readonly firstAcknowledged: { readonly at: Date; readonly handedAt: Date | null } | null;
  /** When the review last sent it to an Area Manager. */
  readonly handedAt: Date | null;
  /** The notes, contacts, links and followers kept at hand (`at-hand.ts`), and their totals. */
  readonly notes: readonly Note[];
  /** Ids of notes whose message was deleted; these do not come back. */
  readonly goneNotes?: readonly string[];
  readonly contacts: readonly SpContact[];
  readonly totals: Totals;
  /** `askedBy`: who asked for it, if someone else had to approve. */
  readonly resolution: (Outcome & { readonly askedBy?: Actor }) | null;
  /** What it set for its SP and is still in force; absent: nothing ever. */
  readonly sanction?: Sanction;
  readonly reopened: number;
  /** Placed by a person, or lifted (null); absent: its answers decide (`holdReason`). */
  readonly legalHold?: LegalHold | null;
  readonly marks: readonly Mark[];
  /** People the report is about: it is never routed or shown to them. */
  readonly subjects: readonly Actor[];
  readonly links: readonly CaseLink[];
  /** Who else hears what becomes of it: reporters of its duplicates. */
  readonly followers: readonly Actor[];
  /** The Admin team's question to the agent, while it waits for an answer. */
  readonly question: { readonly text: string; readonly by: Actor; readonly at: Date } | null;
  /** An outcome that waits for a second approver. `from`: who was told that they may approve it. */
  readonly approval: (Outcome & { readonly from?: readonly Actor[] }) | null;
  /** Who waits for access, and who has it or had it last; absent: no one ever asked. */
  readonly asking?: readonly AccessRequest[];
  readonly grants?: readonly AccessGrant[];
  /** The decision it appeals, and who made it: someone else decides this one. */
  readonly appeal?: { readonly ref: string; readonly decidedBy: readonly Actor[] };
  /** The newest event's number and time. */
  readonly seq: number;
  readonly changedAt: Date;
}

/** Whether someone still has to do something: until it is resolved or void (domain section 2). */
export const isOpen = ({ state }: Pick<CaseFacts, 'state'>): boolean => state !== 'resolved' && state !== 'void';

/** The case that replaces this one, if it was closed as its duplicate. */
export const successorOf = ({ state, links }: Pick<CaseFacts, 'state' | 'links'>): string | null =>
  (state === 'void' ? links.findLast(({ relation }) => relation === 'duplicate_of')?.ref : null) ?? null;

/** When the next rung of any clock fires, or null. */
export function nextNudgeAt(facts: Pick<CaseFacts, 'clocks'>): Date | null {
  const moments = facts.clocks.flatMap((clock) => clock.rungs[clock.fired]?.at ?? []);
  return moments.length ? new Date(Math.min(...moments.map(Number))) : null;
}

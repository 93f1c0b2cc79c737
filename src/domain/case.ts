import type { Answers } from './forms/form';
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
      };
    }
  | {
      readonly type: 'routed';
      readonly data: {
        readonly area: string | null;
        readonly owner: Actor | null;
        readonly unrouted: string | null;
        readonly clock: Clock | null;
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
  | { readonly type: 'resolved'; readonly data: { readonly outcome: OutcomeCode; readonly text: string } }
  | { readonly type: 'reopened'; readonly data: { readonly reason: string; readonly clock: Clock | null } }
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
export type EventType = CaseEvent['type'];

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
  /** The newest event: its number and moment. */
  readonly seq: number;
  readonly changedAt: Date;
}

const without = (clocks: readonly Clock[], ...names: ClockName[]) => clocks.filter((c) => !names.includes(c.name));
const started = (clocks: readonly Clock[], clock: Clock | null) =>
  clock ? [...without(clocks, clock.name), clock] : clocks;

/** The facts after an event. Pure and total: an event that was stored is always applicable. */
export function apply(facts: CaseFacts | null, event: CaseEvent): CaseFacts {
  if (event.type === 'filed') return filed(event);
  if (!facts) throw new Error(`A case begins with "filed", not with "${event.type}".`);
  return { ...facts, ...change(facts, event), seq: event.seq, changedAt: event.at };
}

/** The facts that a whole history of events gives. Throws when the history does not begin with `filed`. */
export function replay(events: readonly CaseEvent[]): CaseFacts {
  const facts = events.reduce<CaseFacts | null>(apply, null);
  if (!facts) throw new Error('A case has at least one event.');
  return facts;
}

function filed({ seq, at, data }: CaseEvent & { type: 'filed' }): CaseFacts {
  return {
    ...data,
    state: 'submitted',
    hold: { is: 'none' },
    filedAt: at,
    area: null,
    owner: null,
    unrouted: null,
    clocks: [],
    acknowledged: null,
    notes: [],
    contacts: [],
    resolution: null,
    reopened: 0,
    seq,
    changedAt: at,
  };
}

function change(facts: CaseFacts, event: Exclude<CaseEvent, { type: 'filed' }>): Partial<CaseFacts> {
  const { at, actor } = event;
  switch (event.type) {
    case 'routed': {
      const { area, owner, unrouted, clock } = event.data;
      return { state: 'open', area, owner, unrouted, clocks: started(facts.clocks, clock) };
    }
    case 'acknowledged':
      return {
        state: 'acknowledged',
        hold: { is: 'none' },
        acknowledged: { by: actor, at, nextUpdateBy: event.data.nextUpdateBy },
        clocks: started(without(facts.clocks, 'acknowledge', 'snooze'), event.data.clock),
      };
    case 'promise_missed':
      return {
        state: 'open',
        acknowledged: null,
        clocks: started(without(facts.clocks, 'update'), event.data.clock),
      };
    case 'note_added': {
      const note: Note = { id: event.data.id, by: actor, at, text: event.data.text, edited: false };
      return { notes: [...facts.notes, note], ...progressed(facts, event.data.clock) };
    }
    case 'note_edited':
      return {
        notes: facts.notes.map((n) => (n.id === event.data.id ? { ...n, text: event.data.text, edited: true } : n)),
      };
    case 'note_deleted':
      return { notes: facts.notes.filter((n) => n.id !== event.data.id) };
    case 'sp_contacted': {
      const contact: SpContact = { at, by: actor, reached: event.data.reached, text: event.data.text };
      return { contacts: [...facts.contacts, contact], ...progressed(facts, event.data.clock) };
    }
    case 'snoozed': {
      const { until, reason, clock } = event.data;
      const resume = facts.hold.is === 'snoozed' ? facts.hold.resume : resumable(facts.state);
      const suspended = facts.hold.is === 'snoozed' ? facts.hold.suspended : facts.clocks;
      const since = facts.hold.is === 'snoozed' ? facts.hold.since : at;
      return { state: 'snoozed', hold: { is: 'snoozed', since, until, reason, resume, suspended }, clocks: [clock] };
    }
    case 'woken':
      return {
        state: facts.hold.is === 'snoozed' ? facts.hold.resume : facts.state,
        hold: { is: 'none' },
        clocks: event.data.clocks,
      };
    case 'reassigned': {
      const { area, owner, clock } = event.data;
      return {
        state: 'open',
        hold: { is: 'none' },
        area,
        owner,
        unrouted: null,
        acknowledged: null,
        clocks: clock ? [clock] : [],
      };
    }
    case 'resolved':
      return {
        state: 'resolved',
        hold: { is: 'none' },
        clocks: [],
        resolution: { outcome: event.data.outcome, text: event.data.text, by: actor, at },
      };
    case 'reopened':
      return {
        state: 'open',
        resolution: null,
        acknowledged: null,
        reopened: facts.reopened + 1,
        clocks: event.data.clock ? [event.data.clock] : [],
      };
    case 'voided':
      return { state: 'void', hold: { is: 'none' }, clocks: [] };
    case 'nudged': {
      const { clock, dueAt, rung } = event.data;
      return {
        clocks: facts.clocks.map((c) => (c.name === clock && +c.dueAt === +dueAt ? { ...c, fired: rung + 1 } : c)),
      };
    }
  }
}

/** Work on an acknowledged case moves it to in progress and renews the promise when a new clock comes with it. */
function progressed(facts: CaseFacts, clock: Clock | null): Partial<CaseFacts> {
  if (!clock || !facts.acknowledged) return {};
  return {
    state: 'in_progress',
    acknowledged: { ...facts.acknowledged, nextUpdateBy: clock.dueAt },
    clocks: started(facts.clocks, clock),
  };
}

const resumable = (state: CaseState) => (state === 'acknowledged' || state === 'in_progress' ? state : 'open');

/** When the next rung of any clock fires, or null. */
export function nextNudgeAt(facts: Pick<CaseFacts, 'clocks'>): Date | null {
  const moments = facts.clocks.flatMap((clock) => clock.rungs[clock.fired]?.at ?? []);
  return moments.length ? new Date(Math.min(...moments.map(Number))) : null;
}

/** True while somebody owes something on the case. */
export const isOpen = (state: CaseState) => state !== 'resolved' && state !== 'void';

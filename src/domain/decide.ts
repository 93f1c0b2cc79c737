import { apply } from './apply';
import {
  type Actor,
  type CaseEvent,
  type CaseFacts,
  type CaseLink,
  type Deferred,
  type EventBody,
  SYSTEM,
} from './case';
import type { ClockMaker, Resume } from './clocks';
import { allowedMoves, choices, definitionOf, hindrance, type MoveOf, type MoveType, refusal } from './move';
import type { Deciding } from './moves/definition';
import type { KnownNote } from './notes';
import type { ClockName, RungTarget } from './policy';

export interface Context {
  readonly actor: Actor;
  readonly now: Date;
  /** What caused this move; stored with its events. */
  readonly key: string | null;
  /** The request that was on screen, for a move that answers one (`MoveDefinition.request`); absent: not known. */
  readonly shown?: string;
  /** True if the actor may act on the case, not just write in its thread. */
  readonly mayAct: boolean;
  /** True if the actor may not read the case: a refusal does not tell what is in it. */
  readonly isOutside?: boolean;
  /** A clock of the policy in force, starting at `from`; `dueAt` if someone promised a time. Null: no such clock. */
  readonly clock: ClockMaker;
  readonly resume: Resume;
  /** What is known of the note that the move is about; absent: what the facts say. */
  readonly note?: KnownNote;
  /** Who gets a rung later because of their quiet hours; absent: no one. */
  readonly deferral?: (to: RungTarget, clock: ClockName) => readonly Deferred[];
  /** Who may give a second approval to an outcome; absent if the move needs none. */
  readonly approvers?: readonly Actor[];
  /** People who answer for the case and may read it, and so may agree to another's request. */
  readonly keepers?: readonly Actor[];
  /** The newest link to the other case of this move, if the facts do not have it at hand. */
  readonly link?: CaseLink | null;
}

export type Decision =
  | { readonly ok: true; readonly events: readonly CaseEvent[]; readonly facts: CaseFacts }
  | { readonly ok: false; readonly reason: string; readonly allowed: readonly MoveType[] };

/**
 * Decides a move: its events and the facts after them, or a refusal in words with what is allowed now (domain sections
 * 2, 7, 8). Pure; an empty list of events means there was nothing to do. No event has an earlier date than the one
 * before it.
 */
export function decide<T extends MoveType>(facts: CaseFacts, move: MoveOf<T>, context: Context): Decision {
  const allowed = choices(facts);
  if (!allowedMoves(facts).includes(move.type))
    return { ok: false, reason: refusal(facts, move.type, context.isOutside), allowed };
  const { request } = definitionOf(move.type);
  if (request && context.shown && context.shown !== request(facts)) return { ok: false, reason: ANOTHER, allowed };
  const outcome =
    hindrance(facts, move.type, context.actor, context.now) ??
    definitionOf(move.type).decide(facts, move, deciding(context));
  if (typeof outcome === 'string') return { ok: false, reason: outcome, allowed };
  // Machine clocks differ and are set back; a record's dates ascend anyway.
  const at = new Date(Math.max(+context.now, +facts.changedAt));
  const events = outcome.map(
    (body, i): CaseEvent => ({
      seq: facts.seq + 1 + i,
      at,
      actor: context.actor,
      key: context.key,
      ...body,
    }),
  );
  return { ok: true, events, facts: events.reduce<CaseFacts>(apply, facts) };
}

const ANOTHER =
  'Another request waits now than this window shows, or none. Close this window and open it again to see what waits.';

/** Applies the events of one move at its time, one after the other. */
const deciding = (context: Context): Deciding => ({
  ...context,
  applied: (facts, body) => applied(facts, body as EventBody, context),
});
export const applied = (facts: CaseFacts, body: EventBody, { now, actor }: Pick<Context, 'now' | 'actor'>): CaseFacts =>
  apply(facts, { seq: facts.seq + 1, at: now, actor, key: null, ...body });

/** The first two events of a case, what was filed and where it went, and its facts. */
export function open(
  filed: Extract<EventBody, { type: 'filed' }>,
  routed: Extract<EventBody, { type: 'routed' }>,
  at: Date,
  key: string,
): { events: readonly CaseEvent[]; facts: CaseFacts } {
  const events: CaseEvent[] = [
    { seq: 1, at, actor: filed.data.reporter, key, ...filed },
    { seq: 2, at, actor: SYSTEM, key, ...routed },
  ];
  return { events, facts: apply(apply(null, events[0] as CaseEvent), events[1] as CaseEvent) };
}

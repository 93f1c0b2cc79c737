import { SYSTEM } from './actor';
import { apply } from './apply';
import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import { allowedMoves, choices, definitionOf, hindrance, refusal } from './move';
import type { Context, Deciding } from './moves/context';
import type { EventBody, MoveOf, MoveType } from './moves/declared';

export type Decision =
  | { readonly ok: true; readonly events: readonly CaseEvent[]; readonly facts: CaseFacts }
  | { readonly ok: false; readonly reason: string; readonly allowed: readonly MoveType[] };

/**
 * Decides a move: its events and the facts after them, or a refusal in words with what is allowed now (domain sections
 * 2, 7, 8). Pure; an empty list of events means there was nothing to do. No event has an earlier date than the one
 * before it.
 */
export function decide<T extends MoveType>(facts: CaseFacts, move: MoveOf<T>, context: Context): Decision {
  const refused = (reason: string): Decision => ({ ok: false, reason, allowed: choices(facts, context.may) });
  if (!allowedMoves(facts).includes(move.type)) return refused(refusal(facts, move.type, context));
  const { request } = definitionOf(move.type);
  if (request && context.shown && context.shown !== request(facts)) return refused(ANOTHER);
  const outcome =
    hindrance(facts, move.type, context.actor, context.now) ??
    definitionOf(move.type).decide(facts, move, deciding(context));
  if (typeof outcome === 'string') return refused(outcome);
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
  applied: (facts, body) => applied(facts, body, context),
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

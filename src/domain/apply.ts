import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import { eventOf } from './events';
import { begun } from './moves/filing';
import { clocksAfter } from './stopping';

/** The facts after an event. Pure and total: a stored event can always be applied. */
export function apply(facts: CaseFacts | null, event: CaseEvent): CaseFacts {
  if (event.type === 'filed') return begun(event);
  if (!facts) throw new Error(`A case begins with "filed", not with "${event.type}".`);
  return {
    ...facts,
    ...eventOf(event).apply(facts, event),
    ...clocksAfter(facts, event),
    seq: event.seq,
    changedAt: event.at,
  };
}

/** The facts after a whole history of events. Throws if it does not begin with `filed`. */
export function replay(events: readonly CaseEvent[]): CaseFacts {
  const facts = events.reduce<CaseFacts | null>(apply, null);
  if (!facts) throw new Error('A case has at least one event.');
  return facts;
}

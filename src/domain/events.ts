import type { Actor, CaseEvent, CaseFacts } from './case';
import * as MOVES from './moves';
import type { EventDefinition, EventOf, SaidInThread } from './moves/definition';
import { FILING } from './moves/filing';

type Events = { readonly [T in CaseEvent['type']]: EventDefinition<EventOf<T>['data']> };

/** All events, as the moves define them; each type belongs to one move. */
const EVENTS = Object.assign({}, FILING, ...Object.values(MOVES).map(({ events }) => events)) as Events;

/** The definition of this event type. */
export const eventOf = <T extends CaseEvent['type']>({
  type,
}: {
  readonly type: T;
}): EventDefinition<EventOf<T>['data']> => EVENTS[type];

/** An event's line in a card's thread, or null if it has none. `names`: the people it calls, else the owner. */
export function lineOf(
  facts: CaseFacts,
  event: CaseEvent,
  show: 'full' | 'redacted',
  names?: readonly Actor[],
): SaidInThread | null {
  const { line } = eventOf(event);
  if (!line || line.isHidden?.(event, true)) return null;
  if (show === 'full' || line.outside === 'same') return line.say(facts, event, names);
  return line.outside === 'never' ? null : line.outside(facts, event, names);
}

import type { Actor } from './actor';
import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import * as MOVES from './moves';
import type { Events, EventType } from './moves/declared';
import type { EventDefinition, SaidInThread } from './moves/definition';
import { FILING } from './moves/filing';

type Registered =
  | keyof typeof FILING
  | { [T in keyof typeof MOVES]: keyof (typeof MOVES)[T]['events'] }[keyof typeof MOVES];
/** All events, as the moves define them; each type belongs to one move. */
const EVENTS = Object.assign({}, FILING, ...Object.values(MOVES).map(({ events }) => events)) as {
  readonly [T in Registered]: EventDefinition<Events[T]>;
};

/** The definition of this event type. One that is declared and that nothing defines does not compile. */
export const eventOf = <T extends EventType>({ type }: { readonly type: T }): EventDefinition<Events[T]> =>
  EVENTS[type];

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

import type { CaseEvent } from './case';
import * as MOVES from './moves';
import type { EventDefinition, EventOf } from './moves/definition';
import { FILING } from './moves/filing';

type Events = { readonly [T in CaseEvent['type']]: EventDefinition<EventOf<T>['data']> };

/** Every event there is, as the moves define them: each type by one of them. */
const EVENTS = Object.assign({}, FILING, ...Object.values(MOVES).map(({ events }) => events)) as Events;

export const EVENT_TYPES = Object.keys(EVENTS) as CaseEvent['type'][];

/** All there is to an event of this type. */
export const eventOf = <T extends CaseEvent['type']>({
  type,
}: {
  readonly type: T;
}): EventDefinition<EventOf<T>['data']> => EVENTS[type];

import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import { eventOf } from './events';
import { type Delivery, enqueue } from './mailbox';
import { ACCESS_LOG } from './targets/access-log';

const endsOf = (ref: string, person: string) => `${ref}:access-end:${person}:`;

/**
 * The outbox plus what these events add to the access log: each event about who may read the case, and when a grant
 * ends by itself (domain section 10).
 */
export function withAccessOwed(
  outbox: readonly Delivery[],
  { ref, changedAt }: Pick<CaseFacts, 'ref' | 'changedAt'>,
  events: readonly CaseEvent[],
): readonly Delivery[] {
  return events.reduce<readonly Delivery[]>((owed, event) => {
    const { seq } = event;
    const change = eventOf(event).access?.(event);
    if (!change) return owed;
    const { how, who, until } = change;
    const entry = (id: string, at: Date): Delivery => {
      return { id, to: { address: ACCESS_LOG }, content: { type: 'access', seq }, lane: ACCESS_LOG, at, dead: null };
    };
    const ends = endsOf(ref, who);
    // A grant that was withdrawn or renewed no longer ends by itself.
    const left = how === 'withdrawn' || how === 'granted' ? owed.filter(({ id }) => !id.startsWith(ends)) : owed;
    const end = until && { ...entry(`${ends}${seq}`, until), waits: true as const };
    return enqueue(left, entry(`${ref}:access:${seq}`, changedAt), ...(end ? [end] : []));
  }, outbox);
}

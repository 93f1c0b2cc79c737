import type { Actor, CaseFacts } from './case';
import type { Area } from './directory';
import type { MoveType } from './moves';

/** Who somebody is to Warmline. */
export interface Person {
  readonly id: Actor;
  readonly isAdmin: boolean;
}

/** True when this person is one of those who answer for the case: its owner, the area's AM or deputy, an admin (domain section 7). */
export function mayAct(facts: Pick<CaseFacts, 'owner'>, person: Person, area: Area | null): boolean {
  return person.isAdmin || [facts.owner, area?.areaManager, area?.deputy].includes(person.id);
}

const OPEN_TO_ANYONE_IN_THE_CHANNEL: readonly MoveType[] = ['add_note', 'edit_note', 'delete_note'];

/** Whether this person may make this move: anyone who can see the card may write notes, the rest is for those who may act. */
export function mayMove(move: MoveType, responsible: boolean): boolean {
  return responsible || OPEN_TO_ANYONE_IN_THE_CHANNEL.includes(move);
}

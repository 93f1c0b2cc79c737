import type { CaseFacts } from '../../src/domain/case';
import type { MessageContext } from '../../src/domain/messages';
import { type Knowledge, onDuty, reach, type Subject } from '../../src/domain/reach';
import { MONDAY, WEST } from './cases';

/** What is known about the people of area West on a Monday morning: everyone is there, without preferences. */
export const knowledge = (known: Partial<Knowledge> = {}): Knowledge => ({
  now: MONDAY,
  area: WEST,
  leadership: null,
  roleHolders: [],
  admins: ['U0ADA'],
  approvers: [],
  groups: new Map(),
  covers: [],
  gone: new Set(),
  habits: new Map(),
  bypass: ['critical', 'high'],
  ...known,
});

/** Whom a case's rungs reach then, for its messages. */
export const peopleOf = (facts: CaseFacts & Subject, known: Partial<Knowledge> = {}): MessageContext['people'] => ({
  reach: (to, clock) => reach(to, clock, facts, knowledge(known)),
  onDuty: onDuty(facts, knowledge(known)),
});

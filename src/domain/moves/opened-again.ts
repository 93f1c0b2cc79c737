import type { CaseFacts, Clock } from '../case';
import { unanswered } from '../clocks';
import { holdKept } from '../legal-hold';
import type { Context } from './context';
import type { EventDefinition } from './definition';
import { type Reason, some } from './shared';

export interface OpenedAgain extends Reason {
  readonly clock: Clock | null;
  /** What is owed again besides the acknowledgment. */
  readonly owed?: readonly Clock[];
}

/** What a reopened case owes besides its acknowledgment: promises for a future time, and what is still missing. */
function owedAgain(facts: CaseFacts, { now, clock }: Pick<Context, 'now' | 'clock'>): readonly Clock[] {
  const ahead = unanswered(facts).filter(
    ({ name, dueAt }) => (name === 'callback' || name === 'sp_contact') && dueAt > now,
  );
  const missing = facts.marks.includes('police_number_missing') ? clock('police_number', now) : null;
  return missing ? [...ahead, missing] : ahead;
}

export const openedAgain = (
  facts: CaseFacts,
  { reason }: Reason,
  context: Pick<Context, 'now' | 'clock'>,
): OpenedAgain => ({
  reason,
  clock: context.clock('acknowledge', context.now),
  owed: owedAgain(facts, context),
});

const begun = ({ clock, owed = [] }: OpenedAgain) => [...some(clock), ...owed];

/** A closed case is open again, without an owner at work on it. */
export const reopening: Pick<EventDefinition<OpenedAgain>, 'apply' | 'clocks'> = {
  apply: (facts) => ({
    state: 'open',
    resolution: null,
    acknowledged: null,
    // An earlier release kept the question of a case that was voided.
    question: null,
    reopened: facts.reopened + 1,
    ...holdKept(facts),
  }),
  clocks: {
    answers: [],
    starts: begun,
    again: (facts, { data }, { at, clock }) => openedAgain(facts, data, { now: at, clock }),
    after: (_facts, { data }) => ({ clocks: begun(data), hold: { is: 'none' } }),
  },
};

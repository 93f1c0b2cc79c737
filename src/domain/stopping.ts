import type { CaseEvent, CaseFacts, CaseState, Clock } from './case';
import type { ClockName } from './policy';

/**
 * Which clocks an event answers (domain section 8): every rung of theirs stops, also those that fired and are not sent
 * yet, and also while they stand still in a snooze. `all` closes the case. What is not named here answers none.
 */
const ANSWERS: Partial<Record<CaseEvent['type'], readonly ClockName[] | 'all'>> = {
  acknowledged: ['acknowledge', 'update'],
  // The acknowledgement is taken back, and the ladder goes on.
  promise_missed: ['update'],
  // Whoever it goes to now has all the time of the policy; a promise to the customer and what is missing stay owed.
  reassigned: ['acknowledge', 'update', 'review', 'answer'],
  sent_to_manager: ['acknowledge', 'update', 'review', 'answer'],
  returned: ['review'],
  answered: ['answer'],
  // Only when the SP was reached.
  sp_contacted: ['sp_contact'],
  callback_made: ['callback'],
  police_number_added: ['police_number'],
  resolved: 'all',
  merged: 'all',
  voided: 'all',
};

const answeredBy = (event: CaseEvent) =>
  (event.type === 'sp_contacted' && !event.data.reached ? [] : ANSWERS[event.type]) ?? [];

/** The events that answer a clock, `all` of a case's or this one. */
export const answersTo = (clock: ClockName): CaseEvent['type'][] =>
  (Object.keys(ANSWERS) as CaseEvent['type'][]).filter(
    (type) => ANSWERS[type] === 'all' || ANSWERS[type]?.includes(clock),
  );

/** The clocks of a case that nobody has answered: those that run, or stand still while it is snoozed or closed. */
export const unanswered = ({ clocks, hold }: Pick<CaseFacts, 'clocks' | 'hold'>): readonly Clock[] =>
  hold.is === 'none' ? clocks : hold.suspended;

type Timed = Pick<CaseFacts, 'clocks' | 'hold'>;
const NONE = { is: 'none' } as const;

/** The one rule for stopping: which clocks run after an event, and which stand still. */
export function clocksAfter(facts: CaseFacts, event: Exclude<CaseEvent, { type: 'filed' }>): Timed {
  const { clocks, hold } = facts;
  switch (event.type) {
    case 'snoozed': {
      const { until, reason, clock } = event.data;
      const asleep =
        hold.is === 'snoozed' ? hold : { since: event.at, resume: resumable(facts.state), suspended: clocks };
      return { clocks: [clock], hold: { ...asleep, is: 'snoozed', until, reason } };
    }
    case 'woken':
      return { clocks: event.data.clocks, hold: NONE };
    case 'nudged':
      return { clocks: clocks.map((clock) => spoken(clock, event)), hold };
    case 'policy_applied':
    case 'clocks_corrected': {
      const { suspended } = event.data;
      return { clocks: event.data.clocks, hold: hold.is === 'snoozed' ? { ...hold, suspended } : hold };
    }
  }
  const answered = answeredBy(event);
  if (answered === 'all') return { clocks: [], hold: { is: 'closed', suspended: unanswered(facts) } };
  const begun = begunBy(facts, event);
  if (event.type === 'reopened' || event.type === 'disputed') return { clocks: begun, hold: NONE };
  const gone = [...answered, ...begun.map(({ name }) => name)];
  const next = [...unanswered(facts).filter(({ name }) => !gone.includes(name)), ...begun];
  return hold.is === 'none' ? { clocks: next, hold } : { clocks, hold: { ...hold, suspended: next } };
}

const resumable = (state: CaseState): 'open' | 'acknowledged' | 'in_progress' =>
  state === 'acknowledged' || state === 'in_progress' ? state : 'open';

function spoken(clock: Clock, { data }: CaseEvent & { type: 'nudged' }): Clock {
  if (clock.name !== data.clock || +clock.dueAt !== +data.dueAt) return clock;
  const { deferred: _told, ...rest } = clock;
  return { ...rest, fired: data.rung + 1, ...(data.deferred ? { deferred: data.deferred } : {}) };
}

/** The clocks that an event starts; one of the same name that runs already is replaced. */
function begunBy(facts: CaseFacts, event: CaseEvent): readonly Clock[] {
  switch (event.type) {
    case 'routed':
      return event.data.clocks;
    case 'note_added':
    case 'callback_made':
      return some(event.data.clock);
    case 'sp_contacted':
      return [...some(event.data.clock), ...some(event.data.promise)];
    case 'reopened':
    case 'disputed':
      return [...some(event.data.clock), ...(event.data.owed ?? [])];
    case 'severity_changed':
      return isAcknowledged(facts) ? [] : some(event.data.clock);
    case 'acknowledged':
    case 'promise_missed':
    case 'reassigned':
    case 'sent_to_manager':
    case 'returned':
    case 'answered':
    case 'clock_started':
      return some(event.data.clock);
    default:
      return [];
  }
}

const some = (clock: Clock | null | undefined): readonly Clock[] => (clock ? [clock] : []);
const isAcknowledged = ({ state, hold }: CaseFacts) => (hold.is === 'snoozed' ? hold.resume : state) !== 'open';

import type { CaseEvent, CaseFacts } from './case';
import { unanswered } from './clocks';
import { EVENT_TYPES, eventOf } from './events';
import type { Timed } from './moves/definition';
import type { ClockName } from './policy';

/** The events that answer a clock, `all` of a case's or this one. */
export const answersTo = (clock: ClockName): CaseEvent['type'][] =>
  EVENT_TYPES.filter((type) => {
    const { answers } = eventOf({ type }).clocks;
    return answers === 'all' || answers.includes(clock);
  });

/** The one rule for stopping: which clocks run after an event, and which stand still (domain section 8). */
export function clocksAfter(facts: CaseFacts, event: CaseEvent): Timed {
  const { answers, answersIf, starts, after } = eventOf(event).clocks;
  if (after) return after(facts, event);
  const { clocks, hold } = facts;
  const answered = answersIf && !answersIf(event.data) ? [] : answers;
  if (answered === 'all') return { clocks: [], hold: { is: 'closed', suspended: unanswered(facts) } };
  const begun = starts?.(event.data, facts) ?? [];
  const gone = [...answered, ...begun.map(({ name }) => name)];
  const next = [...unanswered(facts).filter(({ name }) => !gone.includes(name)), ...begun];
  return hold.is === 'none' ? { clocks: next, hold } : { clocks, hold: { ...hold, suspended: next } };
}

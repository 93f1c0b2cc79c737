import type { ClockName } from './allowance';
import type { CaseFacts } from './case';
import { unanswered } from './clocks';
import type { CaseEvent } from './event';
import { eventOf } from './events';
import { allowedMoves, eventTypesOf } from './move';
import type { Standing, Timed } from './moves/definition';

/** What someone can do now to answer a clock, in words after "someone": "acknowledges it". */
export const actionsAnswering = (facts: Standing, clock: ClockName): readonly string[] =>
  allowedMoves(facts)
    .flatMap((move) => eventTypesOf(move))
    .flatMap((type) => {
      const { answers, action } = eventOf({ type }).clocks;
      const isAnswered = answers === 'all' || answers.some((name) => name === clock);
      return isAnswered && action ? action : [];
    });

/** The one rule for stopping: which clocks run after an event, and which are paused (domain section 8). */
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

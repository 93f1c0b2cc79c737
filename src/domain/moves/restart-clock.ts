import type { ClockName } from '../allowance';
import type { CaseFacts, Clock } from '../case';
import { promised } from '../clocks';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { called, LIVE, some, unchanged } from './shared';
import { woken } from './wake';

declare module './declared' {
  interface Moves {
    restart_clock: None;
  }
  interface Events {
    clock_started: { readonly clock: Clock };
  }
}

/** The clock that someone has to answer in this state, apart from a snooze. */
export function clockOfState(state: CaseFacts['state']): Exclude<ClockName, 'snooze'> {
  if (state === 'in_review') return 'review';
  if (state === 'returned') return 'answer';
  return state === 'acknowledged' || state === 'in_progress' ? 'update' : 'acknowledge';
}

/** Starts the clock that the case's state needs if it does not run; ends an overdue snooze. */
export const restartClock: MoveDefinition<'restart_clock', 'clock_started', 'woken'> = {
  label: 'Start the clock',
  named: null,
  who: 'system',
  states: LIVE,
  hindrance: null,
  dialog: null,
  texts: {},
  decide: (facts, _asked, context) => {
    const { now, clock } = context;
    if (facts.hold.is === 'snoozed') return facts.hold.until <= now ? [woken(facts, context)] : [];
    const name = clockOfState(facts.state);
    if (facts.clocks.some((running) => running.name === name)) return [];
    const promise = facts.acknowledged?.nextUpdateBy;
    const begun = name === 'update' && promise ? promised('update', now, promise) : clock(name, now);
    return begun
      ? [{ type: 'clock_started', data: { clock: begun } }]
      : `The policy sets no "${name}" clock for ${facts.ref}, so it sends no reminders.`;
  },
  events: {
    clock_started: {
      apply: unchanged,
      clocks: { answers: [], starts: ({ clock }) => some(clock), again: null, isOfTime: () => true },
      line: {
        say: (facts, { data }) => ({
          text: `${facts.ref}: a clock was started`,
          line: [
            '⏱️ ',
            ...called(facts),
            ' no reminder was set for this. Warmline started its clock: an answer is due ',
            { date: data.clock.dueAt },
            '.',
          ],
        }),
        outside: 'same',
      },
      dm: null,
    },
  },
};

import type { Clock } from '../case';
import type { EventDefinition } from './definition';
import { unchanged } from './shared';

export interface NewClocks {
  readonly clocks: readonly Clock[];
  readonly suspended: readonly Clock[];
}

/** All clocks of a case are replaced, including paused ones; no one hears of it. */
export const newClocks: EventDefinition<NewClocks> = {
  apply: unchanged,
  clocks: {
    answers: [],
    starts: null,
    again: null,
    isOfTime: () => true,
    after: ({ hold }, { data: { clocks, suspended } }) => ({
      clocks,
      hold: hold.is === 'snoozed' ? { ...hold, suspended } : hold,
    }),
  },
  line: null,
  dm: null,
};

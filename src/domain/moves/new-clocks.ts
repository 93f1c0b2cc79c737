import type { Clock } from '../case';
import type { EventDefinition } from './definition';
import { unchanged } from './shared';

export interface NewClocks {
  readonly clocks: readonly Clock[];
  readonly suspended: readonly Clock[];
}

/** Replaces all clocks of a case, including paused ones, without telling anyone. */
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

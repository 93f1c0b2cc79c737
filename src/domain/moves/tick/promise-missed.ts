import type { Clock } from '../../case';
import { hearerOf } from '../../hearer';
import type { Events } from '../declared';
import type { EventDefinition } from '../definition';
import { called, reporters, some } from '../shared';

declare module '../declared' {
  interface Events {
    promise_missed: {
      readonly promisedFor: Date;
      readonly clock: Clock | null;
    };
  }
}

/** The promised update did not come: the acknowledgment is taken back, and the ladder continues. */
export const promiseMissed: EventDefinition<Events['promise_missed']> = {
  apply: () => ({ state: 'open', acknowledged: null }),
  clocks: { answers: ['update'], action: null, starts: ({ clock }) => some(clock), again: null, isOfTime: () => true },
  line: {
    say: (facts, { data }, names) => ({
      text: `${facts.ref}: the promised update is missing`,
      line: [
        '⏰ ',
        ...called(facts, names),
        ' the update promised for ',
        { date: data.promisedFor },
        ' has not come. The case is open again and waits for an acknowledgment.',
      ],
    }),
    outside: 'same',
    calls: true,
    speaksForRungs: true,
  },
  dm: {
    // The agent passed the promise on, and may have the same person on the line again.
    to: (facts) => (hearerOf(facts) ? reporters(facts) : []),
    say: (facts, { data: { promisedFor } }) => ({
      text: 'the promised update is late',
      line: [
        '⏰ The update that the ',
        hearerOf(facts) ?? 'customer',
        ' was promised for ',
        { date: promisedFor },
        ' is late. Warmline reminded those who answer for the report. If they ask, say that it is late and that you will get back to them.',
      ],
    }),
  },
};

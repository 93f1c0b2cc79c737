import type { Clock } from '../case';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { by, some } from './shared';

declare module './declared' {
  interface Moves {
    return_to_agent: { readonly question: string };
  }
  interface Events {
    returned: { readonly question: string; readonly clock?: Clock };
  }
}

/** The Admin team asks the agent a question before the review continues (domain section 6). */
export const returnToAgent: MoveDefinition<'return_to_agent', 'returned'> = {
  label: 'Return with a question',
  named: 40,
  who: 'reviewer',
  states: ['in_review'],
  hindrance: null,
  dialog: {
    title: 'Return with a question',
    submit: 'Return',
    ...asksText(
      { id: 'question', label: 'Question for the agent', hint: 'The agent gets it by DM and answers there.' },
      (question) => ({ question }),
    ),
    stands: { row: 20, desk: 20, review: 20, nudge: { review: 20 } },
  },
  texts: { question: 'free' },
  decide: (_facts, { question }, { clock, now }) => {
    const asked = clock('answer', now);
    return [{ type: 'returned', data: { question, ...(asked ? { clock: asked } : {}) } }];
  },
  events: {
    returned: {
      apply: (_facts, { at, actor, data }) => ({
        state: 'returned',
        question: { text: data.question, by: actor, at },
      }),
      clocks: {
        answers: ['review'],
        action: 'returns it to the agent',
        starts: ({ clock }) => some(clock),
        again: (_facts, { data: { question } }, { at, clock }) => {
          const asked = clock('answer', at);
          return { question, ...(asked ? { clock: asked } : {}) };
        },
      },
      line: {
        say: ({ ref, reporter }, event) => ({
          text: `${ref} returned with a question`,
          line: ['❓ ', by(event), ' asked ', { user: reporter }, ':'],
          quoted: event.data.question,
        }),
        outside: 'never',
      },
      dm: {
        to: ({ reporter }) => [reporter],
        say: (_facts, { actor, data }) => ({
          text: 'a question for you',
          line: ['❓ ', { user: actor }, ' has a question about your report:'],
          quoted: data.question,
          buttons: ['answer'],
        }),
      },
    },
  },
};

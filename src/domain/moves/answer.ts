import type { Clock } from '../case';
import { clip } from '../notes';
import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { by, noted, requestKey, some } from './shared';

declare module './declared' {
  interface Moves {
    answer: { readonly text: string };
  }
  interface Events {
    answered: Moves['answer'] & { readonly clock: Clock | null };
  }
}

/** The agent answers the Admin team's question, and the case comes back to the review (domain section 6). */
export const answer: MoveDefinition<'answer', 'answered'> = {
  label: 'Answer',
  named: 50,
  // The agent may be away, or have left.
  who: 'asked',
  states: ['returned'],
  hindrance: null,
  request: ({ question }) => requestKey(question),
  dialog: {
    title: 'Answer',
    submit: 'Answer',
    fields: ({ question }) => [
      {
        kind: 'text',
        id: 'answer',
        label: question ? clip(question.text, '…', 1900) : 'Your answer',
        hint: 'The review continues as soon as you answer.',
      },
    ],
    read: (values) => ({ asked: { text: text(values, 'answer') } }),
    stands: { rowIn: { state: 'returned', place: 25 }, nudge: { answer: 10 } },
  },
  texts: { text: 'free' },
  decide: (_facts, asked, { clock, now }) => [
    { type: 'answered', data: { text: asked.text, clock: clock('review', now) } },
  ],
  events: {
    answered: {
      apply: (facts, { seq, at, actor, data }) => ({
        state: 'in_review',
        question: null,
        ...noted(facts, { id: `a${seq}`, by: actor, at, text: data.text, edited: false }),
      }),
      clocks: {
        answers: ['answer'],
        action: 'answers the question',
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { at, clock }) => ({ ...data, clock: clock('review', at) }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} answered`,
          line: ['💬 ', by(event), ' answered; the review continues:'],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};

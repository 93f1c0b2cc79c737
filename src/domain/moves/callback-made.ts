import { type Clock, isOpen } from '../case';
import { unanswered } from '../clocks';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { by, noted, progressed, renewed, some, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    callback_made: { readonly text: string };
  }
  interface Events {
    callback_made: { readonly text: string; readonly clock: Clock | null };
  }
}

/** A promised callback was made, or is no longer needed (domain section 5). */
export const callbackMade: MoveDefinition<'callback_made', 'callback_made'> = {
  label: 'Callback made',
  named: 80,
  who: 'responsible',
  states: WORKED,
  needs: (facts) => unanswered(facts).some(({ name }) => name === 'callback'),
  barred: (facts) => (isOpen(facts) ? `No callback is promised on ${facts.ref}.` : null),
  hindrance: null,
  dialog: {
    title: 'Callback made',
    submit: 'Save',
    ...asksText(
      {
        id: 'outcome',
        label: 'What came of the call',
        hint: 'Kept as a note. No one is reminded of this callback anymore.',
      },
      (text) => ({ text }),
    ),
    stands: { row: 60, desk: 60, nudge: { callback: 10 } },
  },
  texts: { text: 'free' },
  decide: (facts, asked, context) => [
    { type: 'callback_made', data: { text: asked.text, clock: renewed(facts, context) } },
  ],
  events: {
    callback_made: {
      apply: (facts, { seq, at, actor, data }) => ({
        ...noted(facts, { id: `c${seq}`, by: actor, at, text: data.text, edited: false }),
        ...progressed(facts, data.clock),
      }),
      clocks: {
        answers: ['callback'],
        action: 'calls back',
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { renewed: again }) => ({ ...data, clock: again(data.clock !== null) }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: callback made`,
          line: ['📞 ', by(event), ' called the customer back:'],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};

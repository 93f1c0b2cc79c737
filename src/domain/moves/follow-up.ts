import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { by, noted } from './shared';

declare module './declared' {
  interface Moves {
    follow_up: { readonly text: string };
  }
  interface Events {
    followed_up: Moves['follow_up'];
  }
}

/** Someone checked whether the outcome worked (domain section 12). If not, the case is reopened. */
export const followUp: MoveDefinition<'follow_up', 'followed_up'> = {
  label: 'Follow up',
  named: 165,
  who: 'responsible',
  states: ['resolved'],
  needs: ({ clocks }) => clocks.some(({ name }) => name === 'follow_up'),
  hindrance: null,
  dialog: {
    title: 'Follow up',
    submit: 'Save',
    ...asksText(
      { id: 'text', label: 'Did it work?', hint: 'What you saw. If it has not worked, reopen the case instead.' },
      (text) => ({ text }),
    ),
    stands: { row: 85, nudge: { follow_up: 10 } },
  },
  texts: { text: 'free' },
  decide: (_facts, { text: said }) => [{ type: 'followed_up', data: { text: said } }],
  events: {
    followed_up: {
      // Stored as a note, so that searches find it.
      apply: (facts, { seq, at, actor, data }) =>
        noted(facts, { id: `f${seq}`, by: actor, at, text: data.text, edited: false }),
      clocks: {
        answers: ['follow_up'],
        action: 'follows up',
        starts: null,
        again: null,
        // The case is closed; its follow-up clock ends.
        after: ({ clocks, hold }) => ({ clocks: clocks.filter(({ name }) => name !== 'follow_up'), hold }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} followed up`,
          line: ['🔁 ', by(event), ' checked whether it worked:'],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};

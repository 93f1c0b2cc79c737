import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { barsClosing } from './sanctions';
import { allAnswered, by, LIVE, type Reason, reporters } from './shared';

declare module './declared' {
  interface Moves {
    void: Reason;
  }
  interface Events {
    voided: Reason;
  }
}

/** It was filed by mistake; until the review is over, only the Admin team can void it (domain section 6). */
export const voidCase: MoveDefinition<'void', 'voided'> = {
  label: 'Void',
  named: 150,
  who: ({ state }) => (state === 'in_review' || state === 'returned' ? 'reviewer' : 'responsible'),
  states: ['submitted', ...LIVE],
  hindrance: barsClosing,
  dialog: {
    title: 'Void',
    submit: 'Void',
    ...asksText(
      {
        id: 'reason',
        label: 'Why was it filed by mistake?',
        hint: 'The agent is told. The record is kept; Reopen brings it back.',
      },
      (reason) => ({ reason }),
    ),
    // In review, it is one of three ways to continue, next to the other two.
    stands: { menu: 80, rowIn: { state: 'in_review', place: 100 }, review: 30, nudge: { review: 30 } },
  },
  texts: { reason: 'free' },
  decide: (_facts, { reason }) => [{ type: 'voided', data: { reason } }],
  events: {
    voided: {
      apply: () => ({ state: 'void', approval: null, question: null }),
      clocks: allAnswered('voids it'),
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} voided`,
          line: ['🚫 ', by(event), ' voided this:'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: {
        to: reporters,
        say: (_facts, { actor, data }) => ({
          text: 'voided',
          line: ['🚫 ', { user: actor }, ' voided your report as filed by mistake. No one works on it anymore.'],
          quoted: data.reason,
        }),
      },
    },
  },
};

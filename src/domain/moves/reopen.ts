import type { CaseFacts } from '../case';
import { unanswered } from '../clocks';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { type OpenedAgain, openedAgain, reopening } from './opened-again';
import { by, type Reason, reporters } from './shared';

declare module './declared' {
  interface Moves {
    reopen: Reason;
  }
  interface Events {
    reopened: OpenedAgain;
  }
}

/** Whether it was closed while the review, or the agent's answer to it, was still owed. */
const isUnreviewed = (facts: CaseFacts): boolean =>
  unanswered(facts).some(({ name }) => name === 'review' || name === 'answer');

/** A closed case continues (domain section 7). */
export const reopen: MoveDefinition<'reopen', 'reopened'> = {
  label: 'Reopen',
  named: 170,
  // What the Admin team closed in its review, only they bring back: it would be open without one (domain section 6).
  who: (facts) => (isUnreviewed(facts) ? 'reviewer' : 'responsible'),
  states: ['resolved', 'void'],
  hindrance: null,
  dialog: {
    title: 'Reopen',
    submit: 'Reopen',
    ...asksText(
      { id: 'reason', label: 'Reason', hint: 'The case is open again and its clock starts over. The agent is told.' },
      (reason) => ({ reason }),
    ),
    stands: { menu: 70 },
  },
  texts: { reason: 'free' },
  decide: (facts, asked, context) => [{ type: 'reopened', data: openedAgain(facts, asked, context) }],
  events: {
    reopened: {
      ...reopening,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} reopened`,
          line: ['↩️ ', by(event), ' reopened this:'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: {
        to: reporters,
        say: (_facts, { actor, data }) => ({
          text: 'open again',
          line: ['↩️ ', { user: actor }, ' reopened your report. You get a DM when it is acknowledged and resolved.'],
          quoted: data.reason,
        }),
      },
    },
  },
};

import { slackLane } from '../targets';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { by, NO_CLOCKS, type Reason, unchanged, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    escalate: Reason;
  }
  interface Events {
    escalated: Reason;
  }
}

/** Tells the leadership channel that a case needs them; it stays with its owner. */
export const escalate: MoveDefinition<'escalate', 'escalated'> = {
  label: 'Escalate',
  named: 130,
  who: 'responsible',
  states: WORKED,
  hindrance: null,
  dialog: {
    title: 'Escalate',
    submit: 'Escalate',
    ...asksText(
      {
        id: 'reason',
        label: 'What do you need from leadership?',
        hint: 'The leadership channel is told that this case needs them. The case stays yours.',
      },
      (reason) => ({ reason }),
    ),
    stands: { menu: 60 },
  },
  texts: { reason: 'free' },
  decide: (_facts, { reason }) => [{ type: 'escalated', data: { reason } }],
  events: {
    escalated: {
      apply: unchanged,
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} escalated`,
          line: ['📣 ', by(event), ' escalated this to leadership:'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: null,
      notice: {
        to: (_event, { leadership }) => [leadership === null ? null : slackLane(leadership)],
        say: ({ actor }) => ['📣 ', { user: actor }, ' escalates this to you:'],
      },
    },
  },
};

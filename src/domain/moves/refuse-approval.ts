import type { Actor } from '../actor';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { decidedBefore } from './sanctions';
import { by, type Reason, requestKey, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    refuse_approval: Reason;
  }
  interface Events {
    approval_refused: Reason & { readonly askedBy: Actor };
  }
}

/** The second manager refuses, and the case continues (domain section 7). */
export const refuseApproval: MoveDefinition<'refuse_approval', 'approval_refused'> = {
  label: 'Refuse approval',
  named: 20,
  who: 'manager',
  states: WORKED,
  needs: ({ approval }) => approval !== null,
  hindrance: decidedBefore,
  request: ({ approval }) => requestKey(approval),
  dialog: {
    title: 'Refuse approval',
    submit: 'Refuse',
    ...asksText(
      { id: 'reason', label: 'Reason', hint: 'Sent to the person who asked. The case stays open.' },
      (reason) => ({ reason }),
    ),
    stands: { row: 40, desk: 40 },
  },
  texts: { reason: 'free' },
  decide: ({ approval }, { reason }) =>
    approval ? [{ type: 'approval_refused', data: { reason, askedBy: approval.by } }] : [],
  events: {
    approval_refused: {
      apply: () => ({ approval: null }),
      clocks: { answers: ['approval'], action: 'refuses the approval', starts: null, again: null },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: approval refused`,
          line: ['👥 ', by(event), ' refused what ', { user: event.data.askedBy }, ' asked for:'],
          quoted: event.data.reason,
        }),
        outside: 'never',
      },
      dm: {
        to: (_facts, { data }) => [data.askedBy],
        say: (_facts, { actor, data }) => ({
          text: 'approval refused',
          line: ['👥 ', { user: actor }, ' refused the outcome you asked for:'],
          quoted: data.reason,
        }),
      },
    },
  },
};

import { holdReason } from '../legal-hold';
import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { by, NO_CLOCKS, NOTED, type Reason } from './shared';

declare module './declared' {
  interface Moves {
    put_on_hold: Reason;
  }
  interface Events {
    put_on_hold: Reason;
  }
}

/** It must not be deleted, however old it is (domain section 10). */
export const putOnHold: MoveDefinition<'put_on_hold', 'put_on_hold'> = {
  label: 'Legal hold',
  named: null,
  who: 'keeper',
  states: [...NOTED, 'void'],
  needs: (facts) => holdReason(facts) === null,
  hindrance: null,
  dialog: {
    title: 'Legal hold',
    submit: 'Hold',
    ...asksText(
      { id: 'reason', label: 'Reason', short: true, hint: 'The record is not deleted until two people lift the hold.' },
      (reason) => ({ reason }),
    ),
    stands: { menu: 90 },
  },
  texts: { reason: 'free' },
  decide: (_facts, { reason }) => [{ type: 'put_on_hold', data: { reason } }],
  events: {
    put_on_hold: {
      apply: (_facts, { actor, at, data }) => ({ legalHold: { by: actor, at, reason: data.reason, lifting: null } }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} on legal hold`,
          line: ['⚖️ ', by(event), ' placed this on legal hold:'],
          quoted: event.data.reason,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};

import type { Actor } from '../actor';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { by, giving, NO_CLOCKS, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    claim: None;
  }
  interface Events {
    claimed: { readonly from: Actor | null };
  }
}

/** Someone who answers for the case takes it. */
export const claim: MoveDefinition<'claim', 'claimed'> = {
  label: 'Claim',
  named: 160,
  who: giving,
  states: WORKED,
  hindrance: null,
  dialog: null,
  texts: {},
  decide: ({ owner }, _asked, { actor }) => (owner === actor ? [] : [{ type: 'claimed', data: { from: owner } }]),
  events: {
    claimed: {
      apply: (_facts, { actor }) => ({ owner: actor }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({ text: `${ref} claimed`, line: ['🙋 ', by(event), ' took this on.'] }),
        outside: 'same',
      },
      dm: null,
    },
  },
};

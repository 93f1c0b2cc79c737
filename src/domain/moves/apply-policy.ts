import { underThisPolicy } from '../clocks';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { type NewClocks, newClocks } from './new-clocks';
import { LIVE } from './shared';

declare module './declared' {
  interface Moves {
    apply_policy: None;
  }
  interface Events {
    policy_applied: NewClocks;
  }
}

/** The current policy replaces the one under which its clocks started (domain section 8). */
export const applyPolicy: MoveDefinition<'apply_policy', 'policy_applied'> = {
  label: 'Apply the policy',
  named: null,
  who: 'reviewer',
  states: LIVE,
  hindrance: null,
  dialog: null,
  texts: {},
  decide: (facts, _asked, { clock }) => {
    const data = underThisPolicy(facts, clock);
    return data ? [{ type: 'policy_applied', data }] : [];
  },
  events: { policy_applied: newClocks },
};

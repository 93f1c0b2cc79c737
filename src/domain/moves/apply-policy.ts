import { underThisPolicy } from '../clocks';
import type { MoveDefinition, None } from './definition';
import { type NewClocks, newClocks } from './new-clocks';
import { LIVE } from './shared';

/** The current policy replaces the one under which its clocks started (domain section 8). */
export const applyPolicy: MoveDefinition<None, { policy_applied: NewClocks }> = {
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

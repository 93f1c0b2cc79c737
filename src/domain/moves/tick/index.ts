import type { MoveDefinition, None } from '../definition';
import { type NewClocks, newClocks } from '../new-clocks';
import { NOTED } from '../shared';
import type { Waking } from '../wake';
import { elapsed } from './elapsed';
import { type Nudged, nudged } from './nudged';
import { type PromiseMissed, promiseMissed } from './promise-missed';

/** What passes by time alone (domain section 8). */
export const tick: MoveDefinition<
  None,
  { nudged: Nudged; promise_missed: PromiseMissed; clocks_corrected: NewClocks },
  Waking
> = {
  label: 'Nudge',
  named: null,
  who: 'system',
  // A resolved case may have a follow-up.
  states: NOTED,
  hindrance: null,
  dialog: null,
  texts: {},
  calls: true,
  decide: (facts, _asked, context) => elapsed(facts, context),
  events: { nudged, promise_missed: promiseMissed, clocks_corrected: newClocks },
};

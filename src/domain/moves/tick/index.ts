import type { None } from '../declared';
import type { MoveDefinition } from '../definition';
import { type NewClocks, newClocks } from '../new-clocks';
import { NOTED } from '../shared';
import { elapsed } from './elapsed';
import { nudged } from './nudged';
import { promiseMissed } from './promise-missed';

declare module '../declared' {
  interface Moves {
    tick: None;
  }
  interface Events {
    clocks_corrected: NewClocks;
  }
}

/** What passes by time alone (domain section 8). */
export const tick: MoveDefinition<'tick', 'nudged' | 'promise_missed' | 'clocks_corrected', 'woken'> = {
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

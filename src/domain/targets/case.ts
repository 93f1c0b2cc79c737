import { type Lane, laneAt, prefixed, type TargetRules } from './target';

const NAME = 'case';

/** Another case, by its reference: what it hears arrives there as messages arrive, and it acts on it by a move of its own. */
export const caseLane = (ref: string): Lane => laneAt(NAME, ref);
/** The reference of the case whose lane it is; null for any other lane. */
export const refInLane = (lane: Lane): string | null => prefixed(NAME, lane);

/** No message, and no rung names it. What is decided in one case about another arrives there (domain section 12). */
export const otherCase: TargetRules = {
  name: NAME,
  address: {
    is: (lane) => refInLane(lane) !== null,
    named: (lane) => `the case ${refInLane(lane)}`,
  },
  rung: null,
  unset: null,
  isMachine: true,
  faults: {},
};

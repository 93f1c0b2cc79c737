import { type Lane, laneAt, prefixed, type TargetRules } from './target';

const NAME = 'case';

/** Another case, by its reference: deliveries to it become its own moves. */
export const caseLane = (ref: string): Lane => laneAt(NAME, ref);
/** The reference of this lane's case; null for any other lane. */
export const refInLane = (lane: Lane): string | null => prefixed(NAME, lane);

/** Not for messages, and no rung names it. It gets another case's decision about this one (domain section 12). */
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

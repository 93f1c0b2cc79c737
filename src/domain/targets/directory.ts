import { type Lane, laneAt, type TargetRules } from './target';

const PREFIX = 'directory:';

/** The lane for what cases set for an SP, one per SP to keep their order. */
export const directoryLane = (account: string): Lane => laneAt('directory', account);
/** The account of this lane's SP. */
export const accountInLane = (lane: Lane): string => (lane.startsWith(PREFIX) ? lane.slice(PREFIX.length) : '');

/** The SP directory: not for messages, and no rung names it. It gets what a case sets for its SP. */
export const directory: TargetRules = {
  name: 'directory',
  address: {
    is: (lane) => accountInLane(lane) !== '',
    named: (lane) => `the SP directory, ${accountInLane(lane)}`,
  },
  rung: null,
  unset: null,
  isMachine: true,
  faults: {},
};

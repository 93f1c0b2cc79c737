import { type Lane, laneAt, type TargetRules } from './target';

const PREFIX = 'directory:';

/** Where the word of a case about its SP goes: each SP is a lane, so that words about one keep their order. */
export const directoryLane = (account: string): Lane => laneAt('directory', account);
/** The account of the SP whose lane it is. */
export const accountInLane = (lane: Lane): string => (lane.startsWith(PREFIX) ? lane.slice(PREFIX.length) : '');

/** The SP directory: no message, and no rung names it. What a case sets for its SP arrives there as messages arrive. */
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

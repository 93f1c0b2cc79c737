import type { Job } from './job';

const MOST_LANES = 500;

/** Wakes the lanes in which something may be sent by now, as when quiet hours end (domain section 8). */
export const deliver: Job = async ({ cases, now, onStored }) => {
  const lanes = await cases.lanesWithWork(MOST_LANES, now());
  onStored(lanes);
  return { lanes: lanes.length };
};

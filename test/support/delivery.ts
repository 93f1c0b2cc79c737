import type { DeliveryDeps } from '../../src/delivery/deps';

/** What a worker needs besides its stores and targets, if nothing is given up and no beat occurs. */
export const PLAIN_DELIVERY: Pick<
  DeliveryDeps,
  'now' | 'lastResorts' | 'onGivenUp' | 'repairMs' | 'heartbeatMs' | 'gatherMs'
> = {
  now: () => new Date(),
  lastResorts: [],
  onGivenUp: () => undefined,
  repairMs: 60_000,
  heartbeatMs: 60_000,
  gatherMs: 1,
};

import { targetOf } from '../../domain/targets';
import { RefusedError, type Target, type TargetFor } from './target';

/** Finds a lane's target by its name; a lane of a target that is not here is refused, and kept as failed. */
export const targetsBy =
  (targets: Readonly<Record<string, Target>>, none: Target = NONE): TargetFor =>
  (lane) => {
    const name = targetOf(lane)?.name;
    return (name !== undefined && targets[name]) || none;
  };

const NONE: Target = {
  draw: async () => Promise.reject(new RefusedError('no_such_target')),
  bars: async () => 'no_such_target',
  failureOf: () => ({ is: 'refused', fault: 'no_such_target' }),
  patience: { waits: { firstMs: 0, longestMs: 0 }, forMs: null },
  intervalMs: 0,
  serviceOf: (lane) => lane,
};

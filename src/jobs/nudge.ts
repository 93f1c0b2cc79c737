import { tickCases } from '../services/tick-cases';
import type { Job } from './job';

/** Fires the rungs that are due (domain section 8). */
export const nudge: Job = async (deps) => ({
  moved: await tickCases(deps, (ref, error) =>
    deps.log.error({ err: error, ref }, 'nudge: this case could not be moved; the next tick tries again'),
  ),
});

import { lapseStandings } from '../services/lapse-standings';
import type { Job } from './job';

/** Ends the standings of SPs whose time is over (domain section 12). */
export const lapse: Job = async (deps) => ({
  lapsed: await lapseStandings(deps, (ref, error) =>
    deps.log.error({ err: error, ref }, 'lapse: this case could not be moved; the next run tries again'),
  ),
});

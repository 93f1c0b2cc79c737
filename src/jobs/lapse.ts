import { lapseStandings } from '../services/lapse-standings';
import type { Job } from './job';

/** Records SP standings that reached their end date (domain section 12). */
export const lapse: Job = async (deps) => ({
  lapsed: await lapseStandings(deps, (ref, error) =>
    deps.log.error({ err: error, ref }, 'lapse: this case could not be moved; the next run tries again'),
  ),
});

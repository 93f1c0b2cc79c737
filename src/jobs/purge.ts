import { purge as purgeAll } from '../services/retention/purge';
import type { Job } from './job';

/** Deletes what has been kept as long as the policy says. */
export const purge: Job = (deps) =>
  purgeAll({
    ...deps,
    onHindered: (error) =>
      deps.log.warn({ err: error }, 'purge: Slack does not say what time it is; the next run tries again'),
    onFault: (ref, error) =>
      deps.log.error({ err: error, ref }, 'purge: this case could not be deleted; the next run tries again'),
  });

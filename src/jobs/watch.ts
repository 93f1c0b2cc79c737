import { watchSps } from '../services/watch-sps';
import type { Job } from './job';

/** Checks reports against the repeat rules (domain section 9), if that did not happen right after filing. */
export const watch: Job = async (deps) => ({
  raised: await watchSps(deps, (account, error) =>
    deps.log.error({ err: error, account }, 'watch: this SP could not be looked at; the next run tries again'),
  ),
});

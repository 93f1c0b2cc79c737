import { anchorCases } from '../services/proof/anchor';
import { checkRecords } from '../services/proof/check-records';
import type { Job } from './job';

/** Checks the next share of all records, and anchors the heads of what changed once a day. */
export const prove: Job = async (deps) => ({
  ...(await checkRecords(deps, (ref, error) =>
    deps.log.error({ err: error, ref }, 'prove: this record could not be checked; the next round tries again'),
  )),
  anchored: await anchorCases(deps),
});

import { auditCases } from '../services/audit-cases';
import type { Job } from './job';

/** Finds what the ladder misses, repairs it and tells the admins (domain section 7). */
export const audit: Job = (deps) =>
  auditCases(deps, {
    raised: ({ kind, ref, about }) => deps.log.error({ alarm: kind, ref }, `audit: ${about}`),
    cleared: ({ kind, ref, id }) => deps.log.info({ alarm: kind, ref, id }, 'audit: the cause of this alarm is gone'),
    fault: (what, error) =>
      deps.log.error({ err: error, alarm: what }, 'audit: a check failed; the next one tries again'),
  });

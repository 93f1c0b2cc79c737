import { type Lane, laneAt, type TargetRules } from './target';

/** The queue of entries for the access log. */
export const ACCESS_LOG: Lane = laneAt('access-log', 'all');

/**
 * The access log; no rung names it. Requests to read a need-to-know case and their results reach it through the case's
 * outbox, so that nothing is lost if a process dies between the two writes (domain section 10).
 */
export const accessLog: TargetRules = {
  name: 'access-log',
  address: { is: (lane) => lane === ACCESS_LOG, named: () => 'the access log' },
  rung: null,
  unset: null,
  isMachine: true,
  faults: {},
};

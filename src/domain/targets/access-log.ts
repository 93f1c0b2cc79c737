import { type Lane, laneAt, type TargetRules } from './target';

/** The queue of what the access log is owed. */
export const ACCESS_LOG: Lane = laneAt('access-log', 'all');

/**
 * The access log: no rung names it. Who asked to read a need-to-know case, and what became of it, reaches it through the
 * outbox of the case, so that nothing is lost whatever dies between the two writes (domain section 10).
 */
export const accessLog: TargetRules = {
  name: 'access-log',
  address: { is: (lane) => lane === ACCESS_LOG, named: () => 'the access log' },
  rung: null,
  unset: null,
  isMachine: true,
  faults: {},
};

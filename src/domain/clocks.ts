import type { Clock } from './case';
import type { Area } from './directory';
import type { CaseKind, Severity } from './kinds';
import { type ClockName, clockAllowance, dueAt as dueAtOf, ladderFor, type Policy, timeAfter } from './policy';

/**
 * Gives the clocks of one case under the policy in force: name, start and (for a promise) the due moment go in, a
 * clock with every rung's moment comes out, or null where the policy sets no such clock (domain section 8).
 */
export function clockMaker(policy: Policy, area: Area | null, kind: CaseKind, severity: Severity) {
  return (name: ClockName, startedAt: Date, promisedFor?: Date): Clock | null => {
    const dueAt = promisedFor ?? dueAtOf(policy, area, kind, severity, name, startedAt);
    if (!dueAt) return null;
    const { time } = clockAllowance(policy, kind, severity, name) ?? { time: 'always' as const };
    const rungs = ladderFor(policy, name).map(({ after, to }) => ({
      at: timeAfter(policy, area, dueAt, { minutes: after, time }),
      to,
    }));
    return { name, startedAt, dueAt, rungs, fired: 0 };
  };
}

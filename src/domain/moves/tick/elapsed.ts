import type { CaseFacts, Clock } from '../../case';
import { CLOCKS_DIFFER_MS, underPolicy } from '../../clocks';
import type { Deciding } from '../context';
import type { BodyOf } from '../declared';
import { woken } from '../wake';

type Body = BodyOf<'woken' | 'nudged' | 'promise_missed' | 'clocks_corrected'>;
type Passing = Pick<Deciding, 'now' | 'clock' | 'resume' | 'deferral' | 'applied'>;

/**
 * What passes by time alone up to now, in order: a snooze ends, a promise is missed, a rung fires (domain section 8).
 * After downtime, everything missed comes at once, as it would have come one by one.
 */
export function elapsed(facts: CaseFacts, context: Passing): readonly Body[] {
  const bodies: Body[] = corrected(facts, context);
  let reached = bodies.reduce(context.applied, facts);
  for (;;) {
    const next = earliest(reached.clocks);
    if (!next || next.at > context.now) return bodies;
    const body = brought(reached, next.clock, context);
    bodies.push(body);
    reached = context.applied(reached, body);
  }
}

/**
 * Clocks that began in the future, by a machine whose clock was ahead, begin now; otherwise they would be late by as
 * much. A chosen time stays. Empty if there are none.
 */
function corrected({ clocks, hold }: CaseFacts, { now, clock: start }: Passing): Body[] {
  const isAhead = ({ promised, startedAt }: Clock) => !promised && +startedAt > +now + CLOCKS_DIFFER_MS;
  if (!clocks.some(isAhead)) return [];
  const suspended = hold.is === 'snoozed' ? hold.suspended : [];
  const begun = clocks.map((clock) =>
    isAhead(clock) ? (underPolicy({ ...clock, startedAt: now }, start) ?? clock) : clock,
  );
  return begun.every((clock, i) => clock === clocks[i])
    ? []
    : [{ type: 'clocks_corrected', data: { clocks: begun, suspended } }];
}

/** The clock whose next rung comes first, and its time. */
function earliest(clocks: readonly Clock[]): { clock: Clock; at: Date } | null {
  let first: { clock: Clock; at: Date } | null = null;
  for (const clock of clocks) {
    const at = clock.rungs[clock.fired]?.at;
    if (at && (!first || at < first.at)) first = { clock, at };
  }
  return first;
}

function brought(facts: CaseFacts, running: Clock, context: Passing): Body {
  const { name: clock, dueAt, fired: rung, rungs } = running;
  if (clock === 'snooze') return woken(facts, context);
  if (clock === 'update')
    return {
      type: 'promise_missed',
      data: { promisedFor: dueAt, clock: context.clock('acknowledge', dueAt, dueAt) },
    };
  const to = rungs[rung]?.to ?? 'thread';
  const deferred = context.deferral?.(to, clock) ?? [];
  return { type: 'nudged', data: { clock, dueAt, rung, to, ...(deferred.length ? { deferred } : {}) } };
}

import { apply } from './apply';
import type { CaseFacts, Clock, EventBody } from './case';
import { CLOCKS_DIFFER_MS, type ClockMaker, underPolicy } from './clocks';
import type { Context } from './decide';

/**
 * What the passing of time brings up to now, in the order of its moments: a snooze ends, a promise is missed, a rung
 * fires (domain section 8). After a downtime everything that was missed comes at once, as it would have come one by one.
 */
export function elapsed(facts: CaseFacts, context: Context): EventBody[] {
  const { now, actor } = context;
  const bodies: EventBody[] = corrected(facts, context);
  let reached = facts;
  for (const [i, body] of bodies.entries())
    reached = apply(reached, { seq: reached.seq + 1 + i, at: now, actor, key: null, ...body });
  for (;;) {
    const next = earliest(reached.clocks);
    if (!next || next.at > now) return bodies;
    const body = brought(reached, next.clock, context);
    bodies.push(body);
    reached = apply(reached, { seq: reached.seq + 1, at: now, actor, key: null, ...body });
  }
}

/**
 * Clocks that began in the future, by a machine whose clock was ahead, begin now: what they count would come too late by
 * as much. A moment that somebody named stands. Nothing where none did.
 */
function corrected({ clocks, hold }: CaseFacts, { now, clock: start }: Context): EventBody[] {
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

/** The clock whose next rung comes first, and its moment. */
function earliest(clocks: readonly Clock[]): { clock: Clock; at: Date } | null {
  let first: { clock: Clock; at: Date } | null = null;
  for (const clock of clocks) {
    const at = clock.rungs[clock.fired]?.at;
    if (at && (!first || at < first.at)) first = { clock, at };
  }
  return first;
}

function brought(facts: CaseFacts, running: Clock, context: Context): EventBody {
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

/** The end of a snooze: its clocks go on where they stood, from its last moment or from now, whichever is earlier. */
export function woken({ hold, clocks }: CaseFacts, { now, resume }: Pick<Context, 'now' | 'resume'>): EventBody {
  if (hold.is !== 'snoozed') return { type: 'woken', data: { clocks } };
  const at = hold.until < now ? hold.until : now;
  return { type: 'woken', data: { clocks: hold.suspended.map((clock) => resume(clock, hold.since, at)) } };
}

/** The clocks of a case under the policy of this moment; nothing where that changes none of them. */
export function underThisPolicy({ hold, clocks: running }: CaseFacts, start: ClockMaker): EventBody[] {
  const asleep = hold.is === 'snoozed' ? hold.suspended : [];
  const renewed = (old: readonly Clock[]) => old.flatMap((clock) => underPolicy(clock, start) ?? []);
  const [clocks, suspended] = [renewed(running), renewed(asleep)];
  const same = [...clocks, ...suspended].every((clock, i) => clock === [...running, ...asleep][i]);
  const kept = clocks.length === running.length && suspended.length === asleep.length;
  return same && kept ? [] : [{ type: 'policy_applied', data: { clocks, suspended } }];
}

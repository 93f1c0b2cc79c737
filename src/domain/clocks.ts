import type { ClockName } from './allowance';
import type { CaseFacts, CaseState, Clock } from './case';
import type { Area } from './directory';
import type { CaseEvent } from './event';
import type { CaseKind } from './kinds/code';
import { clockAllowance, ladderFor, type Policy } from './policy';
import { timeAfter, timeBetween } from './policy-time';
import type { Severity } from './severity';

/**
 * Makes the clocks of one case under the policy in force: takes a name, a start and (for a promise) the due time;
 * returns a clock with every rung's time, or null if the policy has no such clock (domain section 8). `spent`: minutes
 * of its time already used.
 */
export type ClockMaker = (name: ClockName, startedAt: Date, promisedFor?: Date, spent?: number) => Clock | null;

export function clockMaker(policy: Policy, area: Area | null, kind: CaseKind, severity: Severity): ClockMaker {
  return (name, startedAt, promisedFor, spent = 0) => {
    const allowance = clockAllowance(policy, kind, severity, name);
    if (!allowance && !promisedFor) return null;
    const { minutes, time } = allowance ?? { minutes: 0, time: 'always' as const };
    const dueAt = promisedFor ?? timeAfter(policy, area, startedAt, { minutes: Math.max(0, minutes - spent), time });
    const rungs = ladderFor(policy, name, allowance).map(({ after, to }) => ({
      at: timeAfter(policy, area, dueAt, { minutes: after, time }),
      to,
    }));
    return { name, startedAt, dueAt, promised: promisedFor !== undefined, time, spent, rungs, fired: 0 };
  };
}

/** The clocks of two machines may normally differ by this much, in ms. */
export const CLOCKS_DIFFER_MS = 2 * 60_000;

/** The facts of a new case that start clocks. */
export interface Begun {
  readonly state: CaseState;
  readonly callbackAt: Date | null;
  readonly policeNumberMissing: boolean;
}
/** The clocks that start when a case is filed (domain sections 4 to 6). */
export const firstClocks = (clock: ClockMaker, at: Date, { state, callbackAt, policeNumberMissing }: Begun): Clock[] =>
  [
    clock(state === 'in_review' ? 'review' : 'acknowledge', at),
    callbackAt ? clock('callback', at, callbackAt) : null,
    policeNumberMissing ? clock('police_number', at) : null,
  ].filter((started) => started !== null);

/** When and how a case is answered next; what others promised, and side inquiries, do not count. */
export function responseDue({
  clocks,
}: Pick<CaseFacts, 'clocks'>): { readonly what: string; readonly at: Date } | null {
  for (const [name, what] of RESPONSES) {
    const clock = clocks.find((one) => one.name === name);
    if (clock) return { what, at: clock.dueAt };
  }
  return null;
}
const RESPONSES: readonly (readonly [ClockName, string])[] = [
  ['acknowledge', 'response'],
  ['review', 'review'],
  ['answer', "agent's answer"],
  ['update', 'next update'],
  ['callback', 'callback'],
];

/** A clock with a chosen time whose end is its own move: a promise is missed, a snooze is over. */
export const promised = (name: 'update' | 'snooze', startedAt: Date, dueAt: Date): Clock => ({
  name,
  startedAt,
  dueAt,
  promised: true,
  time: 'always',
  spent: 0,
  rungs: [{ at: dueAt, to: 'thread' }],
  fired: 0,
});

/** A clock that continues at `at` after being paused at `since`. */
export type Resume = (clock: Clock, since: Date, at: Date) => Clock;

/**
 * A clock continues with the time it had left, in its own kind of time; what was already due stays due. A callback was
 * promised to the customer, so its time does not move.
 */
export function clockResumer(policy: Policy, area: Area | null): Resume {
  return (clock, since, at) => {
    if (clock.name === 'callback') return clock;
    const { startedAt, dueAt, rungs, spent, time } = clock;
    const from = new Date(Math.max(+since, +startedAt));
    const minutes = (a: Date, b: Date) => timeBetween(policy, area, a, b, time);
    const later = (moment: Date) =>
      moment <= from ? moment : timeAfter(policy, area, at, { minutes: minutes(from, moment), time });
    return {
      ...clock,
      startedAt: at,
      spent: spent + minutes(startedAt, from),
      dueAt: later(dueAt),
      rungs: rungs.map((rung) => ({ ...rung, at: later(rung.at) })),
    };
  };
}

/**
 * A running clock under another policy, from the same start: a promised time stays and gets the new ladder. Rungs that
 * fired stay, and the new ladder's rungs to the same targets count as fired. Null: that policy has no such clock.
 */
export function underPolicy(clock: Clock, start: ClockMaker): Clock | null {
  if (clock.name === 'update' || clock.name === 'snooze') return clock;
  const fresh = start(clock.name, clock.startedAt, clock.promised ? clock.dueAt : undefined, clock.spent);
  if (!fresh) return null;
  const fired = clock.rungs.slice(0, clock.fired);
  const done = fired.map(({ to }) => to);
  const left = fresh.rungs.filter(({ to }) => {
    const i = done.indexOf(to);
    if (i >= 0) done.splice(i, 1);
    return i < 0;
  });
  const renewed = { ...clock, ...fresh, rungs: [...fired, ...left], fired: clock.fired };
  return isSame(clock, renewed) ? clock : renewed;
}

/** A case's unanswered clocks: those that run, or are paused while it is snoozed or closed. */
export const unanswered = ({ clocks, hold }: Pick<CaseFacts, 'clocks' | 'hold'>): readonly Clock[] =>
  hold.is === 'none' ? clocks : hold.suspended;

/** All clocks of a case under the current policy; null if none of them changes. */
export function underThisPolicy(
  { hold, clocks: running }: Pick<CaseFacts, 'clocks' | 'hold'>,
  start: ClockMaker,
): { readonly clocks: readonly Clock[]; readonly suspended: readonly Clock[] } | null {
  const asleep = hold.is === 'snoozed' ? hold.suspended : [];
  const renewed = (old: readonly Clock[]) => old.flatMap((clock) => underPolicy(clock, start) ?? []);
  const [clocks, suspended] = [renewed(running), renewed(asleep)];
  const same = [...clocks, ...suspended].every((clock, i) => clock === [...running, ...asleep][i]);
  const kept = clocks.length === running.length && suspended.length === asleep.length;
  return same && kept ? null : { clocks, suspended };
}

const moments = ({ dueAt, time, rungs }: Clock) => [time, +dueAt, ...rungs.flatMap(({ at, to }) => [+at, to])].join();
const isSame = (a: Clock, b: Clock) => moments(a) === moments(b);

/** Whether a nudge is still live: its clock runs, with the same due time. If not, it is not sent (domain section 8). */
export const isLive = ({ clocks }: Pick<CaseFacts, 'clocks'>, { data }: CaseEvent & { type: 'nudged' }): boolean =>
  clocks.some(({ name, dueAt }) => name === data.clock && +dueAt === +data.dueAt);

import type { CaseFacts } from './case';
import { type ClockMaker, unanswered, underThisPolicy } from './clocks';

/** How a case's clocks changed: something is due earlier, or else later, or only its reminders changed. */
export type Shift = 'earlier' | 'later' | 'reminders';

/** How many open cases shift, and the total. */
export interface Shifts {
  readonly open: number;
  readonly earlier: number;
  readonly later: number;
  readonly reminders: number;
}
export const NO_SHIFTS: Shifts = { open: 0, earlier: 0, later: 0, reminders: 0 };

export const counted = (shifts: Shifts, shift: Shift | null): Shifts => ({
  ...shifts,
  open: shifts.open + 1,
  ...(shift ? { [shift]: shifts[shift] + 1 } : {}),
});

type Timed = Pick<CaseFacts, 'clocks' | 'hold'>;

/** How unanswered clocks shifted between two different states of a case. */
export function shiftBetween(before: Timed, after: Timed): Shift {
  const due = new Map(unanswered(after).map(({ name, dueAt }) => [name, +dueAt]));
  const moves = unanswered(before).map(({ name, dueAt }) => (due.get(name) ?? +dueAt) - +dueAt);
  if (moves.some((ms) => ms < 0)) return 'earlier';
  return moves.some((ms) => ms > 0) ? 'later' : 'reminders';
}

/** How applying a policy would shift a case; null if it changes nothing. */
export function shiftUnder(facts: CaseFacts, start: ClockMaker): Shift | null {
  const renewed = underThisPolicy(facts, start);
  if (!renewed) return null;
  const { clocks, suspended } = renewed;
  const hold = facts.hold.is === 'snoozed' ? { ...facts.hold, suspended } : facts.hold;
  return shiftBetween(facts, { clocks, hold });
}

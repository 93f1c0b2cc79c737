/** The clocks a case can carry (domain section 8). */
export const CLOCK_NAMES = [
  'acknowledge',
  'update',
  'callback',
  'review',
  'answer',
  'sp_contact',
  'snooze',
  'police_number',
  'approval',
  'follow_up',
] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** People whom a rung names by their relation to the case. */
export const RUNG_ROLES = ['thread', 'owner', 'deputy', 'manager', 'leadership'] as const;
/** Where a rung of a ladder goes: one of these people, or what a target's `rung` names. */
export type RungTarget = string;

/** One step of a ladder, `after` minutes past the due time (same kind of time as the clock's). */
export interface Rung {
  after: number;
  to: RungTarget;
  /** It repeats: `times` more, `every` so many minutes. */
  repeat?: { every: number; times: number } | undefined;
}

/** How long someone has: minutes of business time or of the wall clock (`always`). A `ladder` replaces the clock's. */
export interface Allowance {
  minutes: number;
  time: 'business' | 'always';
  ladder?: Rung[] | undefined;
}

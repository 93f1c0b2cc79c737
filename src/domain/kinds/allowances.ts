import type { Allowance } from '../allowance';

/** Minutes of an hour, and of the default calendar's day, which has ten hours. */
export const HOUR = 60;
export const BUSINESS_DAY = 10 * HOUR;

/** Days of a year. */
export const YEAR = 365;

export const business = (minutes: number): Allowance => ({ minutes, time: 'business' });
export const always = (minutes: number): Allowance => ({ minutes, time: 'always' });

/** Escalates fast, and calls leadership every half hour for four hours. */
export const urgent = (minutes: number): Allowance => ({
  ...always(minutes),
  ladder: [
    { after: 0, to: 'thread' },
    { after: 5, to: 'owner' },
    { after: 15, to: 'deputy' },
    { after: 15, to: 'manager' },
    { after: 30, to: 'leadership', repeat: { every: 30, times: 7 } },
  ],
});

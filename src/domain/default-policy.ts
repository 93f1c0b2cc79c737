import { type Allowance, Policy } from './policy';

const HOUR = 60;
/** A day of the default calendar has ten hours. */
const BUSINESS_DAY = 10 * HOUR;
const business = (minutes: number): Allowance => ({ minutes, time: 'business' });
const always = (minutes: number): Allowance => ({ minutes, time: 'always' });
const officeDay: [string, string][] = [['08:00', '18:00']];
/** Climbs fast, and calls leadership every half hour for four hours. */
const urgent = (minutes: number): Allowance => ({
  ...always(minutes),
  ladder: [
    { after: 0, to: 'thread' },
    { after: 5, to: 'owner' },
    { after: 15, to: 'deputy' },
    { after: 15, to: 'manager' },
    { after: 30, to: 'leadership', repeat: { every: 30, times: 7 } },
  ],
});

const WITHOUT_HOLIDAYS: Policy = Policy.parse({
  time_zone: 'America/Chicago',
  clocks: {
    sp_feedback: {
      default: { acknowledge: business(4 * HOUR), update: business(2 * BUSINESS_DAY) },
      low: { acknowledge: business(2 * BUSINESS_DAY) },
    },
    exception: {
      default: {
        review: business(4 * HOUR),
        answer: business(BUSINESS_DAY),
        acknowledge: business(BUSINESS_DAY),
        update: business(2 * BUSINESS_DAY),
      },
    },
    high_risk: {
      critical: { acknowledge: urgent(15), update: always(HOUR) },
      high: { acknowledge: urgent(HOUR), update: always(4 * HOUR) },
      elevated: { acknowledge: always(4 * HOUR), update: business(BUSINESS_DAY) },
      default: { acknowledge: always(4 * HOUR), update: business(BUSINESS_DAY), police_number: always(4 * HOUR) },
    },
    leadership: {
      default: { acknowledge: business(HOUR), update: business(BUSINESS_DAY) },
    },
    provider_report: {
      critical: { acknowledge: urgent(15), update: always(HOUR) },
      high: { acknowledge: urgent(HOUR), update: always(4 * HOUR) },
      default: { acknowledge: business(4 * HOUR), update: business(BUSINESS_DAY) },
    },
    default: {
      default: {
        callback: always(0),
        snooze: always(0),
        sp_contact: business(BUSINESS_DAY),
        review: business(4 * HOUR),
      },
    },
  },
  ladders: {
    acknowledge: [
      { after: 0, to: 'thread' },
      { after: 30, to: 'owner' },
      { after: 60, to: 'deputy' },
      { after: 60, to: 'manager' },
      { after: 120, to: 'leadership' },
    ],
    review: [
      { after: 0, to: 'thread' },
      { after: HOUR, to: 'owner', repeat: { every: 4 * HOUR, times: 4 } },
    ],
    callback: [
      { after: 0, to: 'thread' },
      { after: 0, to: 'owner' },
      { after: 15, to: 'deputy' },
      { after: 30, to: 'leadership' },
    ],
    snooze: [{ after: 0, to: 'thread' }],
    // The reporter by DM, then the review.
    answer: [
      { after: 0, to: 'owner', repeat: { every: BUSINESS_DAY, times: 2 } },
      { after: BUSINESS_DAY, to: 'thread', repeat: { every: BUSINESS_DAY, times: 4 } },
    ],
    // The reporter is asked, and once more a day later.
    police_number: [{ after: 0, to: 'owner', repeat: { every: 24 * HOUR, times: 1 } }],
    default: [
      { after: 0, to: 'thread' },
      { after: 30, to: 'owner' },
      { after: 60, to: 'deputy' },
      { after: 120, to: 'manager' },
    ],
  },
  calendars: {
    default: {
      hours: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
    },
  },
  channels: {},
});

/**
 * What is in force until a policy is imported: a complete, cautious start (domain sections 4, 6 and 8). Its holidays are
 * added unchecked: the check would load every country's at start-up.
 */
export const DEFAULT_POLICY: Policy = {
  ...WITHOUT_HOLIDAYS,
  calendars: { default: { ...WITHOUT_HOLIDAYS.calendars.default, holidays: { country: 'US' } } },
};

import { CASE_KINDS, KINDS } from './kinds';
import { always, BUSINESS_DAY, business, HOUR } from './kinds/allowances';
import { Policy } from './policy';

const officeDay: [string, string][] = [['08:00', '18:00']];

const WITHOUT_HOLIDAYS: Policy = Policy.parse({
  time_zone: 'America/Chicago',
  clocks: {
    ...Object.fromEntries(CASE_KINDS.map((kind) => [kind, KINDS[kind].clocks])),
    default: {
      default: {
        callback: always(0),
        snooze: always(0),
        sp_contact: business(BUSINESS_DAY),
        review: business(4 * HOUR),
        approval: business(4 * HOUR),
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
    // Those who may approve once more, then the way up.
    approval: [
      { after: 0, to: 'owner', repeat: { every: 2 * HOUR, times: 1 } },
      { after: 2 * HOUR, to: 'thread' },
      { after: 4 * HOUR, to: 'manager' },
      { after: BUSINESS_DAY, to: 'leadership' },
    ],
    // Not urgent: ask the owner once a day, then their deputy.
    follow_up: [
      { after: 0, to: 'owner', repeat: { every: 24 * HOUR, times: 2 } },
      { after: 72 * HOUR, to: 'deputy' },
    ],
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
 * The policy until one is imported: complete and cautious (domain sections 4, 6 and 8). Its holidays are not validated,
 * because that would load every country's at start-up.
 */
export const DEFAULT_POLICY: Policy = {
  ...WITHOUT_HOLIDAYS,
  calendars: { default: { ...WITHOUT_HOLIDAYS.calendars.default, holidays: { country: 'US' } } },
};

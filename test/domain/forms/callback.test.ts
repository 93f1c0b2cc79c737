import { type Calendar, calendarFor } from '../../../src/domain/business-hours';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy';
import { callbackFaults } from '../../../src/domain/forms/callback';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';

const made = calendarFor(DEFAULT_POLICY.calendars.default, 'America/Chicago');
if (!made.ok) throw new Error(made.fault);
const chicago: Calendar = made.calendar;

const TUESDAY_10_AM = new Date('2026-03-10T15:00:00Z');
type Held = { readonly respondBy?: Date | null; readonly zone?: string; readonly now?: Date };
const CHICAGO = 'America/Chicago';
const faults = (callback_at: string, { respondBy = null, zone = CHICAGO, now = TUESDAY_10_AM }: Held = {}) =>
  callbackFaults(leadership, { callback_at }, { calendar: chicago, now, respondBy, zone }).map(
    ({ question, message }) => [question, message],
  );
const PROMISED = { calendar: chicago, now: TUESDAY_10_AM, respondBy: null, zone: CHICAGO };

describe('a promised callback', () => {
  it('is within business hours', () => {
    expect(faults('2026-03-10T20:00:00.000Z')).toEqual([]);
    expect(faults('2026-03-11T13:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['2026-03-10T23:00:00.000Z', 'Tue, Mar 10, 6:00 PM CDT', 'Wed, Mar 11, 8:00 AM CDT'],
    ['2026-03-14T15:00:00.000Z', 'Sat, Mar 14, 10:00 AM CDT', 'Mon, Mar 16, 8:00 AM CDT'],
    ['2026-07-03T15:00:00.000Z', 'Fri, Jul 3, 10:00 AM CDT', 'Mon, Jul 6, 8:00 AM CDT', '2026-07-01T15:00:00Z'],
  ])('is refused at %s, with the next possible time', (at, promised, next, now = '2026-03-10T15:00:00Z') => {
    expect(faults(at, { now: new Date(now) })).toEqual([
      ['callback_at', `${promised} is outside business hours. The next time within business hours is ${next}.`],
    ]);
  });

  it('is not in the past', () => {
    expect(faults('2026-03-10T15:00:00.000Z')).toEqual([
      [
        'callback_at',
        'This time has already passed. The next time within business hours is Tue, Mar 10, 10:01 AM CDT.',
      ],
    ]);
    expect(faults('2026-03-10T15:01:00.000Z')).toEqual([]);
  });

  it('is not before the report has to be answered, and the suggested time is accepted, to the minute', () => {
    const respondBy = new Date('2026-03-10T16:00:40Z');
    expect(faults('2026-03-10T15:30:00.000Z', { respondBy })).toEqual([
      [
        'callback_at',
        'The report is answered by Tue, Mar 10, 11:00 AM CDT: promise no call before that. The next time within business hours is Tue, Mar 10, 11:00 AM CDT.',
      ],
    ]);
    expect(faults('2026-03-10T16:00:00.000Z', { respondBy })).toEqual([]);
  });

  it('is not promised months ahead', () => {
    expect(faults('2027-03-10T20:00:00.000Z')[0]?.[1]).toContain('more than 30 days ahead');
  });

  it('is shown in the time zone of the person who promises it', () => {
    expect(faults('2026-03-10T23:00:00.000Z', { zone: 'America/New_York' })[0]?.[1]).toBe(
      'Tue, Mar 10, 7:00 PM EDT is outside business hours. The next time within business hours is Wed, Mar 11, 9:00 AM EDT.',
    );
  });

  it('is not checked in a form or a branch without one', () => {
    expect(callbackFaults(leadership, {}, PROMISED)).toEqual([]);
    expect(callbackFaults(spFeedback, { callback_at: '2020-01-01T00:00:00.000Z' }, PROMISED)).toEqual([]);
  });
});

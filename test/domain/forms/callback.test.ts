import { type Calendar, calendarFor } from '../../../src/domain/business-hours';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy';
import { callbackFaults } from '../../../src/domain/forms/callback';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';

const made = calendarFor(DEFAULT_POLICY.calendars.default, 'America/Chicago');
if (!made.ok) throw new Error(made.fault);
const chicago: Calendar = made.calendar;

const TUESDAY_10_AM = new Date('2026-03-10T15:00:00Z');
const faults = (callback_at: string, now = TUESDAY_10_AM) =>
  callbackFaults(leadership, { callback_at }, chicago, now).map(({ question, message }) => [question, message]);

describe('a promised callback', () => {
  it('is within business hours', () => {
    expect(faults('2026-03-10T20:00:00.000Z')).toEqual([]);
    expect(faults('2026-03-11T13:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['2026-03-10T23:00:00.000Z', 'Tue, Mar 10, 6:00 PM CDT', 'Wed, Mar 11, 8:00 AM CDT'],
    ['2026-03-14T15:00:00.000Z', 'Sat, Mar 14, 10:00 AM CDT', 'Mon, Mar 16, 8:00 AM CDT'],
    ['2026-07-03T15:00:00.000Z', 'Fri, Jul 3, 10:00 AM CDT', 'Mon, Jul 6, 8:00 AM CDT'],
  ])('is refused at %s, with the next time that will do', (at, promised, next) => {
    expect(faults(at)).toEqual([
      ['callback_at', `${promised} is outside business hours. The next time within business hours is ${next}.`],
    ]);
  });

  it('is not in the past', () => {
    expect(faults('2026-03-10T15:00:00.000Z')).toEqual([
      [
        'callback_at',
        'This time has passed already. The next time within business hours is Tue, Mar 10, 10:00 AM CDT.',
      ],
    ]);
    expect(faults('2026-03-10T15:01:00.000Z')).toEqual([]);
  });

  it('is nothing to hold a form or a branch to that promises none', () => {
    expect(callbackFaults(leadership, {}, chicago, TUESDAY_10_AM)).toEqual([]);
    expect(callbackFaults(spFeedback, { callback_at: '2020-01-01T00:00:00.000Z' }, chicago, TUESDAY_10_AM)).toEqual([]);
  });
});

import { dutyBlocks } from '../../src/blocks/lookup/duty';

const area = {
  name: 'West',
  timeZone: 'America/Los_Angeles',
  channel: 'C0WEST',
  areaManager: 'U0DANA',
  deputy: null,
  manager: null,
  fallbackChannel: null,
};
const closedUntil = (opensAt: string) =>
  JSON.stringify(
    dutyBlocks('', {
      duties: [
        { area, now: new Date('2026-12-24T20:00:00Z'), opensAt: new Date(opensAt), admins: [], away: [], gone: [] },
      ],
      more: 0,
    }),
  );

it('says on which day an area opens, with the date if that is not the next one of its name', () => {
  expect(closedUntil('2026-12-28T16:00:00Z')).toContain('closed now, opens Mon 8:00 AM');
  expect(closedUntil('2027-01-04T16:00:00Z')).toContain('closed now, opens Mon, Jan 4, 8:00 AM');
});

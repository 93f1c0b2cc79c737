import { alarmStore } from '../../../src/db/alarms';
import type { Round } from '../../../src/services/look';
import { brokenAlarm, stillBroken } from '../../../src/services/proof/check-records';
import { retaining } from '../../db/retaining';
import { later, MONDAY, minutes } from '../../support/cases';

let work: Awaited<ReturnType<typeof retaining>>;
beforeEach(async () => {
  work = await retaining();
});
afterEach(() => work.stop());

it.each(['overdue', 'broken_record'] as const)(
  'the alarm for a broken record stays while it is broken, behind any number of alarms of the kind %s',
  async (kind) => {
    const alarms = alarmStore(work.connection);
    await work.closedCase('one');
    await work.connection.collection('cases').updateOne({}, { $set: { 'events.1.data.text': 'Another text.' } });
    for (let i = 0; i < 1_100; i++)
      await alarms.raise({ id: `${kind}:SPF-${i}`, kind, ref: `SPF-${i}`, about: 'Something.', since: MONDAY });
    const broken = brokenAlarm({ ref: 'SPF-one', seq: 2, why: 'its text was changed' });
    await alarms.raise({ ...broken, since: later(MONDAY, minutes(1)) });
    const found = await stillBroken({ deps: { ...work, alarms } } as unknown as Round);
    expect(found.map(({ ref }) => ref)).toContain('SPF-one');
  },
);

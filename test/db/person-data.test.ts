import { caseSearch } from '../../src/db/case-search';
import { directoryStore } from '../../src/db/directory';
import { personDataStore } from '../../src/db/person-data';
import { spStandingStore } from '../../src/db/sp-standings';
import { erasePerson, type PersonDeps } from '../../src/services/person-data';
import { checkRecord } from '../../src/services/proof/check-record';
import { MUCH_LATER, retaining } from './retaining';

let work: Awaited<ReturnType<typeof retaining>>;
let deps: PersonDeps;
beforeEach(async () => {
  work = await retaining();
  const { connection, store: cases, history, records } = work;
  const now = () => MUCH_LATER;
  const directory = directoryStore(connection, { now });
  deps = {
    ...work.depsAt(MUCH_LATER),
    ...{ cases, history, records, directory, configuration: directory.configuration },
    personData: personDataStore(connection),
    standings: spStandingStore(connection, { now }),
    search: caseSearch(connection, now),
    onStored: () => undefined,
  } as unknown as PersonDeps;
});
afterEach(() => work.stop());

it('erased words do not come back from a copy of an event that a dead process, or one that lost a race, left', async () => {
  await work.closedCase('long', 130);
  const { id, events } = await work.read('long');
  // What a write does first if the document has no room.
  await work.history.keep(id, events as never);
  expect((await erasePerson(deps, { phone: '555-0100' })).cases).toEqual(['SPF-long']);
  expect((await work.everything()).includes('555-0100')).toBe(false);
  for (let n = 0; n < 100; n++) await work.move('long', { type: 'add_note', id: null, text: `Later ${n}.` });
  const stored = await work.read('long');
  expect((await work.everything()).includes('555-0100')).toBe(false);
  expect(await checkRecord(work.history, stored)).toBeNull();
});

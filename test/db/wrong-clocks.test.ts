import type { Connection } from 'mongoose';
import pino from 'pino';
import { anchorStore } from '../../src/db/anchors';
import { calendarStore } from '../../src/db/calendars';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { draftStore } from '../../src/db/drafts';
import { exportSlots } from '../../src/db/export-slots';
import { letterStore } from '../../src/db/letters';
import { recordStore } from '../../src/db/records';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { LONGEST_PAUSE_MS } from '../../src/domain/letters';
import { readCalendars } from '../../src/services/calendars';
import type { ServiceDeps } from '../../src/services/deps';
import type { WrittenDraft } from '../../src/services/ports/people';
import { anchorCases } from '../../src/services/proof/anchor';
import { later, MONDAY, minutes, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';

const AHEAD = minutes(120);
const DAY = minutes(24 * 60);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

describe('letters dated by a clock that was ahead', () => {
  const due = async () => (await letterStore(connection).due(MONDAY, 10)).map(({ id }) => id);
  const content = { type: 'alarms' as const, about: ['Something.'] };
  const reminder = { type: 'reminder' as const, sp: 'ACC100', sj: '556677' };

  it('go out once it is right; a reminder waits for its own time, until it was tried', async () => {
    const letters = letterStore(connection);
    const ahead = later(MONDAY, AHEAD);
    await letters.put({ id: 'alarm', to: 'U0ADA', about: null, content, at: ahead });
    await letters.put({ id: 'reminder', to: 'U0AMIRA', about: 'r1', content: reminder, at: ahead });
    await letters.put({ id: 'tried', to: 'U0AMIRA', about: 'r2', content: reminder, at: MONDAY });
    const [tried] = await letters.due(MONDAY, 10);
    if (!tried) throw new Error('Nothing is due.');
    await letters.claim(tried, ahead);
    expect(await due()).toEqual([]);
    expect(await letters.bringForward(MONDAY, later(MONDAY, LONGEST_PAUSE_MS))).toBe(2);
    expect((await due()).sort()).toEqual(['alarm', 'tried']);
    expect(await letters.bringForward(MONDAY, later(MONDAY, LONGEST_PAUSE_MS))).toBe(0);
  });

  it('keep what they cover, even when they are sent and their content is deleted', async () => {
    const letters = letterStore(connection);
    await letters.put({ id: 'd1', to: 'U0DANA', about: null, content, at: MONDAY }, ['West:1', 'North:1']);
    await letters.put({ id: 'd2', to: 'U0DANA', about: null, content, at: later(MONDAY, 1) }, ['West:1']);
    await letters.done('d1');
    expect([...(await letters.served(['West:1', 'North:1', 'East:1']))]).toEqual(
      expect.arrayContaining([
        ['West:1', later(MONDAY, 1)],
        ['North:1', MONDAY],
      ]),
    );
    expect((await letters.served(['East:1'])).size).toBe(0);
  });
});

it('a draft stored by a clock that was ahead blocks no one, and a late write undoes nothing', async () => {
  const drafts = draftStore(connection);
  const draft = (updatedAt: Date, sj: string): WrittenDraft => ({
    window: 'V1',
    user: 'U0AMIRA',
    kind: 'sp_feedback',
    startedAt: updatedAt,
    updatedAt,
    answers: { sj_number: sj },
    metadata: '',
  });
  const kept = async () => (await drafts.find('U0AMIRA', 'sp_feedback'))?.answers.sj_number;
  await drafts.save(draft(later(MONDAY, AHEAD), '1'));
  await drafts.save(draft(MONDAY, '2'));
  expect(await kept()).toBe('2');
  await drafts.save(draft(later(MONDAY, -minutes(1)), '3'));
  expect(await kept()).toBe('2');
});

it('a calendar read by a clock that was ahead is read again once the clock is right', async () => {
  const calendars = calendarStore(connection);
  const choice = { person: 'U0DANA', by: 'U0DANA', deputy: 'U0TOM', url: 'https://example.com/a.ics', words: ['OOO'] };
  const deps = { calendars, now: () => MONDAY } as unknown as ServiceDeps;
  const faults: unknown[] = [];
  await calendars.save(choice, later(MONDAY, minutes(20)));
  const read = () => readCalendars(deps, (person) => void faults.push(person));
  await read();
  expect(faults).toEqual([]); // it is due within the half hour
  await calendars.save(choice, later(MONDAY, AHEAD));
  await read();
  expect(faults).toEqual(['U0DANA']); // these deps cannot read it, but it was its turn
});

it('an anchor made by a clock that was ahead delays no other, and leaves no case out', async () => {
  const anchors = anchorStore(connection);
  const cases = caseStore(connection);
  let now = MONDAY;
  const letters = letterStore(connection);
  const directory = { policy: async () => DEFAULT_POLICY };
  const deps = { anchors, records: recordStore(connection), letters, directory, now: () => now };
  const anchored = async (at: Date) => {
    now = at;
    return anchorCases(deps);
  };
  await cases.insert(storedCase('V1', MONDAY));
  expect(await anchored(MONDAY)).toBe(1);
  expect(await anchored(later(MONDAY, 400 * DAY))).toBe(1);
  await cases.insert(storedCase('V2', later(MONDAY, minutes(60))));
  expect(await anchored(later(MONDAY, minutes(120)))).toBe(0); // not a day after the one that is right
  expect(await anchored(later(MONDAY, DAY))).toBe(2);
  expect(await anchored(later(MONDAY, DAY + minutes(60)))).toBe(0);
});

it('an export begun by a clock that was ahead blocks no one for longer than one lasts', async () => {
  const slots = exportSlots(connection);
  expect(await slots.take('U0ADA', minutes(2))).toBe(true);
  expect(await slots.take('U0ADA', minutes(2))).toBe(false);
  await connection
    .collection<{ _id: string }>('exports')
    .updateOne({ _id: 'U0ADA' }, { $set: { until: new Date(Date.now() + AHEAD) } });
  expect(await slots.take('U0ADA', minutes(2))).toBe(true);
});

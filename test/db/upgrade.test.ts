import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseDesks } from '../../src/db/case-desks';
import { recheckKeys } from '../../src/db/case-filters';
import { RETIRED_INDEXES } from '../../src/db/case-indexes';
import { caseReports } from '../../src/db/case-reports';
import { caseSearch } from '../../src/db/case-search';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { dataVersion } from '../../src/db/data-version';
import { MIGRATIONS } from '../../src/db/migrations';
import { mailboxOf } from '../../src/domain/mailbox';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, MONDAY, minutes, moved, storedAfter, storedCase } from '../support/cases';
import { freshDatabase } from '../support/engine';
import { migrated } from '../support/migrated';

/** Fields that documents of the previous version did not have. */
const SINCE = { keys: '', desks: '', ended: '', ticks: '' } as const;
interface Stored {
  _id: string;
  keys?: string[];
  desks?: string[];
  ended?: string[];
  ticks?: boolean;
  outboxLanes: string[];
  outboxAt: Date | null;
}
const RESOLVE = { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' } as const;
const ALL = { words: [], filedFrom: null, filedBefore: null, notAbout: 'U0ME' };
const WEEK = { from: MONDAY, to: later(MONDAY, minutes(1e4)) };

let database: Awaited<ReturnType<typeof freshDatabase>>;
const open: Connection[] = [];
const stored: StoredCase[] = [];

/** One instance's own view of the database. */
async function instance() {
  const connection = await connect(database.uri, pino({ level: 'silent' }));
  open.push(connection);
  const [cases, desks, reports, search] = [
    caseStore(connection),
    caseDesks(connection),
    caseReports(connection),
    caseSearch(connection, () => MONDAY),
  ];
  const refs = (found: Promise<readonly { readonly ref: string }[]>) => found.then((all) => all.map(({ ref }) => ref));
  /** What the instance knows, by queries with keys. */
  const answers = async () => ({
    sj: await refs(cases.openBySj('SJ1')),
    all: await refs(cases.bySj('SJ1', 10)),
    sp: await refs(cases.bySp('ACC1', 10)),
    scores: await refs(cases.scoresOf('ACC1', later(MONDAY, minutes(3)))),
    card: (await cases.byPost('C0WEST', '11.5'))?.ref,
    owners: await cases.openOwners(),
    stalled: await refs(cases.stalled(null, 10)),
    due: await refs(cases.due(later(MONDAY, minutes(1e6)), 20)),
    late: await refs(cases.undelivered(later(MONDAY, minutes(1e6)), 20)),
    backlog: await cases.backlog(),
    mine: await refs(cases.openOf('U1', 10)),
    filed: await refs(desks.filedBy('U0AMIRA', 0, 20)),
    filedOpen: await refs(desks.openFiledBy('U0AMIRA', 0, 20)),
    done: await refs(desks.resolvedFor('U0AMIRA', MONDAY, 20)),
    counts: [
      await desks.filedIn({ areas: ['West', 'East'], kinds: ['sp_feedback'] }, WEEK.from, WEEK.to, 99),
      await desks.resolvedIn({ areas: ['West'], kinds: ['sp_feedback'] }, WEEK.from, WEEK.to, 99),
    ],
    unrouted: await refs(desks.unrouted(0, 10)),
    area: await refs(reports.openIn('West')),
    found: await refs(search.page({ ...ALL, states: ['resolved'], readable: [{}] }, 20)),
    read: await refs(
      search.page({ ...ALL, readable: [{ reporter: 'U2' }, { kinds: ['sp_feedback'], owner: 'U1' }] }, 20),
    ),
  });
  return { connection, cases, answers };
}

beforeAll(async () => {
  database = await freshDatabase();
  const { cases } = await instance();
  for (let i = 0; i < 12; i++) {
    const at = later(MONDAY, minutes(i));
    const filed = storedCase(String(i), at, {
      sj: `SJ${i % 3}`,
      sp: { account: `ACC${i % 2}`, name: 'Ace' },
      owner: `U${i % 4}`,
      area: i === 5 ? null : i % 3 ? 'West' : 'East',
      unrouted: i === 5 ? 'No such SP.' : null,
      ...(i % 6 === 4 && { clocks: [] }),
    });
    const posts = filed.posts.map((post) => ({ ...post, sent: { channel: 'C0WEST', ts: `${i}.5` } }));
    const one = { ...filed, posts, outbox: i % 2 ? filed.outbox : [] };
    stored.push(i % 5 === 3 ? storedAfter(one, RESOLVE, later(at, minutes(1))) : one);
  }
  for (const one of stored) await cases.insert(one);
});
afterAll(async () => {
  for (const connection of open) await connection.close();
  await database.drop();
});

it('answers the same about cases of the previous version, before and after they have their keys, and drops its indexes by name', async () => {
  const before = await instance();
  const expected = await before.answers();
  expect(expected).toMatchObject({ card: 'SPF-11', stalled: ['SPF-10', 'SPF-4'], unrouted: ['SPF-5'] });
  expect(Object.values(expected).filter((found) => Array.isArray(found) && !found.length)).toEqual([]);

  const documents = before.connection.collection<Stored>('cases');
  await documents.updateMany({}, { $unset: SINCE });
  await documents.updateMany({}, { $pull: { outboxLanes: '*' } });
  const [retired = ''] = RETIRED_INDEXES;
  await documents.createIndex({ isOpen: 1, nextNudgeAt: 1, _id: 1 }, { name: retired });
  await documents.createIndex({ outboxAt: 1 });
  await documents.createIndex({ title: 1 }, { name: 'of_an_admin' });
  expect(RETIRED_INDEXES).toContain('outboxAt_1');

  const upgraded = await instance();
  expect(await upgraded.answers()).toEqual(expected);

  // A write meanwhile writes all of it.
  const based = await upgraded.cases.byId('0');
  if (!based) throw new Error('It is there.');
  const note = { type: 'add_note', id: null, text: 'Meanwhile.' } as const;
  const change = { ...moved(based, note, later(based.changedAt, minutes(1))), mailbox: mailboxOf(based) };
  await upgraded.cases.save(based, change);
  expect(await documents.findOne({ _id: '0' })).toMatchObject({ desks: expect.any(Array), ticks: true });
  expect(await documents.countDocuments({ keys: { $exists: true } })).toBe(1);

  await migrated(upgraded.connection);
  const names = (await documents.indexes()).map(({ name }) => name);
  expect(names).toContain('of_an_admin');
  expect(names.filter((name = '') => RETIRED_INDEXES.includes(name))).toEqual([]);

  expect(await documents.countDocuments({ keys: { $exists: false } })).toBe(0);
  const owing = await documents.countDocuments({ outboxAt: { $type: 'date' } });
  expect(await documents.countDocuments({ outboxLanes: '*' })).toBe(owing);
  for (const one of [upgraded, await instance()]) expect(await one.answers()).toEqual(expected);
});

it('queries by fields again while an earlier release writes, which knows no keys', async () => {
  const { connection, cases } = await instance();
  await migrated(connection);
  expect((await cases.openBySj('SJ1')).map(({ ref }) => ref)).not.toContain('SPF-0');
  const version = dataVersion(connection);
  await version.enter('ours', MIGRATIONS.length, 'new');
  await version.setBack(0);
  await connection.collection<Stored>('cases').updateOne({ _id: '0' }, { $set: { sj: 'SJ1' }, $inc: { version: 1 } });
  recheckKeys(connection);
  expect((await cases.openBySj('SJ1')).map(({ ref }) => ref)).toContain('SPF-0');
});

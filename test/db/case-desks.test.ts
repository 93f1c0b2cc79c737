import type { Connection } from 'mongoose';
import pino from 'pino';
import { caseDesks } from '../../src/db/case-desks';
import { fieldsOf } from '../../src/db/case-document';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import type { Person } from '../../src/domain/access';
import { breaksAt, queueQuery, readQueueFilters } from '../../src/domain/queue';
import type { StoredCase } from '../../src/services/ports/cases';
import { later, MONDAY, minutes, storedAfter, storedCase, WEST } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let desks: ReturnType<typeof caseDesks>;
let cases: ReturnType<typeof caseStore>;
const all: StoredCase[] = [];

/** Leads West, reads high-risk reports, covers for Tom. */
const DANA: Person = {
  id: 'U0DANA',
  isAdmin: false,
  isManager: true,
  roles: ['risk'],
  standsFor: ['U0TOM'],
  grants: [],
};
const AREAS = [WEST, { ...WEST, name: 'East', areaManager: 'U0PRIYA', deputy: null }];
const NOW = later(MONDAY, minutes(260));
const RESOLVE = { type: 'resolve', outcome: 'coaching_given', text: 'Coached.' } as const;

beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  desks = caseDesks(connection);
  cases = caseStore(connection);
  const kinds = ['sp_feedback', 'high_risk', 'provider_report', 'exception'] as const;
  for (let i = 0; i < 48; i++) {
    const filedAt = later(MONDAY, minutes((i * 17) % 48));
    const filed = storedCase(String(i).padStart(6, '0'), filedAt, {
      kind: kinds[i % 4] ?? 'sp_feedback',
      area: i % 3 ? 'East' : 'West',
      owner: ['U0DANA', 'U0TOM', 'U0PRIYA'][i % 5] ?? 'U0OTHER',
      sp: { account: `ACC${i % 2}`, name: i % 2 ? 'Ace Plumbing' : 'Bolt (Electric)' },
      subjects: i === 24 ? ['U0DANA'] : [],
    });
    all.push(i % 8 === 7 ? storedAfter(filed, RESOLVE, filedAt) : filed);
  }
  for (const one of all) await cases.insert(one);
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** A queue's expected cases, in the order of their due times. */
const expected = (fits: (one: StoredCase) => boolean) =>
  all
    .filter((one) => one.state !== 'resolved' && !one.subjects.includes('U0DANA') && fits(one))
    .sort((a, b) => +breaksAt(a) - +breaksAt(b) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
const answers = ({ owner, area, kind }: StoredCase) =>
  owner === 'U0DANA' || owner === 'U0TOM' || (area === 'West' && kind !== 'provider_report') || kind === 'high_risk';

/** The owner of a provider report reads it; she answers for one of Tom's, but sees only that it exists. */
const reads = ({ kind, owner }: StoredCase) => kind !== 'provider_report' || owner === 'U0DANA';

async function asked(args: Readonly<Record<string, string>>, person = DANA) {
  const query = queueQuery(readQueueFilters(args, person), person, AREAS, NOW);
  const ids: string[] = [];
  for (let skip = 0; skip < all.length; skip += 7) ids.push(...(await desks.queue(query, skip, 7)).map(({ id }) => id));
  expect(await desks.queueSize(query, 100)).toBe(ids.length);
  expect(await desks.queueSize(query, 3)).toBe(Math.min(3, ids.length));
  return ids;
}

it('returns what someone answers for, page by page, each case once, earliest due first', async () => {
  expect(await asked({})).toEqual(expected(answers));
  expect(await asked({ scope: 'mine' })).toEqual(expected(({ owner }) => owner === 'U0DANA'));
});

it('returns everyone’s only to admins', async () => {
  const admin = { ...DANA, isAdmin: true };
  expect(await asked({ scope: 'all' }, admin)).toEqual(expected(() => true));
  expect(await asked({ scope: 'all' })).toEqual(expected(answers));
});

it('filters by kind, severity and state, and by overdue', async () => {
  expect(await asked({ kind: 'exception' })).toEqual(expected((one) => answers(one) && one.kind === 'exception'));
  expect(await asked({ severity: 'critical' })).toEqual([]);
  expect(await asked({ state: 'open' })).toEqual(expected(answers));
  const overdue = expected((one) => answers(one) && breaksAt(one) <= NOW);
  expect(overdue.length).toBeGreaterThan(0);
  expect(await asked({ state: 'overdue' })).toEqual(overdue);
});

it('finds an SP by part of its name or the beginning of its number, and then only what they may read', async () => {
  const bolt = expected((one) => answers(one) && one.sp.account === 'ACC0' && reads(one));
  expect(await asked({ sp: 'olt (el' })).toEqual(bolt);
  expect(await asked({ sp: 'acc0' })).toEqual(bolt);
  const { roles: _risk, ...rest } = DANA;
  const manager = { ...rest, roles: [] };
  expect(await asked({ sp: 'acc1', kind: 'high_risk' }, manager)).toEqual([]);
  expect((await asked({ kind: 'high_risk' }, manager)).length).toBeGreaterThan(0);
});

it("shows an area's cases under review only on request", async () => {
  const stored = connection.collection('cases');
  const [one] = all.filter(({ area, kind, state }) => area === 'West' && kind === 'exception' && state === 'open');
  if (!one) throw new Error('There is such a case.');
  const of = (given: Partial<StoredCase>) =>
    stored.updateOne({ _id: one.id as never }, { $set: fieldsOf({ ...one, ...given }) });
  await of({ state: 'in_review', owner: 'U0ADA' });
  expect(await asked({})).not.toContain(one.id);
  expect(await asked({ state: 'overdue' })).not.toContain(one.id);
  expect(await asked({ state: 'in_review' })).toEqual([one.id]);
  expect(await asked({}, { ...DANA, id: 'U0ADA' })).toContain(one.id);
  await of({});
});

it('shows what someone promised for today, behind whatever else is due before', async () => {
  const endOfDay = later(MONDAY, minutes(8 * 60));
  const taken = (i: number, nextUpdateBy: Date) => {
    const filed = storedCase(`P${i}`, MONDAY, { owner: 'U0ERIN', area: null });
    return storedAfter(filed, { type: 'acknowledge', nextUpdateBy }, MONDAY, { actor: 'U0ERIN' });
  };
  const backBy = later(MONDAY, minutes(30));
  const call = { type: 'log_sp_contact', reached: true, text: 'Calls back.', backBy } as const;
  for (let i = 0; i < 10; i++)
    await cases.insert(storedAfter(taken(i, later(endOfDay, 1)), call, MONDAY, { actor: 'U0TOM' }));
  const promised = taken(10, later(MONDAY, minutes(60)));
  await cases.insert(promised);
  expect((await desks.promised(['U0ERIN'], endOfDay, 10)).map((one) => one.ref)).toEqual([promised.ref]);
});

import type { Connection } from 'mongoose';
import pino from 'pino';
import { connect } from '../../src/db/connection';
import { spStandingStore } from '../../src/db/sp-standings';
import type { Said } from '../../src/domain/sp-standing';
import { later, MONDAY, minutes } from '../support/cases';
import { freshDatabase } from '../support/engine';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let store: ReturnType<typeof spStandingStore>;
beforeAll(async () => {
  database = await freshDatabase();
  connection = await connect(database.uri, pino({ level: 'silent' }));
  store = spStandingStore(connection, { now: () => MONDAY });
  await store.ensureIndexes();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const said = (ref: string, seq: number, until: Date | null): Said => ({
  ref,
  seq,
  standing: { is: 'suspended', since: MONDAY, until },
  banned: null,
});

it('stores what several cases set at once, each once', async () => {
  const refs = Array.from({ length: 12 }, (_, i) => `HRR-${i}`);
  const all = refs.map((ref, i) => said(ref, 3, later(MONDAY, minutes(i))));
  await Promise.all([...all, ...all].map((one) => store.hear('ACC1', one, MONDAY)));
  const sp = await store.of('ACC1');
  expect(sp?.said.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
  expect(sp?.past).toEqual([]);
});

it('is seen by the next read of the same process, and knows SPs without any', async () => {
  expect(await store.of('ACC2')).toBeNull();
  await store.hear('ACC2', said('HRR-1', 3, null), MONDAY);
  expect((await store.of('ACC2'))?.said).toHaveLength(1);
  expect([...(await store.all(['ACC2', 'ACC9'])).keys()]).toEqual(['ACC2']);
});

it('walks ending standings in order, each SP once, without those until lifted', async () => {
  await store.hear('ACC4', said('HRR-1', 3, later(MONDAY, minutes(1))), MONDAY);
  await store.hear('ACC3', said('HRR-2', 3, later(MONDAY, minutes(1))), MONDAY);
  const seen: string[] = [];
  let page: Awaited<ReturnType<typeof store.lapsing>> = [];
  do {
    page = await store.lapsing(later(MONDAY, minutes(1)), 1, page.at(-1) ?? null);
    seen.push(...page.map(({ account }) => account));
  } while (page.length);
  expect(seen).toEqual(['ACC1', 'ACC3', 'ACC4']);
  await store.hear('ACC3', { ref: 'HRR-2', seq: 4, standing: null, banned: null }, MONDAY);
  expect((await store.lapsing(later(MONDAY, minutes(1)), 9, null)).map(({ account }) => account)).toEqual([
    'ACC1',
    'ACC4',
  ]);
});

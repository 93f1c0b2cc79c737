import { connect } from '../../src/db/connection';
import { MIGRATIONS } from '../../src/db/migrations';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { cardOf, fileFeedback } from '../support/feedback';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
beforeEach(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  world = await startWorld({ mode: 'http', start: false, databaseUri: way.uri });
});
afterEach(async () => {
  way.release();
  await world.stop();
  await way.close();
  await database.drop();
});

type Instance = World['app'];
async function readiness(app: Instance): Promise<{ status: number; indexes: string }> {
  const response = await fetch(`http://127.0.0.1:${app.port()}/readyz`);
  return { status: response.status, ...((await response.json()) as { indexes: string }) };
}
/** Asks an instance until its answer about its indexes fits. */
async function untilIndexes(app: Instance, fits: RegExp) {
  for (;;) {
    const now = await readiness(app);
    if (fits.test(now.indexes)) return now;
  }
}
const logged = (level: number) =>
  world.logged.map((line) => JSON.parse(line) as { level: number; msg: string }).filter((line) => line.level === level);

it('an instance works before the indexes are built, and says that they are not', async () => {
  const held = way.hold('createIndexes');
  const app = await world.another();
  await held;
  expect(await readiness(app)).toMatchObject({
    status: 503,
    indexes: expect.stringMatching(/^the indexes have been building/),
  });
  await fileFeedback(world.workspace.as('amira'), '810001');
  await cardOf(world, '810001');
  await app.runJobs('nudge');
  const metrics = await (await fetch(`http://127.0.0.1:${app.port()}/metrics`)).text();
  expect(metrics).toContain('warmline_indexes_ready 0');
  way.release();
  expect(await untilIndexes(app, /^ok$/)).toMatchObject({ status: 200, ready: true });
});

it('an index that the database refuses is retried until it succeeds, even without an outage; the others are built', async () => {
  const connection = await connect(database.uri, world.log);
  const tombstones = connection.collection('case_tombstones');
  await tombstones.createIndex({ severity: 1 }, { name: 'tombstone_ref' });
  const app = await world.another();
  const names = async (of: string) => (await connection.collection(of).indexes()).map(({ name }) => name);
  await untilIndexes(app, /last try: /);
  expect(await names('letters')).toContain('dueAt_1');
  expect(logged(50).map(({ msg }) => msg)).toEqual([expect.stringContaining('has not built the indexes')]);

  await tombstones.dropIndex('tombstone_ref');
  await untilIndexes(app, /^ok$/);
  expect(await names('case_tombstones')).toContain('tombstone_ref');
  expect(logged(30).map(({ msg }) => msg)).toContain('the indexes are built');
  await connection.close();
});

it('instances that start together do not conflict, and fill in what older versions did not store', async () => {
  const first = await world.another();
  await fileFeedback(world.workspace.as('amira'), '810002');
  await cardOf(world, '810002');
  await world.settled();
  const connection = await connect(database.uri, world.log);
  const stepsDone = () => logged(30).filter(({ msg }) => msg === 'upgrade: the step is done').length;
  await until(() => stepsDone() === MIGRATIONS.length, 'the steps of the first one');
  await world.halt(first);
  const cases = connection.collection('cases');
  await cases.updateMany({}, { $unset: { isOpen: 1, hasDead: 1, breaksAt: 1, keys: 1, desks: 1 } });
  await connection.collection('schema').deleteMany({});
  for (const { name } of await cases.indexes()) if (name && name !== '_id_') await cases.dropIndex(name);

  const both = await Promise.all([world.another(), world.another()]);
  for (const app of both) expect((await untilIndexes(app, /^ok$/)).status).toBe(200);
  await until(() => stepsDone() === 2 * MIGRATIONS.length, 'the upgrade to end');
  expect(await cases.findOne()).toMatchObject({
    isOpen: true,
    hasDead: false,
    breaksAt: expect.any(Date),
    keys: expect.any(Array),
  });
  expect(logged(50)).toEqual([]);
  await connection.close();
});

it('figures come although the database never answers: they say so, and how the rest is', async () => {
  const app = await world.another();
  await untilIndexes(app, /^ok$/);
  const held = way.hold('outbox.dead');
  const asked = fetch(`http://127.0.0.1:${app.port()}/metrics`, { signal: AbortSignal.timeout(10_000) });
  await held;
  const text = await (await asked).text();
  expect(text).toContain('warmline_database_up 0');
  expect(text).toContain('warmline_deliveries_waiting Nan');
  expect(text).toContain('warmline_indexes_ready 1');
});

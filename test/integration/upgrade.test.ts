import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Connection } from 'mongoose';
import { restoreLines } from '../../src/db/backup';
import { connect } from '../../src/db/connection';
import { dataVersion } from '../../src/db/data-version';
import { MIGRATIONS } from '../../src/db/migrations';
import { type Migration, nextOf } from '../../src/db/migrations/migration';
import { freshDatabase } from '../support/engine';
import { cardOf, fileFeedback } from '../support/feedback';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

const FOLDER = join(__dirname, '../../src/db/migrations');
/** Data of the release before there were versions: `scripts/release-data.ts`. */
const FORMER = join(__dirname, '../fixtures/releases/0000.ndjson');
const leaseMs = 300;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connection: Connection;
let world: World;
beforeEach(async () => {
  database = await freshDatabase();
  world = await startWorld({ start: false, empty: true, databaseUri: database.uri, leaseMs });
  connection = await connect(database.uri, world.log);
  await restoreLines(connection, createInterface({ input: createReadStream(FORMER) }), { over: false });
});
afterEach(async () => {
  await connection.close();
  await world.stop();
  await database.drop();
});

/** A step of a future release: older ones do not keep what it fills in, so it waits for them to end. */
const SEEN = MIGRATIONS.length + 1;
const seen: Migration = {
  number: SEEN,
  name: 'seen',
  needs: SEEN - 1,
  waits: true,
  async run(batch) {
    const { documents, end } = await nextOf(batch, 'cases', { _id: 1 });
    for (const { _id } of documents)
      await connection.collection('cases').updateOne({ _id: _id as never }, { $set: { seen: true } });
    return end;
  },
};
const NEXT = { migrations: [...MIGRATIONS, seen] };
const unseen = () => connection.collection('cases').countDocuments({ seen: { $ne: true } });
const atVersion = (version: number) =>
  until(async () => (await dataVersion(connection).read()).version === version, `the data to have version ${version}`);

it("upgrades the previous release's data while people work, and goes one step back and forward again", async () => {
  // As even older releases left it: without the fields for the indexes.
  const cases = connection.collection('cases');
  await cases.updateMany(
    {},
    { $unset: { isOpen: '', breaksAt: '', hasDead: '', held: '' }, $set: { outboxLanes: ['x'] } },
  );
  await connection.collection('service_providers').updateMany({}, { $unset: { words: '' } });
  const old = await world.another();
  let sj = 820_000;
  let filing = true;
  const load = (async () => {
    const filed: string[] = [];
    while (filing) {
      filed.push(String(sj));
      await fileFeedback(world.workspace.as('amira'), String(sj++));
    }
    return filed;
  })();

  const next = await world.another(NEXT);
  await atVersion(MIGRATIONS.length);
  expect(await cases.countDocuments({ isOpen: true, hasDead: false, breaksAt: { $type: 'date' } })).toBeGreaterThan(2);
  // What waited in the data goes out, and the card works.
  expect((await cardOf(world, '910002', 'am-east')).text).toContain('SPF-000003');
  expect(await unseen()).toBeGreaterThan(2);

  filing = false;
  const filed = await load;

  // The last old instance stops: the step that waited for it runs, and includes what was filed meanwhile.
  await world.halt(old);
  await atVersion(SEEN);
  await world.settled();
  expect(await unseen()).toBe(0);
  expect(await cases.countDocuments({ sj: { $in: filed } })).toBe(filed.length);
  expect(new Set(await cases.distinct('ref')).size).toBe(3 + filed.length);

  // Two steps back is one too many; one is not, and what it writes is caught up on.
  await expect(world.another({ migrations: MIGRATIONS.slice(0, -1) })).rejects.toThrow(
    `the data in this database needs a release with version ${SEEN - 1} or later: start that one`,
  );
  await world.halt(next);
  const back = await world.another();
  await fileFeedback(world.workspace.as('ben'), '830001');
  expect(await dataVersion(connection).read()).toMatchObject({ version: SEEN - 1, at: null });
  expect(await unseen()).toBe(1);
  await world.another(NEXT);
  await world.halt(back);
  await atVersion(SEEN);
  expect(await unseen()).toBe(0);
});

it('continues an interrupted step, on one instance at a time, and waits for no dead instance', async () => {
  const ran: (string | null)[] = [];
  let running = 0;
  let fails = true;
  let comes = true;
  const long: Migration = {
    ...seen,
    async run({ from }) {
      expect(++running).toBe(1);
      ran.push(from);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (from === '2' && fails) {
        fails = false;
        throw new Error('The database went away.');
      }
      if (from === '3' && comes) {
        comes = false;
        await dataVersion(connection).enter('late', MIGRATIONS.length, '0.0.1');
      }
      return from === '3' ? null : String(Number(from ?? 0) + 1);
    },
  };
  await dataVersion(connection).enter('dead', MIGRATIONS.length, '0.0.1');
  const steps = { migrations: [...MIGRATIONS, long] };
  await Promise.all([world.another(steps), world.another(steps)]);
  // An old one ran during the last batch, so the step was run again after it ended.
  await until(() => ran.length === 9, 'the step to be taken twice');
  await atVersion(SEEN);
  expect(ran).toEqual([null, '1', '2', '2', '3', null, '1', '2', '3']);
  expect((await dataVersion(connection).running()).map(({ id }) => id)).not.toContain('dead');

  // One that was asleep during an upgrade ends, with the reason, when it wakes up.
  await dataVersion(connection).raise(99);
  const why = 'the data in this database needs a release with version 99 or later';
  await until(() => world.logged.filter((line) => line.includes(why)).length === 2, 'both to say why they end');
  await until(async () => !(await dataVersion(connection).running()).length, 'both to sign off');
});

it('has its steps in order, each in a file with its name, and each one step back from what it needs', () => {
  const files = readdirSync(FOLDER).filter((file) => /^\d{4}-/.test(file));
  expect(files).toEqual(MIGRATIONS.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`));
  for (const [i, { number, needs }] of MIGRATIONS.entries()) {
    expect(number).toBe(i + 1);
    expect(needs).toBeLessThan(number);
  }
});

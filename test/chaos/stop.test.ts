import { JOBS } from '../../src/jobs/schedule';
import { openRecords } from '../integration/records';
import { startChildApp } from '../support/child-app';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { cardOf, fileFeedback } from '../support/feedback';
import { startWorld, type World } from '../support/world';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
beforeEach(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  world = await startWorld({ start: false, databaseUri: way.uri });
});
afterEach(async () => {
  way.release();
  await world.stop();
  await way.close();
  await database.drop();
});

it('a stop lets the jobs that run come to their end', async () => {
  const app = await startChildApp(world, {}, { schedule: 'cron' });
  const noticed = app.logs('the clock of this machine was set');
  const held = way.hold('job_runs');
  app.setClock(60 * 60_000);
  await noticed;
  await held;

  const stopped = app.terminate();
  await world.workspace.waitFor(() => world.workspace.sockets === 0, 10_000, 'its socket to close');
  way.release();
  expect(await stopped).toBe(0);
  const records = await openRecords({ databaseUri: database.uri, log: world.log });
  const runs = await records.runs();
  expect(runs.map(({ name }) => name).sort()).toEqual(JOBS.map(({ name }) => name).sort());
  expect(runs.filter(({ fault }) => fault !== null)).toEqual([]);
  await records.close();
}, 60_000);

it('whoever waits for an export that a stop cuts short hears that there is no file', async () => {
  const app = await startChildApp(world);
  await fileFeedback(world.workspace.as('amira'), '820001');
  await cardOf(world, '820001');
  const dana = world.workspace.as('dana');
  await dana.command('/warmline search');
  await dana.waitForModal(({ labels }) => labels.includes('SJ Number'));
  await dana.fill({ 'SJ Number': '820001' });
  await dana.submit();
  const held = way.hold('820001');
  await dana.press('Export CSV');
  await held;
  expect(await app.terminate()).toBe(0);
  expect(dana.dm().at(-1)?.text).toContain('could not be finished, and no file was made');
}, 60_000);

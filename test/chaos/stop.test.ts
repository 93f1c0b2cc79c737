import { JOBS } from '../../src/jobs/schedule';
import { openRecords } from '../integration/records';
import { startChildApp } from '../support/child-app';
import { door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { startWorld } from '../support/world';

it('a stop lets the jobs that run come to their end', async () => {
  const database = await freshDatabase();
  const way = await door(database.uri);
  way.open();
  const world = await startWorld({ start: false, databaseUri: way.uri });
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
  await world.stop();
  await way.close();
  await database.drop();
}, 60_000);

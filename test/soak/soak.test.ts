import { freshDatabase } from '../support/engine';
import { program } from '../support/programs';
import { told } from './print';
import { randomOf } from './random';
import { soak } from './soak';

it('nine people, two instances, faults everywhere and three deaths: nothing is lost, stuck or sent twice', async () => {
  const database = await freshDatabase();
  const report = await soak({
    seed: 20_261_102,
    kills: 3,
    seconds: 60,
    people: 9,
    firstCases: 3,
    isPatient: true,
    databaseUri: database.uri,
    script: program('test/soak/app-instance.ts'),
    progress: () => undefined,
  });
  await database.drop();
  if (report.problems.length > 0) throw new Error(told(report, true));
  expect(report).toMatchObject({ kills: 3, ends: { killed: 3, 'by itself': 0 } });
  expect(report.counts['reports that are cases']).toBeGreaterThan(0);
}, 240_000);

it('a seed gives the same plan every time, and a different one to each person', () => {
  const plan = (seed: number, name: string) => Array.from({ length: 20 }, randomOf(seed, name).next);
  expect(plan(7, 'amira')).toEqual(plan(7, 'amira'));
  expect(plan(7, 'amira')).not.toEqual(plan(8, 'amira'));
  expect(plan(7, 'amira')).not.toEqual(plan(7, 'ben'));
});

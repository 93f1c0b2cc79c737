import type { Actor } from '../../sandbox/workspace';
import { retryAll } from '../../src/services/failed-messages';
import { type Given, storedCase } from '../support/cases';
import { MONDAY_9, startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

const HOUR = 60 * 60_000;
let world: World;
let records: Records;
let [dana, ada]: Actor[] = [];
beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  [dana, ada] = ['dana', 'ada'].map((name) => world.workspace.as(name));
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

/** The time this many hours after Monday at nine in Los Angeles. */
const at = (hours: number) => new Date(MONDAY_9 + hours * HOUR);
async function until(moment: Date): Promise<void> {
  world.clock.advance(+moment - +world.clock.now());
  for (const job of ['digest', 'letters', 'letters']) await world.app.runJobs(job);
}
const newestDigest = (actor: Actor | undefined) =>
  (actor?.dm() ?? []).findLast(({ text }) => text.startsWith('Good morning'));
let count = 0;
async function keep(given: Given, filedAt = at(0)): Promise<void> {
  const stored = storedCase(String(800_000 + count++), filedAt, { owner: dana?.id ?? '', clocks: [], ...given });
  await records.cases.insert({ ...stored, posts: stored.posts.map((post) => ({ ...post, sent: null })), outbox: [] });
}

it('a digest that is sent again late takes no praise away from the next one', async () => {
  await until(at(0));
  world.clock.advance(24 * HOUR);
  await world.app.runJobs('digest');
  const { letters } = world.app.jobDeps;
  const [digest] = (await letters.due(at(25), 99)).filter(({ to }) => to === dana?.id);
  if (!digest) throw new Error('Dana has no digest.');
  await letters.fail(digest, 'messages_tab_disabled', at(24));
  await keep({ tone: 'positive', severity: 'low' }, at(26));
  world.clock.advance(23 * HOUR);
  expect(await retryAll(world.app.jobDeps)).toBe(1);
  await until(at(48));
  expect(newestDigest(dana)?.content).toContain('*1* new praise');
});

it('someone who is given another area in the course of a day gets its digest that day, once', async () => {
  const before = dana?.dm().length ?? 0;
  const west = await records.directory.area('West');
  if (!west) throw new Error('There is no area West.');
  await records.directory.saveAreas([{ ...west, name: 'North' }]);
  world.clock.advance(6_000);
  for (let i = 0; i < 3; i++) await until(at(49 + i));
  const more = (dana?.dm() ?? []).slice(before).map(({ content }) => content);
  expect(more).toEqual([expect.stringMatching(/^☀️ \*?North/)]);
});

it('the report over all areas counts what was filed in an area that is gone by then, as Figures does', async () => {
  await keep({ area: 'North', title: 'Filed in North' }, at(52));
  const write = { what: 'area', key: 'North', by: 'a test', at: at(53), after: null } as const;
  expect(await world.app.jobDeps.configuration.write({ ...write, expected: 1 })).not.toBeNull();
  world.clock.advance(+at(7 * 24) - +world.clock.now());
  for (const job of ['weekly', 'letters']) await world.app.runJobs(job);
  const [report] = world.workspace.messages('leadership-desk').filter(({ text }) => text.startsWith('Weekly report'));
  expect(report?.text).toContain(': 2 filed');
  expect(report?.content).toContain('Filed in North');
});

it('the digest of an admin does not pass off as all what it stopped counting at', async () => {
  for (let i = 0; i < 201; i++) await keep({ area: null, unrouted: 'SP account X is not in the directory.' });
  await until(at(8 * 24));
  expect(newestDigest(ada)?.text).toBe('Good morning: 200+ unrouted, 0 in review, 0 returned, 0 not delivered');
  expect(newestDigest(ada)?.content).toContain('… and 195+ more');
});

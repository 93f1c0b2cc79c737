import type { Actor } from '../../sandbox/workspace';
import { SYSTEM } from '../../src/domain/actor';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';

let work: CaseWork;
let dana: Actor;

beforeAll(async () => {
  const { retention, repeat_rules } = DEFAULT_POLICY;
  work = await startCaseWork({
    policy: { repeat_rules, retention: { ...retention, cases: { ...retention.cases, exception: 10 } } },
  });
  dana = work.as('dana');
});
afterAll(() => work.stop());

/** What the rule has raised about the SP and is in the records, newest first. */
const raised = async () => (await work.records.cases.bySp('ACC100', 100)).filter(({ reporter }) => reporter === SYSTEM);

/** Three negatives, and the case that they raise. */
async function raises() {
  for (const name of ['amira', 'ben', 'amira']) await work.file(work.as(name));
  await work.world.app.runJobs();
  await work.world.settled();
  const [newest] = await raised();
  if (!newest) throw new Error('Nothing was raised.');
  return newest;
}
/** Dana resolves it, and after some days its record is deleted. */
async function buried(ref: string, days = 35) {
  await work.make(dana, 'Resolve', (await work.now(ref)).card, { Outcome: 'No fault found' });
  work.world.workspace.clock.advance(days * DAY);
  await work.world.app.runJobs('purge');
}
async function lookedUp(ref: string): Promise<string> {
  const before = new Set(dana.ephemerals().map(({ ts }) => ts));
  await dana.command(`/case ${ref}`);
  return (await dana.waitForEphemeral(({ ts }) => !before.has(ts))).text;
}

it('a rule raises again after the record of what it raised before is deleted, and each stays a record of its own', async () => {
  const first = await raises();
  await buried(first.ref);
  expect(await raised()).toEqual([]);
  const second = await raises();
  expect(second.id).not.toBe(first.id);
  await buried(second.ref);
  for (const { ref } of [first, second]) expect(await lookedUp(ref)).toContain('its record was deleted');
  const third = await raises();
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
});

it('a deleted record does not let the same reports call for another', async () => {
  const [third] = await raised();
  await buried(third?.ref ?? '', 12);
  expect(await raised()).toEqual([]);
  await work.file(work.as('ben'));
  await work.world.app.runJobs();
  await work.world.settled();
  expect(await raised()).toEqual([]);
});

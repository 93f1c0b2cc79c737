import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';

const MINUTE = 60_000;
const NIGHTS = 'risk-nights';

/** A world whose Risk team is a user group, with Tom in it and not Rosa. */
let work: CaseWork;
let ref: string;
beforeAll(async () => {
  work = await startCaseWork({ userGroups: [{ handle: NIGHTS, users: ['tom'] }] });
  const { channels, userGroups } = work.world.workspace.ids;
  const policy = {
    ...DEFAULT_POLICY,
    channels: {
      ...DEFAULT_POLICY.channels,
      fallback: channels['warmline-unrouted'] ?? null,
      risk: channels['risk-desk'] ?? null,
    },
    roles: { risk: [`group:${userGroups[NIGHTS]}`] },
  };
  await work.records.directory.savePolicy(policy, 'test');
  // What the app has cached of the earlier policy is too old now.
  work.world.workspace.clock.advance(2 * MINUTE);
  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 960001');
  await amira.fill({ ...UNSAFE, 'Who is at risk': ['Public'] });
  ({ ref } = await fileReport(work.world, work.records, amira));
});
afterAll(() => work.stop());

/** How much of the case someone sees in a lookup. */
async function sees(name: string): Promise<'all of it' | 'that it exists' | 'nothing'> {
  const actor = work.as(name);
  const before = new Set(actor.ephemerals().map(({ ts }) => ts));
  await actor.command(`/case ${ref}`);
  const { content } = await actor.waitForEphemeral(({ ts }) => !before.has(ts));
  if (content.includes('Nothing you can see')) return 'nothing';
  return content.includes('need-to-know') ? 'that it exists' : 'all of it';
}

it("lets the people in a role's group read a high-risk case, and no one else", async () => {
  expect(await sees('tom')).toBe('all of it');
  expect(await sees('dana')).toBe('that it exists');
  for (const name of ['rosa', 'ben']) expect(await sees(name)).toBe('nothing');
});

it('follows who joins and leaves the group within a minute', async () => {
  work.world.workspace.setUserGroup(NIGHTS, ['rosa']);
  work.world.workspace.clock.advance(MINUTE);
  expect(await sees('rosa')).toBe('all of it');
  expect(await sees('tom')).toBe('that it exists');
});

it('lets the people of the group work on the case', async () => {
  const stored = await work.records.of(ref);
  expect(await work.make(work.as('rosa'), 'Acknowledge', cardIn(work.world, stored, 'main'))).toEqual({ closed: true });
  expect((await work.records.of(ref)).acknowledged?.by).toBe(work.as('rosa').id);
});

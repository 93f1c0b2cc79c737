import type { MessageReading } from '../../sandbox/workspace';
import { type CaseWork, HOUR, startCaseWork } from '../support/case-work';
import { openReport } from '../support/reports';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

const about = (ref: string, channel: string): MessageReading[] =>
  work.world.workspace.messages(channel).filter(({ content }) => content.includes(ref));

/** A case that escalates to leadership; returns its reference. */
async function climbed(): Promise<string> {
  const { stored } = await work.file(work.as('amira'));
  const due = stored.clocks[0]?.dueAt;
  await work.world.pass(Number(due) - +work.world.clock.now() + 3 * HOUR);
  return stored.ref;
}

it('callers who do not wait are announced in the leadership channel, or in a separate one', async () => {
  const policy = await work.records.directory.policy();
  const transfers = work.world.workspace.ids.channels.recognition ?? null;
  await work.records.directory.savePolicy({ ...policy, channels: { ...policy.channels, transfers } }, 'test');
  await work.world.pass(61_000);
  const amira = work.as('amira');
  await openReport(amira, '/leadership', 'ACC100 700099');
  await amira.fill({ 'Follow-up': 'Refuses to wait' });
  await amira.waitForModal(({ buttons }) => buttons.includes('Ping them'));
  await amira.press('Ping them');
  await amira.waitForModal(({ text }) => text.includes('claimed it yet'));
  expect(about('700099', 'recognition')).toMatchObject([{ buttons: ['Claim'] }]);
  expect(about('700099', 'leadership-desk')).toEqual([]);
  await amira.close({ all: true });
});

it('nudges that escalate to leadership go to its channel, or to a separate one', async () => {
  const first = await climbed();
  expect(about(first, 'leadership-desk')).toHaveLength(1);
  const policy = await work.records.directory.policy();
  const nudges = work.world.workspace.ids.channels['admin-review'] ?? null;
  await work.records.directory.savePolicy({ ...policy, channels: { ...policy.channels, nudges } }, 'test');
  await work.world.pass(61_000);
  const second = await climbed();
  expect(about(second, 'leadership-desk')).toEqual([]);
  expect(about(second, 'admin-review')).toHaveLength(1);
});

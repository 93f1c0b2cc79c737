import { type CaseWork, DAY, startCaseWork } from '../support/case-work';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

it('the DM that confirmed a report is deleted with its case', async () => {
  const [agent, dana] = [work.as('amira'), work.as('dana')];
  await agent.shortcut('file_sp_feedback', await agent.say('ACC100 came late for job 991001.', 'call-floor'));
  await agent.waitForModal(({ title }) => title === 'SP feedback');
  await agent.fill({
    'SJ Number': '991001',
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': ['Misdiagnosis'],
    "Details of Customer's Experience with SP": 'Late.',
  });
  expect(await agent.submit()).toEqual({ closed: true });
  const policy = await work.records.directory.policy();
  const cases = { ...policy.retention.cases, sp_feedback: 10 };
  await work.records.directory.savePolicy({ ...policy, retention: { ...policy.retention, cases } }, 'a test');
  const confirmed = () => agent.dm().filter(({ content }) => content.includes('is filed'));
  const told = await agent.waitForDm(({ content }) => content.includes('is filed'));
  const ref = /SPF-\d+/.exec(told.content)?.[0] ?? '';
  await work.make(dana, 'Resolve', (await work.now(ref)).card, { Outcome: 'Coaching given' });
  const after = async (days: number) => {
    work.world.workspace.clock.advance(days * DAY);
    await work.world.app.runJobs('purge');
    return confirmed().length;
  };
  expect([await after(9), await after(2)]).toEqual([1, 0]);
});

import type { Actor, ViewReading } from '../../sandbox/workspace';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
let records: Records;
beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  world = await startWorld({ databaseUri: way.uri, agents: 4 });
  records = await openRecords(world);
});
afterEach(() => way.slow(0));
afterAll(async () => {
  await records.close();
  await world.stop();
  await way.close();
  await database.drop();
});

const REASON = 'Reason For Feedback';
const POSITIVE = 'SP Feedback from Customer: Positive';

async function feedback(agent: Actor, sj: string): Promise<ViewReading> {
  await agent.command(`/sp-feedback ACC100 ${sj}`, 'call-floor');
  return agent.waitForModal(({ title, text }) => title === 'SP feedback' && text.includes('Ace Plumbing'));
}

it('two presses, the second before the form is drawn again, both count', async () => {
  const agent = world.workspace.as('agent1');
  await openReport(agent, '/high-risk', 'ACC100 740001');
  const { Situation: _situation, ...rest } = UNSAFE;
  // The form is slow to follow, and the agent is not.
  way.slow(300);
  await Promise.all([agent.press('Discrimination'), agent.press('Property damage')]);
  way.slow(0);
  await agent.waitForModal(({ fields }) => String(fields['Conduct involved']?.value).includes('Property damage'));
  await agent.fill(rest);
  const { answers } = await fileReport(world, records, agent);
  expect(answers.conduct).toEqual(['discrimination', 'property_damage']);
});

it('a press is in the draft, whatever happens to its window', async () => {
  const agent = world.workspace.as('agent2');
  await feedback(agent, '740002');
  await agent.press(POSITIVE);
  await agent.waitForModal(({ labels }) => labels.includes('Positive Customer Feedback'));
  const kept = async () => {
    const [draft] = await world.app.jobDeps.drafts.all(agent.id, 'sp_feedback');
    return draft?.answers.reason === 'customer_feedback' && draft.answers.customer_type === 'positive';
  };
  await until(kept, 'the draft');
});

it('a press shows the questions that follow while the store does not answer', async () => {
  const agent = world.workspace.as('agent3');
  await feedback(agent, '740003');
  world.workspace.clock.advance(2 * 60_000);
  way.slow(20_000);
  await agent.press(POSITIVE);
  const { fields } = await agent.waitForModal(({ labels }) => labels.includes('Positive Customer Feedback'));
  expect(fields[REASON]?.value).toBe(POSITIVE);
});

it("someone's first report of a kind begins with a common choice, in one press", async () => {
  const agent = world.workspace.as('agent4');
  const { buttons } = await feedback(agent, '740004');
  const often = `Often: ${POSITIVE} · On time`;
  expect(buttons).toContain(often);
  await agent.press(often);
  await agent.fill({ "Details of Customer's Experience with SP": 'Here at eight, as promised.' });
  const { answers } = await fileReport(world, records, agent);
  expect(answers).toMatchObject({ reason: 'customer_feedback', positive_customer: ['on_time'] });

  // It is offered again while the last report has nothing to offer.
  await feedback(agent, '740005');
  expect(agent.modal().buttons).toContain(`As last time: ${POSITIVE} · On time`);
  await agent.press('Recall Reassignment: Account Inactive');
  await fileReport(world, records, agent);
  await feedback(agent, '740006');
  expect(agent.modal().buttons).toContain(often);
});

it('a choice in a field counts after a press whose drawing is on its way', async () => {
  const agent = world.workspace.as('agent1');
  await openReport(agent, '/high-risk', 'ACC100 740007');
  const { Situation: _situation, ...rest } = UNSAFE;
  way.slow(300);
  await Promise.all([agent.press('Discrimination'), agent.fill({ 'Conduct involved': ['Property damage'] })]);
  way.slow(0);
  await agent.waitForModal(({ fields }) => String(fields['Conduct involved']?.value).includes('Property damage'));
  await agent.fill(rest);
  const { answers } = await fileReport(world, records, agent);
  expect(answers.conduct).toEqual(['discrimination', 'property_damage']);
});

it('the later of two single choices counts: a press, then an entry of its list', async () => {
  const agent = world.workspace.as('agent1');
  await feedback(agent, '740008');
  const last = 'Recall Reassignment: Account Inactive';
  way.slow(300);
  await Promise.all([agent.press(POSITIVE), agent.fill({ [REASON]: last })]);
  way.slow(0);
  await agent.waitForModal(({ fields }) => fields[REASON]?.value === last);
  const { answers } = await fileReport(world, records, agent);
  expect(answers).toMatchObject({ recall_reason: 'account_inactive' });
  expect(answers.customer_type).toBeUndefined();
});

it('a press on its way goes along to the form that fits better', async () => {
  const agent = world.workspace.as('agent1');
  await openReport(agent, '/high-risk', 'ACC100 740009');
  await agent.fill({ 'Who is at risk': ['SP'], 'Is anyone in danger now': 'Yes' });
  way.slow(300);
  await agent.press('Threatening and rude behavior');
  await agent.press('Continue as a provider report');
  way.slow(0);
  const { fields } = await agent.waitForModal(({ title }) => title === 'Provider report');
  expect(fields['What kind']?.value).toEqual(['Threatened']);
});

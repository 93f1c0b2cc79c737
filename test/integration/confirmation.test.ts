import type { Actor, MessageReading } from '../../sandbox/workspace';
import { cardOf, fillFeedback } from '../support/feedback';
import { refIn, submitForm } from '../support/filed';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';

/** How a filed report is confirmed, once its window has closed. */
let world: World;
let amira: Actor;
beforeAll(async () => {
  world = await startWorld();
  amira = world.workspace.as('amira');
});
afterAll(() => world.stop());
afterEach(() => world.workspace.faults.clear());

const floor = () => world.workspace.ids.channels['call-floor'];
const words = (sj: string) => (message: MessageReading) => message.text.includes(`is filed (SJ ${sj})`);
const said = (sj: string) => [...amira.dm(), ...amira.ephemerals()].filter(words(sj));

it('is shown where the command was typed, to its reporter only, with a link to the card', async () => {
  await fillFeedback(amira, '760001');
  const submission = await submitForm(amira);
  const card = await cardOf(world, '760001');
  expect(submission.told).toMatchObject({ channel: floor(), ephemeral: true });
  expect(JSON.stringify(submission.told?.blocks)).toContain(`/archives/${card.channel}/p${card.ts.replace('.', '')}`);
  expect(card.text).toContain(refIn(submission));
  expect(world.workspace.as('ben').ephemerals()).toEqual([]);
});

it('has a button for a message to the owner, who gets it by DM', async () => {
  await fillFeedback(amira, '760006');
  const { told } = await submitForm(amira);
  if (!told) throw new Error('Nothing was said.');
  await amira.press('Add a note for the owner', { in: told });
  await amira.waitForModal(({ title }) => title === 'Add note');
  await amira.fill({ Note: 'She is at work until five.' });
  expect(await amira.submit()).toEqual({ closed: true });
  const dm = await world.workspace.as('dana').waitForDm(({ content }) => content.includes('who filed this, adds:'));
  expect(dm.content).toContain('She is at work until five.');
});

it('comes by DM after a report started from a message', async () => {
  const message = await world.workspace.as('ben').say('ACC100 never came, SJ 760002', 'call-floor');
  await amira.shortcut('file_sp_feedback', message);
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
  const { told } = await submitForm(amira);
  expect(told).toMatchObject({ channel: amira.dmId(), ephemeral: false });
});

it.each([
  ['beside the command otherwise where its answer is refused', '760003', 'response_url', floor],
  ['by DM where nothing can be said beside the command', '760004', undefined, () => amira.dmId()],
])('is shown %s', async (_name, sj, method, place) => {
  await fillFeedback(amira, sj);
  const limited = { remaining: 1, retryAfterSec: 1, method: 'response_url' };
  await world.workspace.faults.set({ rateLimit: limited });
  if (!method) world.workspace.removeApp('call-floor');
  const { told } = await submitForm(amira);
  if (!method) world.workspace.inviteApp('call-floor');
  expect(told?.channel).toBe(place());
  await world.app.answered();
  await world.pass(2 * 60_000);
  expect(said(sj)).toHaveLength(1);
});

it('comes by letter if it is unknown whether it was shown', async () => {
  await fillFeedback(amira, '760005');
  await world.workspace.faults.set({ errorBefore: { remaining: 2, method: 'response_url' } });
  expect(await amira.submit()).toEqual({ closed: true });
  await cardOf(world, '760005');
  await until(() => world.logged.some((line) => line.includes('could not be confirmed at once')), 'the warning');
  expect(said('760005')).toEqual([]);
  await world.app.answered();
  await world.pass(2 * 60_000);
  expect(said('760005')).toMatchObject([{ channel: amira.dmId() }]);
});

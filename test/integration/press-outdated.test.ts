import type { Actor } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { configure, standing } from '../../src/services/configure';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { opened } from '../support/drafts';
import { attempt, exceptionForm } from '../support/exceptions';
import { type Front, frontFor, heldUpdate } from '../support/front';
import { until } from '../support/until';

let work: CaseWork;
let front: Front;
beforeAll(async () => {
  work = await startCaseWork({
    between: frontFor((made) => {
      front = made;
    }),
  });
});
afterAll(() => work.stop());
afterEach(() => front.on('views.update', null));

const as = (name: string): Actor => work.as(name);

it('a report that was deleted is not continued in another form, and whoever presses hears so', async () => {
  const { stored, confirmation } = await work.file(as('amira'), {
    negatives: ['Threats, harassment or unwanted contact'],
  });
  const connection = await connect(work.world.databaseUri, work.world.log);
  await connection.collection<{ _id: string }>('cases').deleteOne({ _id: stored.id });
  await connection.close();
  await as('amira').press('Continue as a high-risk report', { in: confirmation });
  await as('amira').waitForEphemeral(({ text }) => text.includes('is not in the records anymore'));
});

it('a draft that was discarded elsewhere is not restored, and its offer gives way to words that say so', async () => {
  const ben = as('ben');
  const summary = 'Summary for the hand-over';
  await opened(ben, 'ACC100 720061', 'leadership');
  await ben.fill({ [summary]: 'The first caller.' });
  await ben.close();
  await opened(ben, 'Nobody Plumbing 720062', 'leadership');
  await ben.waitForModal(({ buttons }) => buttons.includes('Restore'));
  await ben.openHome();
  await ben.waitForHome(({ buttons }) => buttons.includes('Discard'));
  await ben.press('Discard', { in: 'home' });
  await ben.waitForHome(({ buttons }) => !buttons.includes('Discard'));
  await ben.press('Restore');
  const told = await ben.waitForModal(({ buttons }) => !buttons.includes('Restore'));
  expect(told.text).toContain('That draft is gone');
  expect(told.fields['SJ Number']?.value).toBe('720062');
  await ben.close();
});

it('someone who declines the last cover that the window shows, and has none of their own, sees that', async () => {
  const [dana, ben] = [as('dana'), as('ben')];
  const board = async (person: Actor) => {
    await person.command('/warmline cover');
    return person.waitForModal(({ title }) => title === 'Your cover');
  };
  await board(dana);
  await dana.fill({ 'Who covers for you?': 'ben' });
  await dana.submit();
  await dana.close({ all: true });
  expect((await board(ben)).buttons).toContain('Decline');
  await ben.press('Decline');
  const after = await ben.waitForModal(({ buttons }) => !buttons.includes('Decline'));
  expect(after.text).toContain('Covers are for Area Managers');
  await ben.close();
});

it('someone who answers for no area anymore hears from the button for covers that they are not for them', async () => {
  const priya = as('priya');
  await priya.openHome();
  await priya.waitForHome(({ buttons }) => buttons.includes('Cover …'));
  const { jobDeps } = work.world.app;
  const { version } = await standing(jobDeps, 'area', 'East');
  const areaManager = as('dana').id;
  const made = await configure(jobDeps, {
    what: 'area',
    key: 'East',
    by: as('ada').id,
    expected: version,
    change: (area) => area && { ...area, areaManager },
  });
  expect(made.ok).toBe(true);
  await priya.press('Cover …', { in: 'home' });
  await priya.waitForModal(({ text }) => text.includes('Covers are for Area Managers'));
  await priya.close();
});

it('a reminder is promised in the form although an answer before it was drawn only now', async () => {
  const amira = as('amira');
  await attempt(amira, '720080');
  await exceptionForm(amira, '720080');
  await amira.waitForModal(({ buttons }) => buttons.includes('Remind me then'));
  const { release, sent } = heldUpdate(front);
  const answering = amira.fill({ 'Exception code': 'NO WORK' });
  await sent;
  await amira.press('Remind me then');
  const { letters } = work.world.app.jobDeps;
  await until(() => letters.pending(`reminder:${amira.id}:720080`), 'the reminder');
  release();
  await answering;
  await work.world.app.answered();
  expect(amira.modal().text).toContain('You get a DM');
  expect(amira.modal().buttons).not.toContain('Remind me then');
  await amira.close();
});

it('the search is changed although another page came while its button was pressed', async () => {
  const amira = as('amira');
  for (let i = 0; i < 11; i++) await work.file(amira, { sj: '720070', negatives: ['Misdiagnosis'] });
  await amira.command('/warmline search');
  await amira.waitForModal(({ labels }) => labels.includes('Words'));
  await amira.fill({ 'SJ Number': '720070' });
  await amira.submit();
  await amira.waitForModal(({ buttons }) => buttons.includes('Older ›'));
  const { release, sent } = heldUpdate(front);
  await amira.press('Older ›');
  await sent;
  await amira.press('Change the search');
  release();
  await work.world.app.answered();
  expect(amira.modal().fields['SJ Number']?.value).toBe('720070');
  await amira.close();
});

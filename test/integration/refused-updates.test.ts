import type { Actor } from '../../sandbox/workspace';
import { adminHome } from '../support/admin-home';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { type Front, frontFor, heldUpdate, refused } from '../support/front';
import { openReport } from '../support/reports';

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
afterEach(() => {
  for (const method of ['chat.update', 'views.update', 'views.open']) front.on(method, null);
});

const as = (name: string): Actor => work.as(name);

it('an agent learns who takes their caller, and the one who does, although the call cannot be changed', async () => {
  const amira = as('amira');
  await openReport(amira, '/leadership', 'ACC100 990001');
  await amira.fill({ 'Follow-up': 'Refuses to wait' });
  await amira.waitForModal(({ buttons }) => buttons.includes('Ping them'));
  await amira.press('Ping them');
  await amira.waitForModal(({ text }) => text.includes('No one has claimed it yet'));
  const call = await as('sam').waitForMessage('leadership-desk', ({ buttons }) => buttons.includes('Claim'));
  front.on('chat.update', () => refused('cant_update_message'));
  await as('sam').press('Claim', { in: call });
  await amira.waitForModal(({ text }) => /Sam Ito takes the caller/i.test(text));
  const told = await as('sam').waitForEphemeral(({ channel }) => channel === call.channel);
  expect(told.content).toContain('Sam Ito');
  expect(told.buttons).toEqual([]);
  await amira.close();
});

it('a window that was closed before its next page came is no fault to report', async () => {
  const { card } = await work.file(as('amira'));
  const dana = as('dana');
  for (let i = 0; i < 20; i++) await work.make(dana, 'Add note', card, { Note: `Note ${i}.` });
  await work.open(dana, 'Timeline', card);
  front.on('views.update', () => refused('not_found'));
  await dana.press('Earlier');
  await dana.close();
  await dana.command('/warmline preferences', 'am-west');
  await dana.waitForModal(({ buttons }) => buttons.includes('Reset to default'));
  await dana.press('Reset to default');
  await work.world.app.answered();
  expect([...dana.dm(), ...dana.ephemerals('am-west')].filter(({ text }) => text.includes('went wrong'))).toEqual([]);
});

it('a window shows what follows from its last choice, however fast it came after another', async () => {
  const { card } = await work.file(as('amira'));
  const dana = as('dana');
  await work.open(dana, 'Resolve', card);
  await dana.fill({ Outcome: 'Coaching given' });
  await work.world.app.answered();
  const right = dana.modal().labels;
  await dana.close();
  await work.open(dana, 'Resolve', card);
  const { release, sent } = heldUpdate(front);
  await dana.fill({ Outcome: 'Driver or employee banned *' });
  await sent;
  await dana.fill({ Outcome: 'Coaching given' });
  release();
  await work.world.app.answered();
  expect(dana.modal().labels).toEqual(right);
  await dana.close();
});

it('a scorecard is filled in although Slack says that its window was open already', async () => {
  const { card } = await work.file(as('amira'));
  front.on('views.open', async (_args, forward) => {
    await forward();
    return refused('duplicate_external_id');
  });
  const dana = as('dana');
  await dana.choose('Scorecard', { in: card });
  await dana.waitForModal(({ title, text }) => title === 'Scorecard' && !text.includes('Loading'));
  await dana.close();
});

it('the report of an import arrives although its message cannot be changed anymore', async () => {
  const { openAdmin, goTo, modal, ada } = adminHome(work.world.workspace);
  await openAdmin('ada');
  await goTo('ada', 'Import', 'Drop a CSV file');
  const id = ada.upload('sps.csv', 'sp_account,name,area,phone,email,status\nNEW990,New One,West,,,active');
  front.on('chat.update', () => refused('edit_window_closed'));
  await ada.press('Import a file', { in: 'home' });
  await modal('ada', 'Import a file');
  await ada.fill({ 'What it holds': 'SPs', 'CSV file': [id] });
  await ada.submit();
  const report = await ada.waitForDm(({ buttons }) => buttons.includes('Import the valid row'));
  await ada.press('Import the valid row', { in: report });
  await ada.waitForDm(({ text }) => text.startsWith('sps.csv: ') && !text.includes('would be'));
  expect(ada.dm().filter(({ text }) => text.includes('went wrong'))).toEqual([]);
});

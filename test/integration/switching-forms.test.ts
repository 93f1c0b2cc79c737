import type { Actor } from '../../sandbox/workspace';
import { type Entries, fileReport, openReport } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let nextSj = 940_000;

beforeAll(async () => {
  world = await startWorld({ timing: { settleMs: 50 } });
  records = await openRecords(world);
  amira = world.workspace.as('amira');
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

const THREATENED: Entries = {
  'Reason For Feedback': 'SP Feedback from Customer',
  'Customer Feedback Type': 'Negative',
  'Negative Customer Feedback': ['Threats, harassment or unwanted contact'],
  "Details of Customer's Experience with SP": 'He waited at the door and threatened her.',
};
const REST: Entries = { 'Who is at risk': ['Customer'], 'Is anyone in danger now': 'No' };

it('goes on from feedback to a high-risk report with everything typed, and files both, linked', async () => {
  const sj = String(nextSj++);
  await openReport(amira, '/sp-feedback', `ACC100 ${sj}`);
  const feedback = await amira.fill(THREATENED);
  expect(feedback.text).toContain('This looks high-risk.');
  await amira.press('Continue as a high-risk report');
  const form = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['SP Account Number']?.value).toBe('ACC100');
  expect(form.fields['SJ Number']?.value).toBe(sj);
  expect(form.fields['What happened']?.value).toBe('He waited at the door and threatened her.');
  expect(form.fields.Situation?.value).toEqual(['Threats or Harassment']);
  await amira.fill(REST);
  const report = await fileReport(world, records, amira, false);
  await amira.close();
  const first = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(first.fields["Details of Customer's Experience with SP"]?.value).toContain('He waited');
  const filedLater = await fileReport(world, records, amira);
  expect(filedLater.links).toEqual([{ ref: report.ref, relation: 'continued_by' }]);
  expect((await records.of(report.ref)).links).toEqual([{ ref: filedLater.ref, relation: 'continues' }]);
});

it('goes on from feedback that is filed already', async () => {
  await openReport(amira, '/sp-feedback', `ACC100 ${nextSj++}`);
  await amira.fill(THREATENED);
  const feedback = await fileReport(world, records, amira, false);
  await amira.press('Continue as a high-risk report');
  const form = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['What happened']?.value).toBe('He waited at the door and threatened her.');
  await amira.fill(REST);
  const report = await fileReport(world, records, amira);
  expect(report.links).toEqual([{ ref: feedback.ref, relation: 'continues' }]);
  expect((await records.of(feedback.ref)).links).toEqual([{ ref: report.ref, relation: 'continued_by' }]);
});

it('goes on from a high-risk report to a provider report when the SP is at risk', async () => {
  await openReport(amira, '/high-risk', `ACC100 ${nextSj++}`);
  await amira.fill({
    'Who is at risk': ['SP'],
    Situation: ['Threats or Harassment'],
    'Is anyone in danger now': 'Yes',
    'What happened': 'The customer came out with a bat.',
  });
  await amira.press('Continue as a provider report');
  const form = await amira.waitForModal(({ title }) => title === 'Provider report');
  expect(form.fields['What kind']?.value).toEqual(['Threatened']);
  expect(form.fields['What happened']?.value).toBe('The customer came out with a bat.');
  expect(form.fields['Is the SP safe now']?.value).toBe('No');
  await amira.close({ all: true });
});

it('offers no switch where nothing speaks for one', async () => {
  const ben = world.workspace.as('ben');
  const form = await openReport(ben, '/high-risk', `ACC100 ${nextSj++}`);
  expect(form.buttons.filter((text) => text.startsWith('Continue as'))).toEqual([]);
  await ben.close();
  const feedback = await openReport(ben, '/sp-feedback', `ACC100 ${nextSj++}`);
  expect(feedback.buttons.filter((text) => text.startsWith('Continue as'))).toEqual([]);
  await ben.close();
});

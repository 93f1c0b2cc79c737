import type { Actor } from '../../sandbox/workspace';
import { cardIn, type Entries, fileReport, MISTREATED, openReport } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let nextSj = 920_000;

beforeAll(async () => {
  world = await startWorld({ timing: { settleMs: 50 } });
  records = await openRecords(world);
  amira = world.workspace.as('amira');
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

async function filed(entries: Entries = {}) {
  await openReport(amira, '/provider-report', `ACC100 ${nextSj++}`);
  await amira.fill({ ...MISTREATED, ...entries });
  return fileReport(world, records, amira);
}

it('goes to the Provider Advocate channel and to no other place', async () => {
  await openReport(amira, '/provider-report', `ACC100 ${nextSj++}`);
  const form = await amira.fill(MISTREATED);
  expect(form.text).toContain('If the SP is in danger now, have them call the emergency services first.');
  expect(form.text).toContain('Goes to *the Provider Advocate channel*');
  expect(form.text).not.toContain('redacted');
  const stored = await fileReport(world, records, amira);
  const { channels, users } = world.workspace.ids;
  expect(stored.posts.map(({ channel }) => channel)).toEqual([channels['provider-advocates']]);
  expect(stored.owner).toBe(users.pat);
  const card = cardIn(world, stored, 'main');
  expect(card.content).toContain('The customer followed the technician to the car.');
  expect(world.workspace.messages('am-west')).toEqual([]);
});

it('says how urgent it is, with the reason: an SP who is not safe comes first', async () => {
  const stored = await filed({ 'Is the SP safe now': 'No' });
  expect(stored).toMatchObject({ severity: 'critical', severityReason: 'Critical because the SP is not safe now.' });
});

it('never reaches the Area Manager whom it names, not even when they try to act on it', async () => {
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'dana' });
  const dana = world.workspace.as('dana');
  expect(stored.subjects).toEqual([dana.id]);
  expect(stored.owner).not.toBe(dana.id);
  expect(dana.dm()).toEqual([]);
  await dana.openHome();
  const home = await dana.waitForHome();
  expect(home.text).not.toContain(stored.ref);
});

it('goes to an admin instead of the channel in which the person it names reads', async () => {
  const stored = await filed({
    'Who did it': 'Employee',
    'The employee in Slack': 'pat',
    'What happened': 'Pat shouted.',
  });
  const { users } = world.workspace.ids;
  expect(stored.owner).toBe(users.ada);
  expect(stored.posts.map(({ channel }) => channel)).toEqual([users.ada]);
  expect(JSON.stringify(world.workspace.messages('provider-advocates'))).not.toContain('Pat shouted.');
  expect(JSON.stringify(world.workspace.as('ada').dm())).toContain('Pat shouted.');
});

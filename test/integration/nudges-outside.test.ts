import type { Actor } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { adminHome } from '../support/admin-home';
import { type CaseWork, DAY, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
import { offeredFor } from '../support/home-rows';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

const as = (name: string): Actor => work.as(name);
/** People who answer for the case, but may not read it. */
const OUTSIDE = ['dana', 'tom', 'priya', 'ada'];
const toldOutside = ({ ref }: StoredCase) =>
  OUTSIDE.flatMap((name) => as(name).dm())
    .filter(({ content }) => content.includes(ref))
    .map(({ text, content, buttons }) => ({ text, content, buttons }));

let nextSj = 945_001;
async function filed(entries = {}): Promise<StoredCase> {
  const amira = as('amira');
  await openReport(amira, '/high-risk', `ACC100 ${nextSj++}`);
  await amira.fill({ ...UNSAFE, ...entries });
  return fileReport(work.world, work.records, amira);
}

it('a message to the Area Manager about a need-to-know case does not say who filed it', async () => {
  const [amira, dana, rosa] = [as('amira'), as('dana'), as('rosa')];
  const stored = await filed();
  const { ref } = stored;
  const filedAs = amira.ephemerals().findLast(({ text }) => text.includes(ref));
  if (!filedAs) throw new Error('Nothing was confirmed.');
  await work.make(amira, 'Add a note for the owner', filedAs, { Note: 'They called again.' });
  await work.make(rosa, 'Resolve', cardIn(work.world, stored, 'main'), { Outcome: 'Recognition sent' });
  const resolved = dmsAbout(amira, ref).findLast(({ buttons }) => buttons.includes('Dispute the outcome'));
  if (!resolved) throw new Error('Amira was not told.');
  await work.make(amira, 'Dispute the outcome', resolved, { 'What is not settled?': 'The leak is back.' });
  const told = dmsAbout(dana, ref).map(({ text, content, blocks }) => ({ text, content, blocks }));
  expect(told.map(({ text }) => text)).toEqual([`${ref}: the agent added a note`, `${ref}: disputed`]);
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`Amira|${amira.id}|called again|leak is back`));
});

it('nor does the list of cases without an area, which admins see, or what else is due', async () => {
  const amira = as('amira');
  await openReport(amira, '/high-risk', `NOBODY-9 ${nextSj++}`);
  await amira.fill({ ...UNSAFE, Situation: ['Police Involved'] });
  const { ref } = await fileReport(work.world, work.records, amira);
  const card = async () => cardIn(work.world, await work.records.of(ref), 'main');
  await work.make(as('rosa'), 'Acknowledge', await card(), {
    'Next update by': new Date(+work.world.clock.now() + 9 * HOUR),
  });
  const admin = adminHome(work.world.workspace);
  await admin.openAdmin('ada');
  const { text } = await admin.goTo('ada', 'Without an area', ref, 'Next update');
  expect(text).toContain('filed <!date');
  expect(text).not.toMatch(new RegExp(`police|${amira.id}`, 'i'));
});

it('the owner of a report whose thread they do not read gets by DM what is only named there', async () => {
  const stored = await filed();
  const rosa = as('rosa');
  const card = async () => cardIn(work.world, await work.records.of(stored.ref), 'main');
  await work.make(rosa, 'Acknowledge', await card(), {
    'Next update by': new Date(+work.world.clock.now() + 9 * HOUR),
  });
  await work.make(rosa, 'Log SP contact', await card(), {
    'Did you reach the SP?': 'Yes, reached',
    'What was said or left': 'They call back.',
    'The SP promised to get back by': new Date(+work.world.clock.now() + HOUR),
  });
  await work.world.pass(HOUR + 60_000);
  const about = (name: string) =>
    as(name)
      .dm()
      .filter(({ content }) => content.includes(stored.ref));
  expect(
    about('dana')
      .map(({ content }) => content)
      .join(),
  ).toContain('The SP promised to get back by');
});

describe('a reminder about a need-to-know case tells someone who may not read it only that something is due', () => {
  it('of a second approval', async () => {
    const stored = await filed();
    const rosa = as('rosa');
    await work.open(rosa, 'Resolve', cardIn(work.world, stored, 'main'));
    await rosa.fill({ Outcome: 'SP suspended *' });
    expect(await rosa.submit()).toEqual({ closed: true });
    const dana = as('dana');
    await dana.openHome();
    const home = await dana.waitForHome(({ text }) => text.includes(stored.ref));
    expect(offeredFor(home, stored.ref)).toContain('resolve');
    for (let days = 0; days < 4; days++) await work.world.pass(DAY / 2);
    const told = toldOutside(stored);
    expect(JSON.stringify(told)).toContain('Only people who may read the case can do it.');
    expect(JSON.stringify(told)).not.toMatch(/approv|suspen/i);
  });

  it('of a check whether the outcome worked', async () => {
    const stored = await filed();
    const rosa = as('rosa');
    await work.open(rosa, 'Resolve', cardIn(work.world, stored, 'main'));
    await rosa.fill({ Outcome: 'Coaching given', 'Check that it worked': 'In 7 days' });
    expect(await rosa.submit()).toEqual({ closed: true });
    await work.world.pass(8 * DAY);
    const told = toldOutside(stored);
    expect(JSON.stringify(told)).toContain('Only people who may read the case can do it.');
    expect(JSON.stringify(told)).not.toMatch(/worked|follow/i);
  });

  it('of a police report number, once its reporter has left', async () => {
    const stored = await filed({ Situation: ['Police Involved'] });
    work.world.workspace.deactivate('amira');
    await work.world.pass(61_000);
    for (let i = 0; i < 3; i++) await work.world.pass(3 * HOUR);
    const told = toldOutside(stored);
    expect(JSON.stringify(told)).toContain('Only people who may read the case can do it.');
    expect(JSON.stringify(told)).not.toMatch(/police/i);
  });
});

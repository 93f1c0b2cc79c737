import type { Actor } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
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
  OUTSIDE.flatMap((name) => dmsAbout(as(name), ref)).map(({ text, content, buttons }) => ({ text, content, buttons }));

let nextSj = 945_001;
async function filed(entries = {}): Promise<StoredCase> {
  const amira = as('amira');
  await openReport(amira, '/high-risk', `ACC100 ${nextSj++}`);
  await amira.fill({ ...UNSAFE, ...entries });
  return fileReport(work.world, work.records, amira);
}

describe('a reminder about a need-to-know case tells someone who may not read it only that something is due', () => {
  it('of a second approval', async () => {
    const stored = await filed();
    const rosa = as('rosa');
    await work.open(rosa, 'Resolve', cardIn(work.world, stored, 'main'));
    await rosa.fill({ Outcome: 'SP suspended *' });
    expect(await rosa.submit()).toEqual({ closed: true });
    for (let days = 0; days < 4; days++) await work.world.pass(DAY / 2);
    const told = toldOutside(stored);
    expect(JSON.stringify(told)).toContain('Only people who may read the case can do it.');
    expect(JSON.stringify(told)).not.toMatch(/approv|suspen/i);
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

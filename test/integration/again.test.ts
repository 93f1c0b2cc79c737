import type { Actor } from '../../sandbox/workspace';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';
import { fileReport, openReport, UNSAFE } from '../support/reports';

let work: CaseWork;
let amira: Actor;
beforeEach(async () => {
  work = await startCaseWork();
  amira = work.as('amira');
});
afterEach(() => work.stop());

const lastTime = (who = amira) => who.modal().buttons.find((button) => button.startsWith('As last time'));
async function file(sj: string) {
  await openReport(amira, '/high-risk', `ACC100 ${sj}`);
  await amira.fill(UNSAFE);
  return fileReport(work.world, work.records, amira);
}

describe('the choices of the last report', () => {
  it('are offered to the person who made them, for a day, and are stored as if chosen one by one', async () => {
    await openReport(amira, '/high-risk', 'ACC100 980501');
    expect(lastTime()).toBeUndefined();
    await amira.close();
    const first = await file('980502');
    await openReport(amira, '/high-risk', 'ACC100 980503');
    expect(lastTime()).toBe('As last time: Customer · Safety Issue');
    await amira.press(lastTime() ?? '');
    const { fields } = await amira.waitForModal(() => lastTime() === undefined);
    expect(fields['Is anyone in danger now']?.value).toBeNull();
    expect(fields['What happened']?.value).toBeNull();
    await amira.fill({ 'Is anyone in danger now': 'No', 'What happened': 'A loose wire.' });
    const second = await fileReport(work.world, work.records, amira);
    for (const id of ['at_risk', 'situation']) expect(second.answers[id]).toEqual(first.answers[id]);

    const ben = work.as('ben');
    await openReport(ben, '/high-risk', 'ACC100 980504');
    expect(lastTime(ben)).toBeUndefined();
    await work.world.pass(DAY + HOUR);
    await openReport(amira, '/high-risk', 'ACC100 980505');
    expect(lastTime()).toBeUndefined();
  });

  it('are not offered once one of them is made, come back if it is taken away, and can be changed', async () => {
    await file('980506');
    await openReport(amira, '/high-risk', 'ACC100 980507');
    await amira.fill({ 'Who is at risk': ['SP'] });
    await amira.waitForModal(() => lastTime() === undefined);
    await amira.fill({ 'Who is at risk': [] });
    await amira.waitForModal(() => lastTime() !== undefined);
    await amira.press(lastTime() ?? '');
    await amira.waitForModal(() => lastTime() === undefined);
    await amira.fill({ ...UNSAFE, 'Who is at risk': ['SP'] });
    const { answers } = await fileReport(work.world, work.records, amira);
    expect(answers.at_risk).toEqual(['sp']);
  });

  it('wait behind a draft, and are there again once it is discarded', async () => {
    await file('980508');
    await openReport(amira, '/high-risk', 'ACC100 980509');
    await amira.fill({ 'Who is at risk': ['SP'], 'What happened': 'Unfinished.' });
    await amira.close();
    await openReport(amira, '/high-risk', 'ACC100 980510');
    expect(lastTime()).toBeUndefined();
    await amira.press('Discard');
    await amira.waitForModal(() => lastTime() !== undefined);
  });

  it('are a day old at most, whatever was begun since', async () => {
    await file('980511');
    await work.world.pass(20 * HOUR);
    await openReport(amira, '/high-risk', 'ACC100 980512');
    await amira.fill({ 'What happened': 'Unfinished.' });
    await amira.close();
    await work.world.pass(6 * HOUR);
    await openReport(amira, '/high-risk', '');
    await amira.press('Discard');
    await amira.waitForModal(({ text }) => !text.includes('Continue your draft'));
    expect(lastTime()).toBeUndefined();
  });
});

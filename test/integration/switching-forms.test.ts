import type { MessageReading } from '../../sandbox/workspace';
import { reportWork } from '../support/report-work';
import { type Entries, fileReport, openReport } from '../support/reports';

const work = reportWork();

/** The agent's last confirmation. */
function confirmation(): MessageReading {
  const told = work.amira.ephemerals('call-floor').at(-1);
  if (!told) throw new Error('Nothing was confirmed.');
  return told;
}

const THREATENED: Entries = {
  'Reason For Feedback': 'SP Feedback from Customer: Negative',
  'Negative Customer Feedback': ['Threats, harassment or unwanted contact'],
  "Details of Customer's Experience with SP": 'He waited at the door and threatened her.',
};
const REST: Entries = { 'Who is at risk': ['Customer'], 'Is anyone in danger now': 'No' };

it('continues from feedback to a high-risk report with everything typed; no open form and no draft keeps its text', async () => {
  const sj = work.sj();
  await openReport(work.amira, '/sp-feedback', `ACC100 ${sj}`);
  const feedback = await work.amira.fill(THREATENED);
  expect(feedback.text).toContain('This looks high-risk.');
  await work.amira.press('Continue as a high-risk report');
  const form = await work.amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['SP Account Number']?.value).toBe('ACC100');
  expect(form.fields['SJ Number']?.value).toBe(sj);
  expect(form.fields['What happened']?.value).toBe('He waited at the door and threatened her.');
  expect(form.fields.Situation?.value).toEqual(['Threats or Harassment']);
  await work.amira.fill(REST);
  const report = await fileReport(work.world, work.records, work.amira, false);
  expect(report.kind).toBe('high_risk');
  expect(work.amira.modalCount).toBe(0);
  const next = await openReport(work.amira, '/sp-feedback', '');
  expect(JSON.stringify(next.blocks)).not.toContain('He waited');
  await work.amira.close();
});

it('continues from feedback that is already filed', async () => {
  await openReport(work.amira, '/sp-feedback', `ACC100 ${work.sj()}`);
  await work.amira.fill(THREATENED);
  const feedback = await fileReport(work.world, work.records, work.amira);
  await work.amira.press('Continue as a high-risk report', { in: confirmation() });
  const form = await work.amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['What happened']?.value).toBe('He waited at the door and threatened her.');
  await work.amira.fill(REST);
  const report = await fileReport(work.world, work.records, work.amira);
  expect(report.links).toEqual([{ ref: feedback.ref, relation: 'continues' }]);
  expect((await work.records.of(feedback.ref)).links).toEqual([{ ref: report.ref, relation: 'continued_by' }]);
});

it('continues from a high-risk report to a provider report if the SP is at risk, and files both, linked', async () => {
  await openReport(work.amira, '/high-risk', `ACC100 ${work.sj()}`);
  await work.amira.fill({
    'Who is at risk': ['SP'],
    Situation: ['Threats or Harassment'],
    'Is anyone in danger now': 'Yes',
    'What happened': 'The customer came out with a bat.',
  });
  await work.amira.press('Continue as a provider report');
  const form = await work.amira.waitForModal(({ title }) => title === 'Provider report');
  expect(form.fields['What kind']?.value).toEqual(['Threatened']);
  expect(form.fields['What happened']?.value).toBe('The customer came out with a bat.');
  expect(form.fields['Is the SP safe now']?.value).toBe('No');
  await work.amira.fill({ 'Who did it': 'Customer', 'When it happened': new Date(+work.world.clock.now() - 60_000) });
  const report = await fileReport(work.world, work.records, work.amira, false);
  await work.amira.waitForModal(({ title }) => title === 'High-risk report');
  const first = await fileReport(work.world, work.records, work.amira);
  expect(first.links).toEqual([{ ref: report.ref, relation: 'continued_by' }]);
  expect((await work.records.of(report.ref)).links).toEqual([{ ref: first.ref, relation: 'continues' }]);
});

it('offers no switch without a reason', async () => {
  const ben = work.world.workspace.as('ben');
  const form = await openReport(ben, '/high-risk', `ACC100 ${work.sj()}`);
  expect(form.buttons.filter((text) => text.startsWith('Continue as'))).toEqual([]);
  await ben.close();
  const feedback = await openReport(ben, '/sp-feedback', `ACC100 ${work.sj()}`);
  expect(feedback.buttons.filter((text) => text.startsWith('Continue as'))).toEqual([]);
  await ben.close();
});

describe('from an exception', () => {
  const DETAILS = 'Nobody came, and he shouted at her on the phone.';

  /** Opens the exception form about an SJ, with its details answered. */
  async function exceptionForm(sj: string) {
    await work.amira.command(`/escalate ACC100 ${sj}`, 'call-floor');
    await work.amira.waitForModal(({ title }) => title === 'Exception');
    await work.amira.fill({ 'Exception code': 'COACH', Details: DETAILS });
  }
  const toHighRisk = async (where: 'modal' | MessageReading = 'modal') => {
    await work.amira.press('Continue as a high-risk report', { in: where });
    return work.amira.waitForModal(({ title }) => title === 'High-risk report');
  };
  const RISK: Entries = { ...REST, 'Conduct involved': ['Threatening and rude behavior'] };

  it('continues at any time to a high-risk report with what fits, and is then gone', async () => {
    const sj = work.sj();
    await exceptionForm(sj);
    const form = await toHighRisk();
    expect(form.fields['SP Account Number']?.value).toBe('ACC100');
    expect(form.fields['SJ Number']?.value).toBe(sj);
    expect(form.fields['What happened']?.value).toBe(DETAILS);
    expect(form.labels).not.toContain('Exception code');
    await work.amira.fill(RISK);
    const report = await fileReport(work.world, work.records, work.amira, false);
    expect(report).toMatchObject({ kind: 'high_risk', sj, severity: 'elevated', answers: { what_happened: DETAILS } });
    expect(work.amira.modalCount).toBe(0);
  });

  it('continues once it is filed, too', async () => {
    await exceptionForm(work.sj());
    const exception = await fileReport(work.world, work.records, work.amira);
    const form = await toHighRisk(confirmation());
    expect(form.fields['What happened']?.value).toBe(DETAILS);
    await work.amira.fill(RISK);
    await work.amira.waitForModal(({ fields }) => fields.Situation?.optional === true);
    const report = await fileReport(work.world, work.records, work.amira);
    expect(report.links).toEqual([{ ref: exception.ref, relation: 'continues' }]);
    expect((await work.records.of(exception.ref)).links).toEqual([{ ref: report.ref, relation: 'continued_by' }]);
  });
});

describe('a report about someone who reads the report that it continues', () => {
  const seenByRosa = () => {
    const { workspace } = work.world;
    return JSON.stringify(workspace.messages('risk-desk').map(({ ts }) => workspace.thread('risk-desk', ts)));
  };
  /** A high-risk report, in progress, in which the SP is at risk. */
  async function atRisk() {
    await openReport(work.amira, '/high-risk', `ACC100 ${work.sj()}`);
    await work.amira.fill({
      'Who is at risk': ['SP'],
      Situation: ['Threats or Harassment'],
      'Is anyone in danger now': 'Yes',
      'What happened': 'Someone of ours shouted at them.',
    });
  }
  /** Continues it as a provider report about Rosa, who reads it. */
  async function aboutRosa(where: 'modal' | MessageReading) {
    await work.amira.press('Continue as a provider report', { in: where });
    await work.amira.waitForModal(({ title }) => title === 'Provider report');
    await work.amira.fill({ 'Who did it': 'Employee', 'When it happened': new Date(+work.world.clock.now() - 60_000) });
    await work.amira.waitForModal(({ labels }) => labels.includes('The employee in Slack'));
    await work.amira.fill({ 'The employee in Slack': 'rosa' });
    return fileReport(work.world, work.records, work.amira, false);
  }

  it('is not named on its card if it is filed first', async () => {
    await atRisk();
    const report = await aboutRosa('modal');
    await work.amira.waitForModal(({ title }) => title === 'High-risk report');
    const first = await fileReport(work.world, work.records, work.amira);
    expect(first.links).toEqual([]);
    expect((await work.records.of(report.ref)).links).toEqual([{ ref: first.ref, relation: 'continues' }]);
    expect(seenByRosa()).toContain(first.ref);
    expect(seenByRosa()).not.toContain(report.ref);
  });

  it('nor if it is filed later, and no one can link the two', async () => {
    await atRisk();
    const first = await fileReport(work.world, work.records, work.amira);
    const report = await aboutRosa(confirmation());
    expect((await work.records.of(report.ref)).links).toEqual([{ ref: first.ref, relation: 'continues' }]);
    const pat = work.world.workspace.as('pat');
    const { ref, posts } = await work.records.of(report.ref);
    const sent = posts.find(({ id }) => id === 'main')?.sent;
    const [card] = sent ? work.world.workspace.thread(sent.channel, sent.ts) : [];
    if (!card) throw new Error(`${ref} has no card.`);
    await pat.choose('Link to a case', { in: card });
    await pat.waitForModal(({ title }) => title === 'Link to a case');
    await pat.fill({ 'The other case': first.ref });
    expect((await pat.submit()).errors?.['The other case']).toContain(`${ref} names someone who must not learn of it`);
    expect(seenByRosa()).toContain(first.ref);
    expect(seenByRosa()).not.toContain(ref);
  });
});

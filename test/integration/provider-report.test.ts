import { reportWork } from '../support/report-work';
import { cardIn, type Entries, fileReport, MISTREATED, openReport } from '../support/reports';
import { openedForm } from './records';

const work = reportWork();

const filed = (entries: Entries = {}) => work.file('/provider-report', { ...MISTREATED, ...entries });

it('goes only to the Provider Advocate channel', async () => {
  const opened = await openReport(work.amira, '/provider-report', `ACC100 ${work.sj()}`);
  const banner = 'If the SP is in danger now, have them call the emergency services first.';
  expect(opened.text).toContain(banner);
  const form = await work.amira.fill(MISTREATED);
  expect(form.text).not.toContain(banner);
  expect(form.text).toContain('To *the Provider Advocate channel*');
  expect(form.text).not.toContain('redacted');
  const stored = await fileReport(work.world, work.records, work.amira);
  const { channels, users } = work.world.workspace.ids;
  expect(stored.posts.map(({ channel }) => channel)).toEqual([channels['provider-advocates']]);
  expect(stored.owner).toBe(users.pat);
  const card = cardIn(work.world, stored, 'main');
  expect(card.content).toContain('The customer followed the technician to the car.');
  expect(work.world.workspace.messages('am-west')).toEqual([]);
});

it('shows its severity with the reason: an SP who is not safe comes first', async () => {
  const stored = await filed({ 'Is the SP safe now': 'No' });
  expect(stored).toMatchObject({ severity: 'critical', severityReason: 'Critical because the SP is not safe now.' });
});

it('never reaches the Area Manager whom it names, not even if they try to act on it', async () => {
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'dana' });
  const dana = work.world.workspace.as('dana');
  expect(stored.subjects).toEqual([dana.id]);
  expect(stored.owner).not.toBe(dana.id);
  expect(dana.dm()).toEqual([]);
  await dana.openHome();
  const home = await dana.waitForHome();
  expect(home.text).not.toContain(stored.ref);
});

it('that names someone is not joined with a case on a card that they may read', async () => {
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'dana' });
  await openedForm(work.amira, `ACC100 ${stored.sj}`);
  await work.amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
  const feedback = await fileReport(work.world, work.records, work.amira);
  const pat = work.world.workspace.as('pat');
  for (const [option, field] of [
    ['Link to a case', 'The other case'],
    ['Mark duplicate', 'Duplicate of'],
  ] as const) {
    await pat.choose(option, { in: cardIn(work.world, stored, 'main') });
    await pat.waitForModal(({ title }) => title === option);
    await pat.fill({ [field]: feedback.ref });
    const { errors } = await pat.submit();
    expect(errors?.[field]).toContain(option === 'Link to a case' ? `${stored.ref} names someone` : 'need-to-know');
    await pat.close();
  }
  await work.world.settled();
  expect(JSON.stringify(work.world.workspace.thread('am-west', cardIn(work.world, feedback, 'main').ts))).not.toContain(
    'PRV-',
  );
});

it('cannot be handed to the person whom it names, who could do nothing with it', async () => {
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'dana' });
  const pat = work.world.workspace.as('pat');
  await pat.choose('Reassign', { in: cardIn(work.world, stored, 'main') });
  await pat.waitForModal(({ title }) => title === 'Reassign');
  await pat.fill({ 'Or to this person': 'dana', 'Summary for the new owner': 'Yours.' });
  expect(Object.values((await pat.submit()).errors ?? {}).join()).toContain('is about Dana Diaz: choose someone else');
  expect((await work.records.of(stored.ref)).owner).toBe(pat.id);
  await pat.close();
});

it('is not announced where the person it names reads: an admin hears of it instead', async () => {
  const { workspace } = work.world;
  workspace.addMember('leadership-desk', 'dana');
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'dana' });
  const pat = workspace.as('pat');
  await pat.choose('Escalate', { in: cardIn(work.world, stored, 'main') });
  await pat.waitForModal(({ title }) => title === 'Escalate');
  await pat.fill({ 'What do you need from leadership?': 'A decision.' });
  expect(await pat.submit()).toEqual({ closed: true });
  await workspace.as('ada').waitForDm(({ content }) => content.includes('escalates this to you'));
  for (let hour = 0; hour < 12; hour++) await work.world.pass(60 * 60_000);
  const { events } = await work.records.of(stored.ref);
  expect(events.flatMap(({ type, data }) => (type === 'nudged' ? data.to : []))).toContain('leadership');
  await workspace.as('ada').waitForDm(({ content }) => content.includes('You are told because'));
  await work.world.settled();
  expect(JSON.stringify(workspace.messages('leadership-desk'))).not.toContain(stored.ref);
});

it('raises no alarm before the admin whom it names', async () => {
  const { workspace } = work.world;
  const policy = await work.records.directory.policy();
  const roles = { ...policy.roles, admin: [workspace.ids.users.tom ?? ''] };
  await work.records.directory.savePolicy({ ...policy, roles }, 'test');
  await work.world.halt(work.world.app);
  await work.world.another();
  const stored = await filed({ 'Who did it': 'Employee', 'The employee in Slack': 'ada' });
  for (let hour = 0; hour < 26; hour++) await work.world.pass(60 * 60_000);
  const [ada, tom] = [workspace.as('ada'), workspace.as('tom')];
  await tom.waitForDm(({ content }) => content.includes(`answered ${stored.ref}`));
  expect(JSON.stringify(ada.dm())).not.toContain(stored.ref);
  for (const [admin, knows] of [
    [tom, true],
    [ada, false],
  ] as const) {
    await admin.openHome();
    await admin.waitForHome(({ buttons }) => buttons.includes('Admin'));
    await admin.press('Admin', { in: 'home' });
    await admin.waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await admin.choose('Alarms', { in: 'home', from: 'Choose what to see' });
    const home = await admin.waitForHome(({ text }) => text.includes('Oldest first.'));
    expect(home.text.includes(stored.ref)).toBe(knows);
  }
});

it('says at once who gets it if an employee is named, and accepts no future time', async () => {
  await openReport(work.amira, '/provider-report', `ACC100 ${work.sj()}`);
  const form = await work.amira.fill({ ...MISTREATED, 'Who did it': 'Employee' });
  const pat = `· <@${work.world.workspace.ids.users.pat}>`;
  expect(form.text).toContain(pat);
  await work.amira.fill({ 'The employee in Slack': 'pat', 'When it happened': new Date('2026-11-04T16:00:00Z') });
  await work.amira.waitForModal(({ text }) => !text.includes(pat));
  expect((await work.amira.submit()).errors).toEqual({
    'When it happened': expect.stringContaining('is in the future'),
  });
  await work.amira.close();
});

it('goes to an admin instead of a channel that the person it names can read', async () => {
  const stored = await filed({
    'Who did it': 'Employee',
    'The employee in Slack': 'pat',
    'What happened': 'Pat shouted.',
  });
  const { users } = work.world.workspace.ids;
  expect(stored.owner).toBe(users.ada);
  expect(stored.posts.map(({ channel }) => channel)).toEqual([users.ada]);
  expect(JSON.stringify(work.world.workspace.messages('provider-advocates'))).not.toContain('Pat shouted.');
  expect(JSON.stringify(work.world.workspace.as('ada').dm())).toContain('Pat shouted.');
});

import { formOf } from '../../src/domain/forms';
import { addToCase } from '../../src/services/add-to-case';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout, startCaseWork } from '../support/case-work';
import { cardIn, fileReport, openReport, UNSAFE } from '../support/reports';
import { quotesOf } from './records';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

describe('a report about an existing open case', () => {
  it('shows the open cases of the SJ, and adds everything typed to one of them instead of filing', async () => {
    const [amira, ben] = [work.as('amira'), work.as('ben')];
    const { stored, card } = await work.file(amira, { sj: '771001' });
    const before = await work.records.count();
    const form = await work.fill(ben, { sj: '771001', details: 'Card 4111 1111 1111 1111, and still no visit.' });
    expect(form.text).toContain(`${stored.ref}`);
    expect(form.text).toContain('same SJ');
    expect(form.text).toMatch(/open, filed \d+ min ago, with/);
    await ben.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Positive' });
    await ben.waitForModal(({ text }) => !text.includes(stored.ref));
    await ben.fill({
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Misdiagnosis'],
    });
    await ben.waitForModal(({ text }) => text.includes(stored.ref));
    await ben.press('Add to this one');
    await ben.waitForModal(({ title }) => title === `Add to ${stored.ref}`);
    expect(await ben.submit()).toEqual({ closed: true });
    const added = await ben.waitForEphemeral(({ text }) => text === `What you typed was added to ${stored.ref}.`);
    expect(added.content).toContain('You can tell the customer');
    expect(added.content).toContain('A card number was masked');

    const { stored: later } = await work.now(stored.ref);
    expect(await work.records.count()).toBe(before);
    expect(later.followers).toEqual([ben.id]);
    expect(later.notes).toHaveLength(1);
    expect(later.notes[0]).toMatchObject({ by: ben.id });
    for (const words of ['Negative Customer Feedback: Misdiagnosis', '•••• •••• •••• 1111, and still no visit.'])
      expect(later.notes[0]?.text).toContain(words);
    expect(quotesOf(work.world.workspace.thread(card.channel, card.ts).at(-1)?.blocks)).toEqual([later.notes[0]?.text]);

    await work.make(work.as('dana'), 'Acknowledge', card);
    expect(dmsAbout(ben, stored.ref).at(-1)?.text).toContain('acknowledged');
    expect(dmsAbout(amira, stored.ref).at(-1)?.text).toContain('acknowledged');
  });

  it('shows open cases of the same SP with a shared code for 7 days, and files anyway', async () => {
    const ben = work.as('ben');
    const { stored } = await work.file(work.as('amira'), { account: 'ACC200', negatives: ['Poor workmanship'] });
    const other = await work.fill(ben, { account: 'ACC200', negatives: ['Missed appointment'] });
    expect(other.text).not.toContain(stored.ref);
    await ben.fill({ 'Negative Customer Feedback': ['Poor workmanship'] });
    const form = await ben.waitForModal(({ text }) => text.includes(stored.ref));
    expect(form.text).toContain('same SP, `WORKMANSHIP`');
    expect(await ben.submit()).toEqual({ closed: true });
    await work.world.pass(7 * DAY);
    const late = await work.fill(ben, { account: 'ACC200', negatives: ['Poor workmanship'] });
    expect(late.text).not.toContain(stored.ref);
  });

  it('does not add to a case that was closed meanwhile, and keeps the form', async () => {
    const ben = work.as('ben');
    const { stored, card } = await work.file(work.as('amira'), { sj: '771003' });
    await work.fill(ben, { sj: '771003', details: 'Kept.' });
    await work.make(work.as('dana'), 'Resolve', card, { Outcome: 'No fault found' });
    await ben.press('Add to this one');
    await ben.waitForModal(({ title }) => title === `Add to ${stored.ref}`);
    expect((await ben.submit()).errors?.['SJ Number']).toContain(`${stored.ref} was closed in the meantime`);
    await ben.press('File another instead');
    const back = await ben.waitForModal(({ title }) => title === 'SP feedback');
    expect(Object.values(back.fields).map(({ value }) => value)).toContain('Kept.');
    expect(await ben.submit()).toEqual({ closed: true });
  });

  it('adds what is there so far; with internal feedback, there is no one on the line to tell', async () => {
    const [amira, ben] = [work.as('amira'), work.as('ben')];
    await amira.command('/sp-feedback ACC100 771004', 'call-floor');
    await amira.fill({
      'Reason For Feedback': 'SP Internal Feedback: Positive',
      'Positive Internal Feedback': ['Fair cost'],
      'Details of Internal Experience with SP': 'As quoted.',
    });
    const stored = await fileReport(work.world, work.records, amira);
    await ben.command('/sp-feedback ACC100 771004', 'call-floor');
    await ben.waitForModal(({ buttons }) => buttons.includes('Add to this one'));
    await ben.press('Add to this one');
    await ben.waitForModal(({ title }) => title === `Add to ${stored.ref}`);
    expect(await ben.submit()).toEqual({ closed: true });
    const added = await ben.waitForEphemeral(({ text }) => text === `What you typed was added to ${stored.ref}.`);
    expect(added.content).toContain('no one on the line needs to know');
  });
});

describe('a need-to-know report', () => {
  it('is not added to an open case, which people without access read', async () => {
    const [amira, ben] = [work.as('amira'), work.as('ben')];
    const { stored } = await work.file(amira, { sj: '771006' });
    await openReport(ben, '/high-risk', 'ACC100 771006');
    const form = await ben.fill({ ...UNSAFE, 'What happened': 'He came with a knife.' });
    expect(form.text).not.toContain(stored.ref);
    await ben.close();
    const answers = { sj: '771006', what_happened: 'He came with a knife.' };
    const addition = { ref: stored.ref, form: formOf('high_risk'), answers, by: ben.id, key: 'VOLDWINDOW' };
    const added = await addToCase(work.world.app.jobDeps, addition);
    expect(added).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`People without access read ${stored.ref}`),
    });
    expect((await work.now(stored.ref)).stored).toMatchObject({ notes: [], followers: [] });
  });
});

describe('two cards about one matter', () => {
  it("Mark duplicate: the other one continues, and this one's reporter hears from there", async () => {
    const [ben, dana] = [work.as('ben'), work.as('dana')];
    const survivor = await work.file(work.as('amira'));
    const duplicate = await work.file(ben);
    const entries = { 'Duplicate of': survivor.stored.ref.toLowerCase() };
    expect(await work.make(dana, 'Mark duplicate', duplicate.card, entries)).toEqual({ closed: true });
    const { stored: gone } = await work.now(duplicate.stored.ref);
    const { stored: on } = await work.now(survivor.stored.ref);
    expect(gone).toMatchObject({ state: 'void', links: [{ ref: on.ref, relation: 'duplicate_of' }] });
    expect(on).toMatchObject({ links: [{ ref: gone.ref, relation: 'has_duplicate' }], followers: [ben.id] });
    expect(dmsAbout(ben, on.ref).at(-1)?.content).toContain('is a duplicate of this case');
    await work.make(dana, 'Resolve', survivor.card, { Outcome: 'Coaching given' });
    expect(dmsAbout(ben, on.ref).at(-1)?.text).toContain('resolved, Coaching given');
  });

  it('offers the open cases of the same SJ and SP, and takes the chosen one', async () => {
    const dana = work.as('dana');
    const survivor = await work.file(work.as('amira'));
    const duplicate = await work.file(work.as('ben'));
    const window = await work.open(dana, 'Mark duplicate', duplicate.card);
    const offered = window.fields['Open cases of the same SJ or SP']?.options ?? [];
    expect(offered.some((one) => one.startsWith(duplicate.stored.ref))).toBe(false);
    const choice = offered.find((one) => one.startsWith(survivor.stored.ref));
    await dana.fill({ 'Open cases of the same SJ or SP': choice ?? '' });
    expect(await dana.submit()).toEqual({ closed: true });
    expect((await work.now(duplicate.stored.ref)).stored.state).toBe('void');
  });

  it.each([
    ['itself', (own: string) => own, 'is this case'],
    ['an unknown one', () => 'SPF-999999', 'There is no case SPF-999999 that you can see'],
    ['what is no reference', () => 'the other one', 'Type a reference such as SPF-000123.'],
  ])('Mark duplicate refuses %s, at the field', async (_what, refOf, words) => {
    const { stored, card } = await work.file(work.as('amira'));
    const refused = await work.make(work.as('dana'), 'Mark duplicate', card, { 'Duplicate of': refOf(stored.ref) });
    expect(refused.errors?.['Duplicate of']).toContain(words);
    expect((await work.now(stored.ref)).stored).toMatchObject({ state: 'open', links: [] });
  });

  it('Mark duplicate refuses a closed case, and names the one that continues', async () => {
    const dana = work.as('dana');
    const [a, b, c] = [
      await work.file(work.as('amira')),
      await work.file(work.as('amira')),
      await work.file(work.as('ben')),
    ];
    await work.make(dana, 'Mark duplicate', a.card, { 'Duplicate of': b.stored.ref });
    const refused = await work.make(dana, 'Mark duplicate', c.card, { 'Duplicate of': a.stored.ref });
    expect(refused.errors?.['Duplicate of']).toContain(`is itself a duplicate of ${b.stored.ref}`);
    await dana.close();
    await work.make(dana, 'Resolve', b.card, { Outcome: 'Coaching given' });
    const closed = await work.make(dana, 'Mark duplicate', c.card, { 'Duplicate of': b.stored.ref });
    expect(closed.errors?.['Duplicate of']).toContain(`${b.stored.ref} is closed.`);
    expect((await work.now(b.stored.ref)).stored.followers).toEqual([]);
  });

  it('each marked as the other’s duplicate at once: at least one continues', async () => {
    const [dana, tom] = [work.as('dana'), work.as('tom')];
    const [a, b] = [await work.file(work.as('amira')), await work.file(work.as('ben'))];
    await work.open(dana, 'Mark duplicate', a.card);
    await work.open(tom, 'Mark duplicate', b.card);
    await dana.fill({ 'Duplicate of': b.stored.ref });
    await tom.fill({ 'Duplicate of': a.stored.ref });
    await Promise.all([dana.submit(), tom.submit()]);
    const states = [(await work.now(a.stored.ref)).stored.state, (await work.now(b.stored.ref)).stored.state];
    expect(states).toContain('open');
  });

  it('Link to a case: each card names the other, once', async () => {
    const dana = work.as('dana');
    const [a, b] = [await work.file(work.as('amira')), await work.file(work.as('ben'))];
    for (const _twice of [1, 2]) await work.make(dana, 'Link to a case', a.card, { 'The other case': b.stored.ref });
    const [one, two] = [await work.now(a.stored.ref), await work.now(b.stored.ref)];
    expect(one.stored).toMatchObject({ state: 'open', links: [{ ref: b.stored.ref, relation: 'related' }] });
    expect(two.stored).toMatchObject({ state: 'open', links: [{ ref: a.stored.ref, relation: 'related' }] });
    expect(one.card.content).toContain(`see ${b.stored.ref}`);
    expect(two.card.content).toContain(`see ${a.stored.ref}`);
  });
});

describe('need-to-know cases among them', () => {
  const unsafe = async (sj: string): Promise<StoredCase> => {
    await openReport(work.as('amira'), '/high-risk', `ACC100 ${sj}`);
    await work.as('amira').fill(UNSAFE);
    return fileReport(work.world, work.records, work.as('amira'));
  };
  const card = (stored: StoredCase, post: string) => cardIn(work.world, stored, post);
  let one: StoredCase;
  let two: StoredCase;
  beforeAll(async () => {
    one = await unsafe('772001');
    two = await unsafe('772002');
  });

  it.each(['Mark duplicate', 'Link to a case'])('%s refuses one that the person may not read', async (button) => {
    const dana = work.as('dana');
    const field = button === 'Link to a case' ? 'The other case' : 'Duplicate of';
    const feedback = await work.file(work.as('amira'));
    for (const on of [feedback.card, card(one, 'area')]) {
      const refused = await work.make(dana, button, on, { [field]: two.ref });
      expect(refused.errors?.[field]).toBe(`There is no case ${two.ref} that you can see. Check the reference.`);
      await dana.close();
    }
    for (const ref of [feedback.stored.ref, one.ref, two.ref])
      expect((await work.now(ref)).stored).toMatchObject({ state: 'open', links: [], followers: [] });
  });

  it('Mark duplicate refuses to merge one into a case that is not need-to-know', async () => {
    const dana = work.as('dana');
    const { stored: feedback } = await work.file(work.as('amira'));
    const refused = await work.make(dana, 'Mark duplicate', card(one, 'area'), { 'Duplicate of': feedback.ref });
    expect(refused.errors?.['Duplicate of']).toContain(
      `${one.ref} is need-to-know and cannot be merged into ${feedback.ref}`,
    );
    await dana.close();
    expect((await work.now(one.ref)).stored.state).toBe('open');
  });

  it('Mark duplicate joins two for someone who reads both', async () => {
    const made = await work.make(work.as('rosa'), 'Mark duplicate', card(one, 'main'), { 'Duplicate of': two.ref });
    expect(made).toEqual({ closed: true });
    expect((await work.now(one.ref)).stored.state).toBe('void');
    expect((await work.now(two.ref)).stored.links).toEqual([{ ref: one.ref, relation: 'has_duplicate' }]);
  });

  it('a need-to-know case that takes over an open one tells its reporter that it is resolved, and not how', async () => {
    const [dana, ben, rosa] = [work.as('dana'), work.as('ben'), work.as('rosa')];
    const policy = await work.records.directory.policy();
    const risk = [...(policy.roles.risk ?? []), dana.id];
    await work.records.directory.savePolicy({ ...policy, roles: { ...policy.roles, risk } }, 'test');
    await work.world.halt(work.world.app);
    await work.world.another();
    const feedback = await work.file(ben);
    expect(await work.make(dana, 'Mark duplicate', feedback.card, { 'Duplicate of': two.ref })).toEqual({
      closed: true,
    });
    const outcome = { Outcome: 'Customer made whole', 'What the agent can tell the customer': 'It was paid.' };
    await work.open(rosa, 'Resolve', card(two, 'main'));
    await rosa.fill({ Outcome: outcome.Outcome });
    await rosa.waitForModal(({ labels }) => labels.length > 3);
    await rosa.fill({ ...outcome, Amount: '100' });
    expect(await rosa.submit()).toEqual({ closed: true });
    await work.world.settled();
    const told = dmsAbout(ben, two.ref).at(-1);
    expect(told?.text).toBe(`${two.ref}: resolved`);
    expect(JSON.stringify(dmsAbout(ben, two.ref))).not.toMatch(/made whole|was paid/);
    expect(JSON.stringify(dmsAbout(work.as('amira'), two.ref))).toMatch(/made whole/);
  });
});

import type { Actor, ViewReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { storedAfter, storedCase } from '../support/cases';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let work: CaseWork;
let amira: Actor;
let dana: Actor;
let tom: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  work = await startCaseWork({ databaseUri: way.uri });
  amira = work.as('amira');
  dana = work.as('dana');
  tom = work.as('tom');
});
afterAll(async () => {
  await work.stop();
  await way.close();
  await database.drop();
});

const home = async (actor: Actor): Promise<ViewReading> => {
  await actor.openHome();
  return actor.waitForHome();
};

describe('the Home of an agent', () => {
  it('says what to do first, has a button for every form, and opens one', async () => {
    const { text, buttons } = await home(amira);
    expect(text).toContain('Nothing yet. Press a button above');
    expect(buttons).toEqual(
      expect.arrayContaining(['SP feedback', 'Exception', 'High-risk report', 'Leadership concern', 'Provider report']),
    );
    await amira.press('SP feedback', { in: 'home' });
    const form = await amira.waitForModal();
    expect(form.title).toBe('SP feedback');
    await amira.fill({ 'SP Account Number': 'ACC100', 'SJ Number': '970001' });
    await amira.close();
    const drafted = await amira.waitForHome(({ text: shown }) => shown.includes('Continue a draft'));
    expect(drafted.text).toMatch(/SP feedback.*SP ACC100.*SJ 970001/);
    await amira.press('Continue', { in: 'home' });
    const again = await amira.waitForModal(({ text: shown }) => shown.includes('Continue your draft'));
    expect(again.fields['SJ Number']?.value).toBe('970001');
    await amira.close();
    await amira.press('Discard', { in: 'home' });
    const discarded = await amira.waitForHome(({ text: shown }) => !shown.includes('Continue a draft'));
    expect(discarded.text).not.toContain('970001');
    await amira.press('Your preferences …', { in: 'home' });
    expect((await amira.waitForModal()).fields).toHaveProperty(['Quiet hours from']);
    await amira.close();
  });

  it('shows what the review asks, and takes the answer', async () => {
    const [clerk, now] = [work.as('ben'), work.world.clock.now()];
    const base = storedCase('009100', now, { kind: 'exception', state: 'in_review', reporter: clerk.id });
    const asked = { type: 'return_to_agent', question: 'Which unit was it?' } as const;
    await work.records.cases.insert({ ...storedAfter(base, asked, now, { actor: work.as('ada').id }), outbox: [] });
    await clerk.openHome();
    const shown = await clerk.waitForHome(({ text }) => text.includes('A question for you'));
    expect(shown.text).toContain('Which unit was it?');
    await clerk.press('Answer', { in: 'home' });
    await clerk.waitForModal(({ title }) => title === 'Answer');
    await clerk.fill({ 'Which unit was it?': 'The one upstairs.' });
    expect(await clerk.submit()).toEqual({ closed: true });
    await clerk.waitForHome(({ text }) => text.includes(base.ref) && !text.includes('A question for you'));
    expect((await work.records.of(base.ref)).state).toBe('in_review');
  });

  it('is redrawn when someone acts on one of their reports, and offers to dispute the outcome', async () => {
    const { stored, card } = await work.file(amira);
    await amira.waitForHome(({ text }) => text.includes(stored.ref));
    await work.make(dana, 'Acknowledge', card);
    await amira.waitForHome(({ text }) => text.includes(stored.ref) && text.includes('acknowledged'));
    await work.make(dana, 'Resolve', (await work.now(stored.ref)).card, {
      Outcome: 'Coaching given',
      'What the agent can tell the customer': 'A new visit is booked.',
    });
    const shown = await amira.waitForHome(({ text }) => text.includes('Coaching given'));
    expect(shown.text).toContain('A new visit is booked.');
    await amira.press('Dispute', { in: 'home' });
    await amira.waitForModal();
    await amira.fill({ 'What is not settled?': 'Nobody came.' });
    expect(await amira.submit()).toEqual({ closed: true });
    await amira.waitForHome(({ buttons }) => !buttons.includes('Dispute'));
    expect((await work.now(stored.ref)).stored.state).toBe('open');
  });
});

describe('the Home of an Area Manager', () => {
  const filed: string[] = [];

  beforeAll(async () => {
    const now = work.world.clock.now();
    for (let i = 0; i < 12; i++) {
      const base = storedCase(`0090${String(i).padStart(2, '0')}`, new Date(+now - (12 - i) * MINUTE), {
        area: 'East',
        owner: work.as('priya').id,
        reporter: amira.id,
        sp: { account: 'ACC200', name: 'Bolt Electric' },
      });
      await work.records.cases.insert({ ...base, outbox: [] });
      filed.push(base.ref);
    }
  });

  it('shows what is due first, a page at a time, filtered as they like, and where they left it', async () => {
    const priya = work.as('priya');
    await priya.openHome();
    const first = await priya.waitForHome(({ text }) => text.includes('1–10 of 12'));
    expect(filed.filter((ref) => first.text.includes(ref))).toEqual(filed.slice(0, 10));
    expect(first.text).toContain('12 open');
    await priya.press('Next ›', { in: 'home' });
    const second = await priya.waitForHome(({ text }) => text.includes('11–12 of 12'));
    expect(filed.filter((ref) => second.text.includes(ref))).toEqual(filed.slice(10));

    await priya.choose('Exception', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('Nothing that you answer for matches these filters'));
    await priya.press('My reports', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('has a button for every report'));
    await priya.press('My desk', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('Nothing that you answer for matches these filters'));
    await priya.press('Clear filters', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('1–10 of 12'));

    await priya.press('SP …', { in: 'home' });
    await priya.waitForModal(({ title }) => title === 'Filter by SP');
    await priya.fill({ 'SP name or account number': 'nobody of that name' });
    await priya.submit();
    await priya.waitForHome(({ buttons }) => buttons.includes('SP: nobody of that name'));
    await priya.press('SP: nobody of that name', { in: 'home' });
    await priya.waitForModal(({ title }) => title === 'Filter by SP');
    await priya.fill({ 'SP name or account number': 'olt elec' });
    await priya.submit();
    await priya.waitForHome(({ text, buttons }) => buttons.includes('SP: olt elec') && text.includes('1–10 of 12'));
    await priya.press('Clear filters', { in: 'home' });
    await priya.waitForHome(({ buttons }) => buttons.includes('SP …'));
  });

  it('offers what can be done on the row, and shows it done', async () => {
    const priya = work.as('priya');
    const [ref = ''] = filed;
    const row = (label: string) => ({ in: 'home' as const, from: label });
    await priya.openHome();
    await priya.waitForHome(({ text }) => text.includes(ref));
    const words = priya.dm().length;
    await priya.choose('Acknowledge', row('case_more'));
    await until(async () => (await work.records.of(ref)).state === 'acknowledged', 'the acknowledgment');
    expect(priya.modalCount).toBe(0);
    expect(priya.dm().length).toBe(words);
    // Its next update is far in the future: it went to the end of the queue, and the result is shown there.
    await priya.press('Next ›', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('11–12 of 12') && text.includes(ref));
    await priya.choose('Change next update', { in: 'home' });
    await priya.waitForModal(({ title, text }) => title === 'Change next update' && text.includes(ref));
    await priya.fill({ 'Next update by': new Date(+work.world.clock.now() + 3 * DAY).toISOString() });
    expect(await priya.submit()).toEqual({ closed: true });
    await priya.choose('Acknowledge', row('case_more'));
    await priya.waitForHome(({ text }) => text.includes('11–12 of 12') && text.match(/acknowledged/g)?.length === 2);
    await priya.press('‹ Back', { in: 'home' });
    await priya.waitForHome(({ text }) => text.includes('1–10 of 12'));
  });

  it('acknowledges several at once, and says which one was not and why', async () => {
    const priya = work.as('priya');
    const [, taken = ''] = filed;
    await priya.openHome();
    await priya.waitForHome(({ text }) => text.includes(taken));
    await priya.press('Acknowledge …', { in: 'home' });
    const window = await priya.waitForModal(({ title }) => title === 'Acknowledge (several)');
    expect(window.fields['On this page']?.value).toHaveLength(10);
    const confirmation = await priya.submit();
    expect(confirmation.updated?.title).toBe('Acknowledge 10 cases');
    expect(confirmation.updated?.text).toContain('10 cases will be acknowledged by you');

    const admin = work.as('ada');
    await admin.openHome();
    await admin.waitForHome(({ text }) => text.includes('Nothing waits for you'));
    await admin.choose("Everyone's", { in: 'home' });
    await admin.waitForHome(({ text }) => text.includes(taken));
    await admin.choose('Acknowledge', { in: 'home', from: 'case_more' });
    await until(async () => (await work.records.of(taken)).state === 'acknowledged', 'the acknowledgment');
    await priya.submit();
    const report = await priya.waitForModal(({ text }) => text.includes('for these reasons'));
    expect(report.text).toContain('9 cases acknowledged');
    expect(report.text).toMatch(new RegExp(`${taken}.*already acknowledged`));
    await priya.close();
    await priya.waitForHome(({ text }) => (text.match(/Next update/g) ?? []).length >= 9);
  });

  it('snoozes, notes and resolves several at once, and says which were refused and why', async () => {
    const priya = work.as('priya');
    await priya.openHome();
    const several = async (button: string, entries: Record<string, string>) => {
      await priya.waitForHome(({ buttons }) => buttons.includes(`${button} …`));
      await priya.press(`${button} …`, { in: 'home' });
      const window = await priya.waitForModal(({ title }) => title === `${button} (several)`);
      const options = (window.fields['On this page']?.options ?? []).slice(0, 2);
      await priya.fill({ ...entries, 'On this page': options });
      const { updated } = await priya.submit();
      return { text: updated?.text ?? '', refs: options.flatMap((one) => /(EXC|SPF)-\d+/.exec(one)?.[0] ?? []) };
    };
    const noted = await several('Add note', { Note: 'The road is closed.' });
    expect(noted.text).toContain('2 cases will get this note:');
    await priya.submit();
    await priya.waitForModal(({ text }) => text.includes('2 cases noted.'));
    await priya.close();
    for (const ref of noted.refs)
      expect((await work.now(ref)).stored.notes.at(-1)).toMatchObject({ text: 'The road is closed.' });

    const slept = await several('Snooze', { Reason: 'The road is closed.' });
    expect(slept.text).toContain('2 cases will be snoozed until');
    await priya.submit();
    await priya.waitForModal(({ text }) => text.includes('2 cases snoozed.'));
    await priya.close();
    for (const ref of slept.refs) expect((await work.now(ref)).stored.state).toBe('snoozed');

    const closed = await several('Resolve', { Outcome: 'Coaching given' });
    expect(closed.text).toContain('2 cases will be resolved by you: Coaching given');
    const [first = '', second = ''] = closed.refs;
    const { card } = await work.now(first);
    await work.make(work.as('ada'), 'Void', card, { 'Why was it filed by mistake?': 'Filed twice.' });
    await priya.submit();
    const report = await priya.waitForModal(({ text }) => text.includes('for these reasons'));
    expect(report.text).toContain('1 case resolved');
    expect((await work.now(second)).stored.resolution?.on).toMatch(/^2026-11-0\d$/);
    expect(report.text).toContain(first);
    await priya.close();
  });

  it('hands several over at once', async () => {
    const priya = work.as('priya');
    await priya.openHome();
    await priya.waitForHome(({ buttons }) => buttons.includes('Reassign …'));
    await priya.press('Reassign …', { in: 'home' });
    const window = await priya.waitForModal(({ title }) => title === 'Reassign (several)');
    const [choice = ''] = window.fields['On this page']?.options ?? [];
    await priya.fill({
      'To the Area Manager of': 'West',
      'Summary for the new owner': 'Moved with the SP.',
      'On this page': [choice],
    });
    expect((await priya.submit()).updated?.text).toContain('1 case will go to');
    await priya.submit();
    await priya.waitForModal(({ text }) => text.includes('1 case reassigned.'));
    await priya.close();
    const ref = /EXC-\d+|SPF-\d+/.exec(choice)?.[0] ?? '';
    expect((await work.now(ref)).stored).toMatchObject({ owner: dana.id, area: 'West' });

    await tom.openHome();
    const deputy = await tom.waitForHome(({ text }) => text.includes(ref));
    expect(deputy.fields.Whose).toMatchObject({ options: ['Mine', 'All I answer for'] });
  });
});

it('shows only that a need-to-know case exists, and its text to people who may read it', async () => {
  const { world, records } = work;
  await openReport(amira, '/high-risk', 'ACC100 970900');
  await amira.fill({ ...UNSAFE, 'What happened': 'A zebrafinch escaped.' });
  const { ref } = await fileReport(world, records, amira);
  const [rosa, ben] = [work.as('rosa'), work.as('ben')];
  for (const actor of [dana, rosa, ben]) await actor.openHome();

  const seen = await dana.waitForHome(({ text }) => text.includes(ref));
  expect(seen.text).toContain('details are need-to-know');
  expect(JSON.stringify(seen.blocks)).not.toMatch(/zebrafinch|970900/);
  const read = await rosa.waitForHome(({ text }) => text.includes(ref));
  expect(read.text).toContain('970900');
  expect((await ben.waitForHome(({ text }) => text.includes('Start a report'))).text).not.toContain(ref);

  await dana.press('SP …', { in: 'home' });
  await dana.waitForModal(({ title }) => title === 'Filter by SP');
  await dana.fill({ 'SP name or account number': 'ACC1' });
  await dana.submit();
  const narrowed = await dana.waitForHome(({ buttons }) => buttons.includes('SP: ACC1'));
  expect(narrowed.text).not.toContain(ref);
});

it('says within three seconds that it could not be read, and shows it when requested again', async () => {
  const held = way.hold('breaksAt');
  await tom.openHome();
  await held;
  await tom.waitForHome(({ buttons }) => buttons.includes('Try again'), 3000);
  way.release();
  await tom.press('Try again', { in: 'home' });
  await tom.waitForHome(({ text }) => text.includes('Yours to answer'));
});

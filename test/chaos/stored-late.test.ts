import { once } from 'node:events';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { moveAll } from '../../src/services/bulk';
import { createLateNews } from '../../src/services/late-news';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { until } from '../support/until';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let work: CaseWork;
beforeAll(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
  work = await startCaseWork({ databaseUri: way.uri });
});
afterEach(() => way.release());
afterAll(async () => {
  await work.stop();
  await way.close();
  await database.drop();
});

/** Submits a window while the store holds requests with this text; the window says that it could not be stored. */
async function late(person: Actor, text: string): Promise<void> {
  const held = way.hold(text);
  const submission = person.submit();
  await held;
  expect(Object.values((await submission).errors ?? {}).join()).toContain('could not save');
  way.release();
}
const told = (person: Actor, what: string) => person.waitForDm(({ text }) => text === `Saved after all: ${what}`);
const count = (person: Actor, what: string) =>
  person.dm().filter(({ text }) => text === `Saved after all: ${what}`).length;

describe('a person who was told that something could not be stored is told, once, that it was', () => {
  it('their preferences', async () => {
    const dana = work.as('dana');
    await dana.command('/warmline preferences');
    await dana.waitForModal();
    await dana.fill({ 'Quiet hours from': '22:00', 'Quiet hours until': '06:00' });
    await late(dana, 'quiet');
    expect((await told(dana, 'your preferences')).content).toContain('do not need to do it again');
    expect((await dana.submit()).updated?.text).toContain('Kept.');
    await dana.close({ all: true });
    await work.world.pass(60_000);
    expect(count(dana, 'your preferences')).toBe(1);
  });

  it('a request for a cover, which is asked once, about the first choice', async () => {
    const dana = work.as('dana');
    await dana.command('/warmline cover');
    await dana.waitForModal();
    await dana.fill({ 'Who covers for you?': 'tom', 'First day': '2026-11-03', 'Last day': '2026-11-04' });
    await late(dana, 'setOnInsert');
    await told(dana, 'your request for a cover');
    await dana.fill({ 'Who covers for you?': 'priya' });
    const { errors } = await dana.submit();
    expect(errors?.['Who covers for you?']).toContain('Your first request was saved after all');
    await dana.fill({ 'Who covers for you?': 'tom' });
    expect((await dana.submit()).updated?.text).toContain('has been asked to cover');
    await dana.close({ all: true });
    await work.world.pass(0);
    expect(
      work
        .as('tom')
        .dm()
        .filter(({ content }) => content.includes('asks you to cover')),
    ).toHaveLength(1);
    expect(
      work
        .as('priya')
        .dm()
        .filter(({ content }) => content.includes('asks you to cover')),
    ).toEqual([]);
  });

  it('an attempt to reach the SP; a correction meanwhile is a separate attempt', async () => {
    const amira = work.as('amira');
    await amira.command('/sp-contact 777001');
    await amira.waitForModal(({ title }) => title === 'SP contact');
    await amira.fill({ 'Did you reach the SP?': 'No', 'What did you leave?': ['Note left on the job'] });
    await late(amira, 'insert');
    await told(amira, 'the attempt to reach the SP of SJ 777001');
    await amira.fill({ 'What did you leave?': ['Voicemail left'] });
    expect((await amira.submit()).updated).not.toBeNull();
    await amira.close({ all: true });
    const attempts = await work.world.app.jobDeps.contacts.ofSj('777001');
    expect(attempts.map(({ voicemail }) => voicemail)).toEqual([false, true]);
  });

  it('a note; what was changed in it meanwhile is offered as another note', async () => {
    const dana = work.as('dana');
    const { stored, card } = await work.file(work.as('amira'));
    await work.open(dana, 'Add note', card);
    await dana.fill({ Note: 'Gate code 12.' });
    await late(dana, 'Gate code 12.');
    await until(async () => (await work.now(stored.ref)).stored.notes.length === 1, 'the note');
    await dana.fill({ Note: 'Gate code 21, not the other way round.' });
    const { updated } = await dana.submit();
    expect(updated?.text).toContain('It was saved after all, as you had entered it before');
    expect(updated?.fields.Note?.value).toBe('Gate code 21, not the other way round.');
    expect(await dana.submit()).toEqual({ closed: true });
    const { notes } = (await work.now(stored.ref)).stored;
    expect(notes.map(({ text }) => text)).toEqual(['Gate code 12.', 'Gate code 21, not the other way round.']);
  });

  it('an outcome; another one chosen meanwhile does not seem to be saved', async () => {
    const dana = work.as('dana');
    const { stored, card } = await work.file(work.as('amira'));
    await work.open(dana, 'Resolve', card);
    await dana.fill({ Outcome: 'No fault found', 'What the agent can tell the customer': 'It works.' });
    await late(dana, 'no_fault_found');
    await until(async () => (await work.now(stored.ref)).stored.state === 'resolved', 'the outcome');
    await dana.fill({ Outcome: 'SP to return' });
    expect((await dana.submit()).updated?.text).toContain('It was saved after all, as you had entered it before');
    await dana.close({ all: true });
    expect((await work.now(stored.ref)).stored.resolution?.outcome).toBe('no_fault_found');
  });

  it('an addition to a case; a correction of it meanwhile is a note of its own', async () => {
    const ben = work.as('ben');
    const { stored } = await work.file(work.as('amira'), { sj: '777090' });
    await work.fill(ben, { sj: '777090', details: 'Came at nine.' });
    await ben.waitForModal(({ text }) => text.includes(stored.ref));
    await ben.press('Add to this one');
    await ben.waitForModal(({ title }) => title === `Add to ${stored.ref}`);
    const held = way.hold('From a SP feedback form');
    const submission = ben.submit();
    await held;
    expect(Object.values((await submission).errors ?? {}).join()).toContain('could not save');
    way.release();
    await until(async () => (await work.now(stored.ref)).stored.notes.length === 1, 'the note');
    await ben.waitForDm(({ text }) => text === `${stored.ref}: “Add note” was done after all`);
    await ben.fill({ "Details of Customer's Experience with SP": 'Came at ten.' });
    expect(await ben.submit()).toEqual({ closed: true });
    const { notes } = (await work.now(stored.ref)).stored;
    expect(notes.map(({ text }) => /Came at \w+/.exec(text)?.[0])).toEqual(['Came at nine', 'Came at ten']);
  });

  it('a window of Home, which then shows it', async () => {
    const ada = work.as('ada');
    await ada.openHome();
    await ada.waitForHome(({ buttons }) => buttons.includes('Admin'));
    await ada.press('Admin', { in: 'home' });
    await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await ada.choose('Areas', { in: 'home', from: 'Choose what to see' });
    await ada.waitForHome(({ text }) => text.includes('Areas (2)'));
    await ada.choose('Change', { in: 'home' });
    await ada.waitForModal(({ title }) => title === 'Change an area');
    await ada.fill({ Deputy: 'rosa' });
    await late(ada, 'unlogged');
    await told(ada, 'what you entered under “Change an area”');
    await ada.waitForHome(({ text }) => text.includes(`<@${work.as('rosa').id}>`));
    expect(await ada.submit()).toEqual({ closed: true });
    expect(count(ada, 'what you entered under “Change an area”')).toBe(1);
  });

  it('a move on one of several cases, whose report does not say that nothing was changed', async () => {
    const dana = work.as('dana');
    const [one, two] = [await work.file(work.as('amira')), await work.file(work.as('amira'))];
    const { jobDeps } = work.world.app;
    const { cases, letters, now } = jobDeps;
    const { log } = work.world;
    const stopping = new AbortController();
    const written = once(stopping.signal, 'abort');
    const deps = {
      ...jobDeps,
      log,
      late: createLateNews({
        letters,
        now,
        warn: () => undefined,
        onLetter: () => stopping.abort(),
        stopping: stopping.signal,
      }),
      cases: {
        ...cases,
        // The store's answer is lost after it accepted the one and before the other.
        async save(...change: Parameters<typeof cases.save>) {
          if (change[0].ref === one.stored.ref) await cases.save(...change);
          throw new Error('The connection was cut.');
        },
      },
    };
    const refs = [one.stored.ref, two.stored.ref];
    const move = { type: 'acknowledge', nextUpdateBy: new Date(+now() + DAY) } as const;
    const results = await moveAll(deps, { refs, move, by: dana.id, key: 'bulk:V1' });
    expect(results.map(({ reason }) => reason)).toEqual(Array(2).fill(expect.stringContaining('saved after all')));
    const isTold = ({ text }: MessageReading) => text.includes('“Acknowledge” was done after all');
    await written;
    await work.world.app.runJobs('letters');
    expect((await dana.waitForDm(isTold)).text).toContain(refs[0]);
    expect(await letters.find(`stored_late:bulk:V1:${refs[1]}`)).toBeNull();
  });
});

describe('missing news about a cover', () => {
  const dm = (person: Actor, text: string) => person.dm().filter((one) => one.text === text).length;
  /** Past the pause for a letter that was being sent when the database went away: each arrives once. */
  const later = async () => {
    for (const _ of [1, 2]) await work.world.pass(3 * 60_000);
  };
  const cover = (id: string, state: 'asked' | 'accepted') => {
    const from = new Date(+work.world.clock.now() + 20 * DAY);
    const days = { from, until: new Date(+from + DAY) };
    return { id, person: work.as('priya').id, deputy: work.as('sam').id, ...days, state } as const;
  };

  it('is sent even if the database goes away between the change and its letter', async () => {
    const [dana, tom] = [work.as('dana'), work.as('tom')];
    await dana.command('/warmline cover');
    await dana.waitForModal();
    await dana.fill({ 'Who covers for you?': 'tom', 'First day': '2026-11-20', 'Last day': '2026-11-21' });
    await dana.submit();
    await dana.close({ all: true });
    await later();
    const asked = tom.dm().findLast(({ buttons }) => buttons.includes('Accept'));
    if (!asked) throw new Error('Tom was not asked.');
    const before = dm(dana, 'Your cover request was accepted');
    const held = way.hold('letters\0');
    await tom.press('Accept', { in: asked });
    await held;
    way.shut();
    way.release();
    way.open();
    await until(
      () => work.world.app.jobDeps.covers.notOver().then((all) => all.some(({ state }) => state === 'accepted')),
      'the answer to be stored',
    );
    await later();
    expect(dm(dana, 'Your cover request was accepted')).toBe(before + 1);
  });

  // The process dies right after the first write: the next one sends what is missing.
  it.each<[string, 'asked' | 'accepted', string]>([
    ['who is asked', 'asked', 'You are asked to cover'],
    ['that it is gone from a calendar', 'accepted', 'A cover was withdrawn'],
    ['that it is shorter', 'accepted', 'A cover is shorter now'],
  ])('%s is reported once by the next run', async (what, state, words) => {
    const { covers } = work.world.app.jobDeps;
    const sam = work.as('sam');
    const one = cover(`V-owed-${what}`, state);
    await covers.ask(one);
    if (state === 'accepted') await covers.told(one);
    const before = dm(sam, words);
    if (words === 'A cover was withdrawn') await covers.settle(one.id, ['accepted'], 'gone');
    if (words === 'A cover is shorter now')
      await covers.shorten(one.id, { from: one.from, until: new Date(+one.until - DAY / 2) });
    await later();
    expect(dm(sam, words)).toBe(before + 1);
    expect(await covers.owing(10)).toEqual([]);
  });
});

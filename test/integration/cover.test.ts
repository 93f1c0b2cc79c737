import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CalendarServer, startCalendarServer } from '../support/calendar-server';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';

const MINUTE = 60_000;

let calendar: CalendarServer;
let work: CaseWork;
let dana: Actor;
let priya: Actor;
let tom: Actor;
beforeAll(async () => {
  const acknowledge = [{ after: 0, to: 'owner' as const }];
  calendar = await startCalendarServer();
  work = await startCaseWork({
    calendarsAllowPrivate: true,
    policy: { ladders: { ...DEFAULT_POLICY.ladders, acknowledge } },
  });
  [dana, priya, tom] = [work.as('dana'), work.as('priya'), work.as('tom')];
  work.world.workspace.addMember('am-west', 'priya');
});
afterAll(async () => {
  await work.stop();
  calendar.stop();
});

type Request = Readonly<Record<'Who covers for you?' | 'First day' | 'Last day', FillValue>>;
const request = (deputy: string, from: string, to: string): Request => ({
  'Who covers for you?': deputy,
  'First day': from,
  'Last day': to,
});
async function window(person: Actor): Promise<ViewReading> {
  await person.command('/warmline cover');
  return person.waitForModal(({ title }) => title === 'Your cover');
}
async function asks(person: Actor, entries: Request) {
  await window(person);
  await person.fill(entries);
  const submission = await person.submit();
  await person.close({ all: true });
  await allTold();
  return submission;
}
/** Resolves once everyone has heard of what was done, which Slack acknowledges before it is stored. */
async function allTold() {
  await work.world.app.answered();
  await work.world.pass(0);
}
/** The newest DM besides the daily digest. */
const newest = (person: Actor): MessageReading => {
  const message = person.dm().findLast(({ text }) => !text.startsWith('Good morning'));
  if (!message) throw new Error(`${person.name} has no DM.`);
  return message;
};
async function who(asker: Actor): Promise<string> {
  const before = asker.ephemerals().length;
  await asker.command('/who West');
  await asker.waitForEphemeral(() => asker.ephemerals().length > before);
  return asker.ephemerals().at(-1)?.content ?? '';
}
/** Files a case of Dana's and lets its acknowledgment come due; returns who got a DM. */
async function nudged() {
  const filed = await work.file(work.as('amira'));
  await work.world.pass(Number(filed.stored.clocks[0]?.dueAt) - +work.world.clock.now() + MINUTE);
  const people = [dana, priya, tom, work.as('ada')];
  const told = people.filter((person) => person.dm().some(({ text }) => text.includes(filed.stored.ref)));
  return { ...filed, told: told.map(({ name }) => name) };
}
/** What someone is told who may not press a button. */
async function refused(person: Actor, button: string, card: MessageReading): Promise<string> {
  const before = person.ephemerals().length;
  await person.press(button, { in: card });
  await person.waitForEphemeral(() => person.ephemerals().length > before);
  return person.ephemerals().at(-1)?.text ?? '';
}

it.each<[string, Request, string, string]>([
  ['themselves', request('dana', '2026-11-03', '2026-11-04'), 'Who covers for you?', 'for yourself'],
  ['an app', request('warmline', '2026-11-03', '2026-11-04'), 'Who covers for you?', 'not a person'],
  ['somebody for days that are over', request('priya', '2026-11-01', '2026-11-04'), 'First day', 'has passed'],
  ['somebody for days that end first', request('priya', '2026-11-04', '2026-11-03'), 'Last day', 'before the first'],
])('an Area Manager cannot name %s as cover', async (_, entries, field, words) => {
  expect(await asks(dana, entries)).toEqual({ errors: { [field]: expect.stringContaining(words) } });
});

it('an agent is told that covers are not for them', async () => {
  const ben = work.as('ben');
  await ben.command('/warmline cover');
  expect((await ben.waitForEphemeral()).text).toContain('Covers are for Area Managers');
});

describe('a cover from Tuesday to Wednesday', () => {
  let before: Awaited<ReturnType<typeof nudged>>;

  it('is asked by DM, and accepted there; both are told', async () => {
    expect((await asks(dana, request('priya', '2026-11-03', '2026-11-04'))).updated?.text).toContain('has been asked');
    const question = newest(priya);
    expect(question.content).toContain('Dana Diaz asks you to cover');
    expect(question.buttons).toEqual(['Accept', 'Decline']);
    await priya.press('Accept', { in: question });
    await allTold();
    expect(newest(priya).content).toContain('You cover for Dana Diaz');
    expect(newest(priya).buttons).toEqual([]);
    expect(newest(dana).content).toContain('Priya Nair covers for you');
    expect((await window(dana)).text).toContain('accepted');
    await dana.close();
  });

  it('conflicts with another one, with a cover of the cover, and with the cover being away', async () => {
    expect(await asks(dana, request('tom', '2026-11-04', '2026-11-06'))).toEqual({
      errors: { 'First day': expect.stringContaining('a cover on some of these days') },
    });
    expect(await asks(tom, request('dana', '2026-11-03', '2026-11-03'))).toEqual({
      errors: { 'Who covers for you?': expect.stringContaining('They are away') },
    });
    expect(await asks(priya, request('tom', '2026-11-04', '2026-11-04'))).toEqual({
      errors: { 'First day': expect.stringContaining('cannot be passed on') },
    });
  });

  it('is not in force before: the nudge goes to the owner, and the cover may not act', async () => {
    before = await nudged();
    expect(before.told).toEqual(['dana']);
    expect(await refused(priya, 'Acknowledge', before.card)).toContain('Only <@');
    expect(await who(work.as('amira'))).not.toContain('is away');
  });

  it('in force, the nudge goes to the cover, who may act like the owner, and /who says so', async () => {
    await work.world.pass(17 * HOUR);
    expect(await who(work.as('amira'))).toMatch(/Dana Diaz is away until .* Priya Nair covers/);
    const during = await nudged();
    expect(during.told).toEqual(['priya']);
    expect(await work.make(priya, 'Acknowledge', newest(priya))).toEqual({ closed: true });
    expect((await work.now(during.stored.ref)).stored.acknowledged?.by).toBe(priya.id);
    expect(await work.make(priya, 'Acknowledge', before.card)).toEqual({ closed: true });
    expect((await work.now(during.stored.ref)).stored.owner).toBe(dana.id);
  });

  it('ends after its last day: everything goes to the owner again', async () => {
    await work.world.pass(2 * DAY);
    expect(await who(work.as('amira'))).not.toContain('is away');
    const afterwards = await nudged();
    expect(afterwards.told).toEqual(['dana']);
    expect(await refused(priya, 'Resolve', afterwards.card)).toContain('Only <@');
  });
});

it('a cover can be declined, and withdrawn; the other person is told, and the old question has no effect', async () => {
  await asks(dana, request('tom', '2026-12-01', '2026-12-02'));
  const declined = newest(tom);
  await tom.press('Decline', { in: declined });
  await allTold();
  expect(newest(dana).content).toContain('Tom Reyes cannot cover for you');

  await asks(dana, request('tom', '2026-12-01', '2026-12-02'));
  const question = newest(tom);
  expect(question.ts).not.toBe(declined.ts);
  await window(dana);
  await dana.press('Withdraw');
  await dana.waitForModal(({ buttons }) => !buttons.includes('Withdraw'));
  await dana.close();
  await allTold();
  expect(newest(tom).content).toContain('Dana Diaz no longer needs you to cover');
  const known = tom.ephemerals().length;
  await tom.press('Accept', { in: question });
  await tom.waitForEphemeral(() => tom.ephemerals().length > known);
  expect(tom.ephemerals().at(-1)?.text).toContain('already withdrew this');
});

describe('a calendar', () => {
  const TITLE = 'Calendar for covers';
  const connects = async (person: Actor, entries: Readonly<Record<string, FillValue>>) => {
    await person.fill(entries);
    await person.submit();
    const read = await person.waitForModal(({ text }) => /\d absences? ahead/.test(text));
    await person.close({ all: true });
    await allTold();
    return read;
  };
  const homeOf = async (person: Actor, words: string) => {
    await person.openHome();
    return person.waitForHome(({ text }) => text.includes(words));
  };

  it('asks the deputy for each absence in it, and for nothing else; no one sees its address', async () => {
    calendar.entries = [
      ['Vacation', '20261207', '20261212'],
      ['Standup with the laptop team', '20261214', '20261215'],
    ];
    await window(priya);
    await priya.press('Connect …');
    await priya.waitForModal(({ title }) => title === TITLE);
    await priya.fill({ 'Address of the calendar': 'basic.ics', 'Who covers?': 'priya' });
    expect(await priya.submit()).toEqual({
      errors: {
        'Address of the calendar': expect.stringContaining('https://'),
        'Who covers?': expect.stringContaining('themselves'),
      },
    });
    const read = await connects(priya, { 'Address of the calendar': calendar.address, 'Who covers?': 'tom' });
    expect(read.text).toContain('1 absence ahead');
    const question = newest(tom);
    expect(question.content).toMatch(/Priya Nair is away from .* according to their calendar/);
    await tom.press('Accept', { in: question });
    await allTold();
    expect(newest(priya).content).toContain('Tom Reyes covers for you');
    expect((await homeOf(priya, '1 absence ahead')).text).toContain('covers for you');
    const shown = JSON.stringify([priya.home(), read, work.world.workspace.messages('am-east')]);
    expect(`${shown}${work.world.logged.join('')}`).not.toContain('marmot');
  });

  it('with a shorter absence shortens the cover; with a removed one ends it; with a new one asks for it', async () => {
    calendar.entries = [['Vacation', '20261207', '20261210']];
    await work.world.pass(30 * MINUTE);
    expect(newest(tom).content).toContain('is away for a shorter time');
    calendar.entries = [['PTO', '20261221', '20261223']];
    await work.world.pass(30 * MINUTE);
    const told = tom
      .dm()
      .slice(-2)
      .map(({ content }) => content);
    expect(told).toEqual([expect.stringContaining('is not away'), expect.stringContaining('is away from')]);
  });

  it('that cannot be read changes nothing, and Home and Health say since when', async () => {
    calendar.status = 500;
    const before = tom.dm().length;
    await work.world.pass(30 * MINUTE);
    expect((await homeOf(priya, 'cannot be read since')).text).toContain('What was read before still counts');
    const ada = work.as('ada');
    await ada.openHome();
    await ada.waitForHome();
    await ada.press('Admin', { in: 'home' });
    await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
    await ada.choose('Health', { in: 'home', from: 'Choose what to see' });
    const health = await ada.waitForHome(({ text }) => text.includes('not read since'));
    expect(health.text).toContain('Its server answers with an error');
    expect(tom.dm().length).toBe(before);
    calendar.status = 200;
    await work.world.pass(30 * MINUTE);
    await homeOf(priya, '1 absence ahead');
  });

  it('is removed, which can be undone for ten minutes; then its covers end and its address is deleted', async () => {
    const open = async () => {
      await window(priya);
      await priya.press('Change …');
      return priya.waitForModal(({ title }) => title === TITLE);
    };
    await open();
    await priya.press('Remove calendar');
    await priya.waitForModal(({ text }) => text.includes('is removed'));
    await priya.press('Undo');
    await priya.waitForModal(({ buttons }) => buttons.includes('Remove calendar'));
    await priya.press('Remove calendar');
    await priya.waitForModal(({ text }) => text.includes('is removed'));
    await priya.close({ all: true });
    await work.world.pass(11 * MINUTE);
    expect(newest(tom).content).toContain('is not away');
    const { calendars } = work.world.app.jobDeps;
    expect(await calendars.find(priya.id)).toBeNull();
  });

  it('is connected by an admin for someone, who is told; no one else may', async () => {
    const ada = work.as('ada');
    await ada.choose('Covers', { in: 'home', from: 'Choose what to see' });
    await ada.waitForHome(({ text }) => text.includes('No one is away'));
    await ada.press('Connect one …', { in: 'home' });
    await ada.waitForModal(({ title }) => title === TITLE);
    await connects(ada, {
      'Whose calendar is it?': 'dana',
      'Address of the calendar': calendar.address,
      'Who covers?': 'tom',
    });
    expect(newest(dana).content).toContain('Ada Admin gave the address of your calendar');
    expect(newest(tom).content).toContain('Dana Diaz is away from');
    await homeOf(ada, 'Dana Diaz');
    const { calendars } = work.world.app.jobDeps;
    const choice = { deputy: tom.id, url: calendar.address, words: [], by: ada.id };
    for (let i = 0; i < 45; i++) await calendars.save({ ...choice, person: `U0MANAGER${i}` }, work.world.clock.now());
    await ada.choose('Areas', { in: 'home', from: 'Choose what to see' });
    await ada.choose('Covers', { in: 'home', from: 'Choose what to see' });
    await ada.waitForHome(({ text }) => text.includes('1–20 of 4'));
    await ada.press('Next ›', { in: 'home' });
    await ada.waitForHome(({ text }) => text.includes('21–40 of 4'));
    await ada.press('Next ›', { in: 'home' });
    await ada.waitForHome(({ text }) => /41–4\d of 4\d/.test(text));
  });
});

it('if an owner leaves the company, the ladder continues with the next in line, and /who says so', async () => {
  work.world.workspace.deactivate('dana');
  await work.world.pass(2 * MINUTE);
  expect((await nudged()).told).toEqual(['tom']);
  expect(await who(work.as('amira'))).toContain('account is deactivated');
});

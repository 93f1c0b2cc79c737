import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';

const MINUTE = 60_000;
let work: CaseWork;
let dana: Actor;
let priya: Actor;
let tom: Actor;
beforeAll(async () => {
  const acknowledge = [{ after: 0, to: 'owner' as const }];
  work = await startCaseWork({ policy: { ladders: { ...DEFAULT_POLICY.ladders, acknowledge } } });
  [dana, priya, tom] = [work.as('dana'), work.as('priya'), work.as('tom')];
  work.world.workspace.addMember('am-west', 'priya');
});
afterAll(() => work.stop());

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
  await work.world.pass(0);
  return submission;
}
/** The newest DM beside the daily digest. */
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
/** Files a case of Dana's and lets its acknowledgement come due; gives who was told by DM. */
async function nudged() {
  const filed = await work.file(work.as('amira'));
  await work.world.pass(Number(filed.stored.clocks[0]?.dueAt) - +work.world.clock.now() + MINUTE);
  const people = [dana, priya, tom, work.as('ada')];
  const told = people.filter((person) => person.dm().some(({ text }) => text.includes(filed.stored.ref)));
  return { ...filed, told: told.map(({ name }) => name) };
}
/** What somebody is told who may not press a button. */
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
    await work.world.pass(0);
    expect(newest(priya).content).toContain('You cover for Dana Diaz');
    expect(newest(priya).buttons).toEqual([]);
    expect(newest(dana).content).toContain('Priya Nair covers for you');
    expect((await window(dana)).text).toContain('accepted');
    await dana.close();
  });

  it('stands in the way of another one, of a cover of the cover, and of the cover going away', async () => {
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

  it('in force, the nudge goes to the cover, who may act as the owner may, and /who says so', async () => {
    await work.world.pass(17 * HOUR);
    expect(await who(work.as('amira'))).toMatch(/Dana Diaz is away until .* Priya Nair covers/);
    const during = await nudged();
    expect(during.told).toEqual(['priya']);
    expect(await work.make(priya, 'Acknowledge', newest(priya))).toEqual({ closed: true });
    expect((await work.now(during.stored.ref)).stored.acknowledged?.by).toBe(priya.id);
    expect(await work.make(priya, 'Acknowledge', before.card)).toEqual({ closed: true });
    expect((await work.now(during.stored.ref)).stored.owner).toBe(dana.id);
  });

  it('is over after its last day: everything goes to the owner again', async () => {
    await work.world.pass(2 * DAY);
    expect(await who(work.as('amira'))).not.toContain('is away');
    const afterwards = await nudged();
    expect(afterwards.told).toEqual(['dana']);
    expect(await refused(priya, 'Resolve', afterwards.card)).toContain('Only <@');
  });
});

it('a cover can be declined, and withdrawn; whoever it concerns is told, and the old question answers to nobody', async () => {
  await asks(dana, request('tom', '2026-12-01', '2026-12-02'));
  const declined = newest(tom);
  await tom.press('Decline', { in: declined });
  await work.world.pass(0);
  expect(newest(dana).content).toContain('Tom Reyes cannot cover for you');

  await asks(dana, request('tom', '2026-12-01', '2026-12-02'));
  const question = newest(tom);
  expect(question.ts).not.toBe(declined.ts);
  await window(dana);
  await dana.press('Withdraw');
  await dana.waitForModal(({ buttons }) => !buttons.includes('Withdraw'));
  await dana.close();
  await work.world.pass(0);
  expect(newest(tom).content).toContain('Dana Diaz no longer needs you to cover');
  const known = tom.ephemerals().length;
  await tom.press('Accept', { in: question });
  await tom.waitForEphemeral(() => tom.ephemerals().length > known);
  expect(tom.ephemerals().at(-1)?.text).toContain('already withdrew this');
});

it('when an owner leaves the company, the ladder goes on with the next in line, and /who says so', async () => {
  work.world.workspace.deactivate('dana');
  await work.world.pass(2 * MINUTE);
  expect((await nudged()).told).toEqual(['tom']);
  expect(await who(work.as('amira'))).toContain('account is deactivated');
});

import type { Actor, MessageReading } from '../../sandbox/workspace';
import { accessLog } from '../../src/db/access-log';
import { connect } from '../../src/db/connection';
import type { StoredCase } from '../../src/services/ports/cases';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { until } from '../support/until';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

/** Words of the report that no one reads without a grant. */
const TEXT = 'An open gas line was left behind.';
const HOUR = 60 * 60_000;

let world: World;
let records: Records;
let connection: Awaited<ReturnType<typeof connect>>;
let risk: StoredCase;

const as = (name: string): Actor => world.workspace.as(name);

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  connection = await connect(world.databaseUri, world.log);
  await openReport(as('amira'), '/high-risk', 'ACC100 970101');
  await as('amira').fill(UNSAFE);
  risk = await fileReport(world, records, as('amira'));
});
afterAll(async () => {
  await connection.close();
  await records.close();
  await world.stop();
});

const fresh = () => records.of(risk.ref);
/** The newest line under the full card with these words, once it is there. */
const lineWith = (...words: string[]): Promise<MessageReading> =>
  until(
    async () =>
      under(world, cardIn(world, await fresh(), 'main')).findLast(({ content }) =>
        words.every((word) => content.includes(word)),
      ),
    `a line that says ${words.join(', ')}`,
  );
/** Asks on the redacted card. */
async function asks(name: string, reason: string, span?: string): Promise<void> {
  await as(name).press('Ask for access', { in: cardIn(world, await fresh(), 'area') });
  await as(name).waitForModal(({ title }) => title === 'Ask for access');
  await as(name).fill({ 'Why do you need to read it?': reason, ...(span ? { 'For how long?': span } : {}) });
  expect(await as(name).submit()).toEqual({ closed: true });
}
/** The timeline window as someone sees it, or what they are told instead. */
async function timelineOf(name: string): Promise<string> {
  await as(name).choose('Timeline', { in: cardIn(world, await fresh(), 'area') });
  const { text } = await as(name).waitForModal(({ title }) => title === 'Timeline');
  await as(name).close();
  return text;
}
const dmOf = (name: string, words: string) => as(name).waitForDm(({ content }) => content.includes(words));

it('the owner of a case that they cannot read sees whom to ask', async () => {
  const card = cardIn(world, await fresh(), 'area');
  expect((await fresh()).owner).toBe(as('dana').id);
  expect(card.content).toContain('Who reads them: Risk team.');
  expect(card.buttons).toContain('Ask for access');
  expect(await timelineOf('dana')).not.toContain(TEXT);
});

it('is requested once, and the team is told why and for how long where it reads the case', async () => {
  await asks('dana', 'The customer calls me every hour.', '8 hours');
  const line = await lineWith('asks to read this case for 8 hours');
  expect(line.content).toContain('The customer calls me every hour.');
  expect(line.buttons).toEqual(['Grant', 'Refuse']);
  await as('dana').press('Ask for access', { in: cardIn(world, await fresh(), 'area') });
  await as('dana').waitForEphemeral(({ content }) => content.includes('asked to read'));
});

it('is granted only by the team, not even by an admin', async () => {
  const line = await lineWith('asks to read this case');
  // An admin who is in the team's channel, and the person who asked and joined it.
  for (const name of ['ada', 'dana']) {
    world.workspace.addMember('risk-desk', name);
    await as(name).press('Grant', { in: line });
    await as(name).waitForEphemeral(({ content }) => content.includes('the team that reads the case'));
  }
  expect((await fresh()).grants ?? []).toEqual([]);
});

it('is granted, and ends by itself; every read under it names the grant', async () => {
  await as('rosa').press('Grant', { in: await lineWith('asks to read this case') });
  await lineWith('read this until');
  const answered = await lineWith('asks to read this case for 8 hours', 'Granted by Rosa');
  expect(answered.buttons).toEqual([]);
  expect(answered.content).toContain('The customer calls me every hour.');
  await dmOf('dana', 'lets you read this until');
  expect(await timelineOf('dana')).toContain(TEXT);
  expect(await timelineOf('tom')).not.toContain(TEXT);
  const log = await accessLog(connection).page({ who: as('dana').id, ref: risk.ref }, { skip: 0, limit: 10 });
  const [grant] = (await fresh()).grants ?? [];
  expect(log.filter(({ how }) => how === 'timeline')).toMatchObject([
    { how: 'timeline', right: 'grant', grant: { by: as('rosa').id, until: grant?.until, seq: grant?.seq } },
  ]);
  expect((await lineWith('lets Dana', 'read this until')).buttons).toEqual(['Withdraw access']);
  await world.pass(9 * HOUR);
  expect((await lineWith('lets Dana', 'This access has ended.')).buttons).toEqual([]);
  expect(await timelineOf('dana')).not.toContain(TEXT);
});

it('is refused with a reason, which the person who asked reads', async () => {
  await asks('tom', 'I cover for Dana today.');
  await as('rosa').press('Refuse', { in: await lineWith('asks to read this case for 24 hours') });
  await as('rosa').waitForModal(({ title }) => title === 'Refuse');
  await as('rosa').fill({ Reason: 'The police asked us to wait.' });
  expect(await as('rosa').submit()).toEqual({ closed: true });
  await dmOf('tom', 'The police asked us to wait.');
  expect((await lineWith('asks to read', 'I cover for Dana today.', 'Refused by Rosa')).buttons).toEqual([]);
  expect(await timelineOf('tom')).not.toContain(TEXT);
});

it('is withdrawn by the team, at once', async () => {
  await asks('tom', 'The police agreed.');
  await as('rosa').press('Grant', { in: await lineWith('The police agreed.') });
  const line = await lineWith('lets Tom Reyes read this until');
  expect(await timelineOf('tom')).toContain(TEXT);
  await as('rosa').press('Withdraw access', { in: line });
  await as('rosa').waitForModal(({ title }) => title === 'Withdraw access');
  expect(await as('rosa').submit()).toEqual({ closed: true });
  await dmOf('tom', 'ended your access');
  expect(await timelineOf('tom')).not.toContain(TEXT);
  await lineWith('ended the access of');
  expect((await lineWith('lets Tom Reyes', 'Withdrawn by Rosa')).buttons).toEqual([]);
  await world.settled();
  expect((await fresh()).posts.filter(({ show }) => show === 'ask')).toEqual([]);
  expect(JSON.stringify(under(world, cardIn(world, await fresh(), 'area')))).not.toMatch(/access|The police/);
});

it('is on the access log with everything that became of it, used or not, and without a reason', async () => {
  await asks('tom', 'Once more, for the report.', '1 hour');
  await as('rosa').press('Grant', { in: await lineWith('Once more, for the report.') });
  await lineWith('Once more, for the report.', 'Granted by Rosa');
  await world.pass(2 * HOUR);
  const changesOf = async (name: string) => {
    await world.settled();
    const log = await accessLog(connection).page({ who: as(name).id, ref: risk.ref }, { skip: 0, limit: 50 });
    return log.filter(({ event }) => event !== undefined).reverse();
  };
  const logged = (name: string, length: number) =>
    until(async () => {
      const found = await changesOf(name);
      return found.length >= length && found;
    }, `${length} entries of ${name}`);
  expect((await logged('dana', 3)).map(({ how }) => how)).toEqual(['asked', 'granted', 'ended']);
  const toms = await logged('tom', 8);
  expect(toms.map(({ how }) => how)).toEqual([
    ...['asked', 'refused', 'asked', 'granted', 'withdrawn', 'asked', 'granted', 'ended'],
  ]);
  const rosa = as('rosa').id;
  expect(toms.map(({ by, hours, grant }) => by ?? grant?.by ?? hours)).toEqual([
    24,
    rosa,
    24,
    rosa,
    rosa,
    1,
    rosa,
    rosa,
  ]);
  expect(JSON.stringify(toms)).not.toMatch(/police|report\./);
});

it('is shown to an admin as who read what, by person and case and as a file, and that look is logged', async () => {
  const ada = as('ada');
  const homeOf = (fits: (home: { readonly text: string }) => boolean) =>
    ada.waitForHome(fits).catch(() => {
      throw new Error(`Home shows: ${ada.home().text}`);
    });
  await ada.openHome();
  await homeOf(({ text }) => text.includes('Admin'));
  await ada.press('Admin', { in: 'home' });
  await homeOf(({ text }) => text.includes('Waiting for an admin'));
  await ada.choose('Who read what', { in: 'home', from: 'Choose what to see' });
  const home = await homeOf(({ text }) => text.includes('by granted access'));
  expect(home.text).toContain(risk.ref);
  expect(home.text).toMatch(/was refused access by .* was given access/s);
  expect(home.text).not.toMatch(new RegExp(`${TEXT}|The police`));
  await ada.choose('tom', { in: 'home', from: 'By whom' });
  await homeOf(({ text }) => text.includes(`<@${as('tom').id}>`) && !text.includes(`<@${as('dana').id}>  ·`));
  await ada.press('Download CSV', { in: 'home' });
  const { files } = await ada.waitForDm(({ text }) => text.startsWith('Who read what'));
  expect(files).toHaveLength(1);
  const looks = await accessLog(connection).page({ who: ada.id }, { skip: 0, limit: 10 });
  expect(looks.filter(({ how, right }) => how === 'access_log' && right === 'admin').length).toBeGreaterThan(1);
});
